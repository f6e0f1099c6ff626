import asyncio
import itertools
from datetime import UTC, date, datetime
from uuid import UUID

import asyncpg
import pytest

from server.db import Pool
from server.evening.making import count_lists, due_evenings, make_evenings
from server.events.models import Event
from tests.clock import Clock
from tests.world import Attendee, World

DAY = date(2027, 4, 22)
EVENING = datetime(2027, 4, 22, 18, 0, tzinfo=UTC)  # seven o'clock in Lisbon
AFTER_FOUR = datetime(2027, 4, 23, 3, 0, tzinfo=UTC)


async def make(pool: Pool, event: Event, now: datetime = EVENING, day: date = DAY) -> int:
    async with pool.acquire() as connection:
        return await make_evenings(connection, event=event, day=day, now=now)


async def rows(pool: Pool) -> list[asyncpg.Record]:
    return await pool.fetch("SELECT * FROM follow_ups ORDER BY registration_id, place, id")


async def kinds_of(pool: Pool, who: Attendee, day: date = DAY) -> list[tuple[str, UUID]]:
    found = await pool.fetch(
        "SELECT kind, subject_id FROM follow_ups WHERE registration_id = $1 AND day = $2 ORDER BY place",
        who.registration_id, day,
    )  # fmt: skip
    return [(row["kind"], row["subject_id"]) for row in found]


async def test_a_list_is_made_for_everybody_who_met_somebody(pool: Pool, world: World) -> None:
    event = await world.event()
    ana, ben, alone = [await world.attendee(event) for _ in range(3)]
    swap = await world.swap(ana, ben)
    promise = await world.promise(ana, swap)

    assert await make(pool, event) == 2

    assert await kinds_of(pool, ana) == [("KEEP_PROMISE", promise)]
    assert await kinds_of(pool, ben) == []
    async with pool.acquire() as connection:
        assert await count_lists(connection, event=event, day=DAY) == {1: 1, 0: 1}
    assert await pool.fetchval("SELECT count(*) FROM evenings WHERE registration_id = $1", alone.registration_id) == 0


async def test_promises_stand_before_meeting_again(pool: Pool, world: World) -> None:
    event = await world.event()
    ana, ben, cem = [await world.attendee(event) for _ in range(3)]
    with_ben, with_cem = await world.swap(ana, ben), await world.swap(ana, cem)
    for who in (ana, ben):
        await world.feeling(who, with_ben)
    promise = await world.promise(ana, with_cem)

    await make(pool, event)

    assert await kinds_of(pool, ana) == [("KEEP_PROMISE", promise), ("MEET", with_ben)]


async def test_meeting_again_is_suggested_only_when_both_would(pool: Pool, world: World) -> None:
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    await world.feeling(ana, await world.swap(ana, ben))

    await make(pool, event)

    assert await rows(pool) == []


async def test_making_again_changes_nothing(pool: Pool, world: World, clock: Clock) -> None:
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    await world.promise(ana, await world.swap(ana, ben))
    await make(pool, event)
    first = await rows(pool)

    clock.now = EVENING
    await make(pool, event, now=clock.advance(minutes=1))
    await make(pool, event, now=clock.advance(hours=2))

    assert await rows(pool) == first


async def test_several_makers_at_once_make_one_list(pool: Pool, world: World) -> None:
    event = await world.event()
    people = [await world.attendee(event) for _ in range(12)]
    for index, who in enumerate(people):
        for other in people[index + 1 :: 3]:
            await world.promise(who, await world.swap(who, other))

    await asyncio.gather(*(make(pool, event) for _ in range(4)))

    alone = await rows(pool)
    await pool.execute("DELETE FROM evenings")
    await make(pool, event)
    assert [_what(row) for row in await rows(pool)] == [_what(row) for row in alone]
    assert await pool.fetchval("SELECT max(count) FROM (SELECT count(*) FROM follow_ups GROUP BY registration_id)") <= 5


