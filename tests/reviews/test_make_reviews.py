import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from server.db import Pool
from server.events.models import Event
from server.reviews.making import make_due
from tests.clock import Clock
from tests.notifications.leaving import would_leave
from tests.reviews.people_known import meet
from tests.world import Attendee, Somebody, World

FRIDAY = datetime(2027, 4, 23, 16, 0, tzinfo=UTC)  # everybody's zone is UTC unless a test says otherwise
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event()


@pytest.fixture
async def ana(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ana Duarte")


async def make(pool: Pool, now: datetime) -> int:
    async with pool.acquire() as connection:
        return await make_due(connection, now=now)


async def set_up(pool: Pool, now: datetime = FRIDAY - timedelta(days=1)) -> None:
    """The job's first look at everybody: it reckons when each review comes."""
    assert await make(pool, now) == 0


async def named(pool: Pool, who: Attendee) -> list[tuple[date, UUID]]:
    rows = await pool.fetch(
        "SELECT week_of, other_id FROM review_follow_ups JOIN relationships USING (person_id)"
        " WHERE person_id = $1 AND relationships.id = relationship_id ORDER BY week_of, place",
        who.person.id,
    )
    return [(row["week_of"], row["other_id"]) for row in rows]


async def notices(pool: Pool, who: Attendee) -> list[Any]:
    return await pool.fetch("SELECT kind, key, path FROM notices WHERE person_id = $1 ORDER BY key", who.person.id)


async def settle(pool: Pool, who: Somebody, **columns: object) -> None:
    for name, value in columns.items():
        await pool.execute(f"UPDATE people SET {name} = $2 WHERE id = $1", who.id, value)  # noqa: S608 - column names of our own


async def test_a_review_is_made_and_told_at_its_hour_and_not_before(pool: Pool, world: World, ana: Attendee) -> None:
    ben = await world.attendee(ana.event, "Ben Okafor")
    await meet(world, ana, ben, days_ago=60)
    await set_up(pool)

    assert await make(pool, FRIDAY - MINUTE) == 0
    assert await make(pool, FRIDAY) == 2

    assert await named(pool, ana) == [(date(2027, 4, 19), ben.person.id)]
    assert await named(pool, ben) == [(date(2027, 4, 19), ana.person.id)]
    assert [tuple(row) for row in await notices(pool, ana)] == [("REVIEW_READY", "2027-04-19", "/review")]


async def test_a_week_without_anybody_is_not_made_and_not_told(pool: Pool, world: World, ana: Attendee) -> None:
    await meet(world, ana, await world.attendee(ana.event), days_ago=3)
    await set_up(pool)

    assert await make(pool, FRIDAY) == 0

    assert await pool.fetchval("SELECT count(*) FROM review_weeks") == 0
    assert await notices(pool, ana) == []


async def test_three_are_named_and_the_others_have_their_turn_in_the_weeks_after(
    pool: Pool, world: World, ana: Attendee
) -> None:
    others = [await world.attendee(ana.event) for _ in range(5)]
    for number, other in enumerate(others):
        await meet(world, ana, other, days_ago=100 + number)
        await settle(pool, other.person, review_weekday=None)
    await set_up(pool)

    for week in range(4):
        await make(pool, FRIDAY + timedelta(weeks=week))

    by_age = [each.person.id for each in reversed(others)]
    assert await named(pool, ana) == [
        *((date(2027, 4, 19), each) for each in by_age[:3]),
        *((date(2027, 4, 26), each) for each in by_age[3:]),
    ]


async def test_making_again_and_a_clock_set_back_an_hour_change_nothing(
    pool: Pool, world: World, ana: Attendee
) -> None:
    await meet(world, ana, await world.attendee(ana.event), days_ago=60)
    await set_up(pool)
    assert await make(pool, FRIDAY) == 2
    first = await pool.fetch("SELECT * FROM review_follow_ups ORDER BY id")

    for now in (FRIDAY, FRIDAY - timedelta(hours=1), FRIDAY + timedelta(hours=1), FRIDAY + timedelta(days=6)):
        assert await make(pool, now) == 0
    await pool.execute("UPDATE people SET review_due_at = $1", FRIDAY)
    assert await make(pool, FRIDAY + MINUTE) == 0

    assert await pool.fetch("SELECT * FROM review_follow_ups ORDER BY id") == first
    assert len(await notices(pool, ana)) == 1


async def test_several_workers_at_once_make_each_review_once(
    pool: Pool, world: World, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.reviews.making.BATCH", 3)
    people = [await world.attendee(event) for _ in range(12)]
    for index, who in enumerate(people):
        for other in people[index + 1 :: 4]:
            await meet(world, who, other, days_ago=60 + index)
    await set_up(pool)

    made = await asyncio.gather(*(make(pool, FRIDAY) for _ in range(4)))

    weeks = await pool.fetchval("SELECT count(*) FROM review_weeks")
    assert sum(made) == weeks == await pool.fetchval("SELECT count(*) FROM notices WHERE kind = 'REVIEW_READY'")
    assert await pool.fetchval("SELECT count(*) FROM people WHERE review_due_at <= $1", FRIDAY) == 0
    named_by = await pool.fetch("SELECT count(*) FROM review_follow_ups GROUP BY person_id")
    assert {row["count"] for row in named_by} <= {1, 2, 3}


async def test_a_worker_that_was_away_for_weeks_makes_the_last_week_alone(
    pool: Pool, world: World, ana: Attendee
) -> None:
    await meet(world, ana, await world.attendee(ana.event), days_ago=60)
    await set_up(pool)

    await make(pool, FRIDAY + timedelta(weeks=3, days=2))

    assert [week for week, _ in await named(pool, ana)] == [date(2027, 5, 10)]
    assert len(await notices(pool, ana)) == 1


@pytest.mark.parametrize(
    ("zone", "ready_at"),
    [
        ("Pacific/Niue", datetime(2027, 4, 24, 3, 0, tzinfo=UTC)),
        ("Pacific/Kiritimati", datetime(2027, 4, 23, 2, 0, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2027, 4, 23, 5, 30, tzinfo=UTC)),
    ],
)
async def test_the_hour_is_the_persons_own(
    pool: Pool, world: World, ana: Attendee, zone: str, ready_at: datetime
) -> None:
    ben = await world.attendee(ana.event)
    await meet(world, ana, ben, days_ago=60)
    await settle(pool, ana.person, timezone=zone)
    await settle(pool, ben.person, review_weekday=None)
    await set_up(pool, ready_at - timedelta(days=1))

    assert await make(pool, ready_at - MINUTE) == 0
    assert await make(pool, ready_at) == 1


async def test_who_wants_no_review_gets_none(pool: Pool, world: World, ana: Attendee) -> None:
    await meet(world, ana, await world.attendee(ana.event), days_ago=60)
    await settle(pool, ana.person, review_weekday=None)
    await set_up(pool)

    await make(pool, FRIDAY)

    assert await named(pool, ana) == []
    assert await notices(pool, ana) == []


@pytest.mark.parametrize("reason", ["withdrew", "blocked", "asked for quiet", "rests", "never agreed", "erased"])
async def test_people_are_left_alone_who(pool: Pool, world: World, ana: Attendee, reason: str) -> None:
    ben = await world.attendee(ana.event)
    swap = await meet(world, ana, ben, days_ago=60)
    match reason:
        case "withdrew":
            await pool.execute("UPDATE swaps SET withdrawn_at = now() WHERE id = $1", swap)
        case "blocked":
            await pool.execute(
                "UPDATE swaps SET withdrawn_at = now(), withdrawn_by = $2 WHERE id = $1", swap, ben.person.id
            )
        case "asked for quiet":
            await settle(pool, ben.person, quiet_since=FRIDAY)
        case "rests":
            await pool.execute(
                "UPDATE relationships SET resting_until = $2 WHERE person_id = $1", ana.person.id, date(2027, 5, 1)
            )
        case "never agreed":
            await pool.execute("UPDATE swap_sides SET offers = NULL WHERE registration_id = $1", ben.registration_id)
        case "erased":
            await pool.execute("DELETE FROM people WHERE id = $1", ben.person.id)
    await set_up(pool)

    await make(pool, FRIDAY)

    assert await named(pool, ana) == []


async def test_a_reason_rests_on_the_record_and_the_times_fit_both_days(
    pool: Pool, world: World, clock: Clock, ana: Attendee
) -> None:
    ben = await world.attendee(ana.event, "Ben Okafor")
    swap = await meet(world, ana, ben, days_ago=60)
    await world.promise(ana, swap, "the article on soil sensors", at=clock() - timedelta(days=60))
    await settle(pool, ana.person, timezone="Europe/Lisbon")
    await settle(pool, ben.person, timezone="Asia/Kolkata", review_weekday=None)
    await set_up(pool)

    await make(pool, FRIDAY)

    row = await pool.fetchrow("SELECT reason, draft, times FROM review_follow_ups")
    assert row is not None
    assert row["reason"] == "You and Ben were last in touch in February. You promised: the article on soil sensors"
    assert row["draft"].count("“the article on soil sensors”") == 1
    assert "your time" in row["draft"]
    assert 2 <= len(row["times"]) <= 3
    for start in row["times"]:
        assert FRIDAY + timedelta(days=7) - timedelta(hours=1) <= start <= FRIDAY + timedelta(days=21)


async def test_no_time_is_offered_to_two_of_the_three(pool: Pool, world: World, ana: Attendee) -> None:
    for number in range(3):
        await meet(world, ana, await world.attendee(ana.event), days_ago=60 + number)
    await set_up(pool)

    await make(pool, FRIDAY)

    offered = await pool.fetch(
        "SELECT unnest(times) AS start FROM review_follow_ups WHERE person_id = $1 ORDER BY start", ana.person.id
    )
    assert len({row["start"] for row in offered}) == len(offered) == 9


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE review_follow_ups SET state = 'DISMISSED'",
        "UPDATE swaps SET withdrawn_at = now()",
        "UPDATE people SET quiet_since = now()",
        "UPDATE relationships SET resting_until = '2027-05-01'",
        "UPDATE people SET review_weekday = NULL",
    ],
    ids=["all answered", "a swap that is gone", "they asked for quiet", "let rest", "no reviews any more"],
)
async def test_a_review_in_which_nothing_is_left_is_told_to_nobody(
    pool: Pool, world: World, ana: Attendee, change: str
) -> None:
    ben = await world.attendee(ana.event, "Ben Okafor")
    await meet(world, ana, ben, days_ago=60)
    await set_up(pool)
    await make(pool, FRIDAY)
    assert (ana.person.id, "REVIEW_READY") in await would_leave(pool, now=FRIDAY)

    await pool.execute(change)

    assert await would_leave(pool, now=FRIDAY) == []