async def test_a_maker_cut_off_half_way_leaves_no_half_list(
    pool: Pool, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.evening.making.BATCH", 2)
    event = await world.event()
    people = [await world.attendee(event) for _ in range(8)]
    for who, other in itertools.pairwise(people):
        await world.promise(who, await world.swap(who, other))

    cut_off = asyncio.create_task(make(pool, event))
    while not await pool.fetchval("SELECT count(*) FROM evenings"):  # noqa: ASYNC110 - a row appears without an event
        await asyncio.sleep(0)
    cut_off.cancel()
    await asyncio.wait({cut_off})

    half = await pool.fetchval("SELECT count(*) FROM evenings")
    assert half in {2, 4, 6}
    await make(pool, event)
    assert [await kinds_of(pool, who) for who in people[:-1]] == [
        [("KEEP_PROMISE", await _promise_of(pool, who))] for who in people[:-1]
    ]


async def test_a_swap_that_synced_late_fills_the_list_up_and_moves_nothing(pool: Pool, world: World) -> None:
    event = await world.event()
    ana, ben, cem = [await world.attendee(event) for _ in range(3)]
    first = await world.promise(ana, await world.swap(ana, ben))
    await make(pool, event)
    before = await rows(pool)

    late = await world.promise(ana, await world.swap(ana, cem))
    await pool.execute("UPDATE swaps SET changed_at = $1 WHERE changed_at < $1", EVENING.replace(minute=10))
    await make(pool, event, now=EVENING.replace(minute=11))

    assert await kinds_of(pool, ana) == [("KEEP_PROMISE", first), ("KEEP_PROMISE", late)]
    assert before[0] in await rows(pool)


async def test_a_list_is_never_filled_beyond_five(pool: Pool, world: World) -> None:
    event = await world.event()
    ana = await world.attendee(event)
    for _ in range(7):
        await world.promise(ana, await world.swap(ana, await world.attendee(event)))

    await make(pool, event)

    assert len(await kinds_of(pool, ana)) == 5


async def test_an_opened_list_is_left_alone(pool: Pool, world: World) -> None:
    event = await world.event()
    ana, ben, cem = [await world.attendee(event) for _ in range(3)]
    await world.promise(ana, await world.swap(ana, ben))
    await make(pool, event)
    await pool.execute("UPDATE evenings SET opened_at = $1", EVENING)
    before = await rows(pool)

    await world.promise(ana, await world.swap(ana, cem, at=EVENING))
    await make(pool, event, now=EVENING.replace(minute=30))

    assert [row for row in await rows(pool) if row["registration_id"] == ana.registration_id] == before


async def test_after_four_a_list_that_is_there_is_not_filled_up(pool: Pool, world: World) -> None:
    event = await world.event()
    ana, ben, cem = [await world.attendee(event) for _ in range(3)]
    await world.swap(ana, ben)
    await make(pool, event)

    await world.promise(ana, await world.swap(ana, cem, at=EVENING))
    await make(pool, event, now=AFTER_FOUR)

    assert await kinds_of(pool, ana) == []


async def test_a_swap_of_the_next_day_waits_for_the_next_evening(pool: Pool, world: World, clock: Clock) -> None:
    event = await world.event(ends_at=clock.now.replace(day=23, hour=17))
    ana, ben = await world.attendee(event), await world.attendee(event)
    await world.promise(ana, await world.swap(ana, ben, at=AFTER_FOUR))

    await make(pool, event)
    assert await rows(pool) == []

    await make(pool, event, day=date(2027, 4, 23), now=EVENING.replace(day=23))
    assert len(await kinds_of(pool, ana, date(2027, 4, 23))) == 1


async def test_what_was_put_off_comes_back_on_its_day_and_what_was_let_go_does_not(
    pool: Pool, world: World, clock: Clock
) -> None:
    event = await world.event(ends_at=clock.now.replace(day=24))
    ana, ben = await world.attendee(event), await world.attendee(event)
    swap = await world.swap(ana, ben)
    later, dropped = await world.promise(ana, swap), await world.promise(ana, swap, "Call about the bees")
    await make(pool, event)
    await pool.execute(
        "UPDATE follow_ups SET state = 'LATER', due_on = $2 WHERE subject_id = $1", later, date(2027, 4, 24)
    )
    await pool.execute("UPDATE follow_ups SET state = 'DISMISSED' WHERE subject_id = $1", dropped)
    await pool.execute("UPDATE evenings SET opened_at = $1", EVENING)

    await make(pool, event, day=date(2027, 4, 23), now=EVENING.replace(day=23))
    await make(pool, event, day=date(2027, 4, 24), now=EVENING.replace(day=24))

    assert await kinds_of(pool, ana, date(2027, 4, 23)) == []
    assert await kinds_of(pool, ana, date(2027, 4, 24)) == [("KEEP_PROMISE", later)]


@pytest.mark.parametrize(("is_opened", "again"), [(False, True), (True, False)])
async def test_a_promise_left_open_comes_back_only_if_it_was_never_seen(
    pool: Pool, world: World, clock: Clock, *, is_opened: bool, again: bool
) -> None:
    event = await world.event(ends_at=clock.now.replace(day=23, hour=17))
    ana, ben = await world.attendee(event), await world.attendee(event)
    await world.promise(ana, await world.swap(ana, ben))
    await make(pool, event)
    if is_opened:
        await pool.execute("UPDATE evenings SET opened_at = $1", EVENING)

    await make(pool, event, day=date(2027, 4, 23), now=EVENING.replace(day=23))

    assert bool(await kinds_of(pool, ana, date(2027, 4, 23))) is again


async def test_what_lay_behind_the_three_that_are_shown_comes_back(pool: Pool, world: World, clock: Clock) -> None:
    event = await world.event(ends_at=clock.now.replace(day=23, hour=17))
    ana = await world.attendee(event)
    for _ in range(5):
        await world.promise(ana, await world.swap(ana, await world.attendee(event)))
    await make(pool, event)
    await pool.execute("UPDATE evenings SET opened_at = $1", EVENING)
    behind = (await kinds_of(pool, ana))[3:]

    await make(pool, event, day=date(2027, 4, 23), now=EVENING.replace(day=23))

    assert await kinds_of(pool, ana, date(2027, 4, 23)) == behind


async def test_an_evening_is_due_from_its_hour_to_four_while_somebody_waits(pool: Pool, world: World) -> None:
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    await world.swap(ana, ben)

    async def due(now: datetime) -> list[date]:
        async with pool.acquire() as connection:
            return [day for _, day in await due_evenings(connection, now=now)]

    assert await due(EVENING.replace(hour=17, minute=59)) == []
    assert await due(EVENING) == [DAY]
    assert await due(AFTER_FOUR.replace(hour=2, minute=59)) == [DAY]
    assert await due(AFTER_FOUR) == []
    await make(pool, event)
    assert await due(EVENING) == []


async def test_nobody_without_an_account_gets_a_list(pool: Pool, world: World) -> None:
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    await world.swap(ana, ben)
    await pool.execute("UPDATE registrations SET person_id = NULL WHERE id = $1", ben.registration_id)

    assert await make(pool, event) == 1


def _what(row: asyncpg.Record) -> tuple[object, ...]:
    return tuple(value for name, value in row.items() if name != "id")


async def _promise_of(pool: Pool, who: Attendee) -> UUID:
    promise: UUID = await pool.fetchval("SELECT id FROM promises WHERE registration_id = $1", who.registration_id)
    return promise
