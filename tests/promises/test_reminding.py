"""Who promised something for today is reminded once, at six in the evening where they are."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.db import Connection
from server.promises.reminding import due_days, remind_of_due
from tests.clock import Clock
from tests.notifications.leaving import would_leave
from tests.world import Attendee, World

TODAY = date(2027, 4, 22)
SIX_IN_LISBON = datetime(2027, 4, 22, 17, 0, tzinfo=UTC)


@pytest.fixture
async def pair(world: World, clock: Clock) -> tuple[Attendee, Attendee, UUID]:
    """Ana, who lives in Lisbon, Ben, and their swap; in the morning."""
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    await world.pool.execute("UPDATE people SET timezone = 'Europe/Lisbon'")
    swap = await world.swap(ana, ben)
    return ana, ben, swap


async def told(connection: Connection) -> list[tuple[UUID, str]]:
    rows = await connection.fetch("SELECT person_id, key FROM notices WHERE kind = 'PROMISE_DUE' ORDER BY told_at")
    return [(row["person_id"], row["key"]) for row in rows]


async def test_at_six_and_not_before_and_once_for_all_promises_of_the_day(
    connection: Connection, world: World, pair: tuple[Attendee, Attendee, UUID]
) -> None:
    ana, _, swap = pair
    await world.promise(ana, swap, due_on=TODAY)
    await world.promise(ana, swap, "Send the photograph", due_on=TODAY)

    assert await remind_of_due(connection, now=SIX_IN_LISBON - timedelta(seconds=1)) == 0
    assert await remind_of_due(connection, now=SIX_IN_LISBON) == 1
    assert await remind_of_due(connection, now=SIX_IN_LISBON + timedelta(minutes=1)) == 0

    assert await told(connection) == [(ana.person.id, "2027-04-22")]


async def test_each_day_has_its_own(
    connection: Connection, world: World, pair: tuple[Attendee, Attendee, UUID]
) -> None:
    ana, _, swap = pair
    await world.promise(ana, swap, due_on=TODAY)
    await world.promise(ana, swap, due_on=TODAY + timedelta(days=1))

    for days in (0, 1, 2):
        await remind_of_due(connection, now=SIX_IN_LISBON + timedelta(days=days))

    assert [key for _, key in await told(connection)] == ["2027-04-22", "2027-04-23"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE promises SET kept_at = now()",
        "UPDATE promises SET due_on = NULL",
        "UPDATE promises SET due_on = due_on + 1",
        "UPDATE promises SET made_at = '2027-04-22T17:30Z'",
        "UPDATE swaps SET withdrawn_at = now()",
        "UPDATE relationships SET resting_until = '2027-04-23'",
        "UPDATE people SET quiet_since = now()",
    ],
    ids=[
        "kept",
        "for no day",
        "for tomorrow",
        "made after six",
        "a swap that is gone",
        "somebody let rest",
        "somebody who asked for quiet",
    ],
)
async def test_what_needs_no_reminder(
    connection: Connection, world: World, pair: tuple[Attendee, Attendee, UUID], change: str
) -> None:
    ana, ben, swap = pair
    await world.promise(ana, swap, due_on=TODAY)
    await connection.execute(
        "INSERT INTO relationships"
        " (person_id, id, other_id, met_event_id, met_event_title, met_on, began_at, last_touch_at)"
        " VALUES ($1, $2, $3, $4, 'Fair', $5, now(), now()) ON CONFLICT DO NOTHING",
        ana.person.id, world.new_key(), ben.person.id, ana.event.id, TODAY,
    )  # fmt: skip
    await connection.execute(change)

    assert await remind_of_due(connection, now=SIX_IN_LISBON + timedelta(hours=1)) == 0


@pytest.mark.parametrize(
    "change",
    ["UPDATE promises SET kept_at = now()", "UPDATE swaps SET withdrawn_at = now()"],
    ids=["kept", "a swap that is gone"],
)
async def test_what_is_no_longer_to_be_kept_is_not_told(
    connection: Connection, world: World, pair: tuple[Attendee, Attendee, UUID], change: str
) -> None:
    ana, _, swap = pair
    await world.promise(ana, swap, due_on=TODAY)
    await remind_of_due(connection, now=SIX_IN_LISBON)
    assert await would_leave(world.pool, now=SIX_IN_LISBON) == [(ana.person.id, "PROMISE_DUE")]

    await connection.execute(change)

    assert await would_leave(world.pool, now=SIX_IN_LISBON) == []


async def test_somebody_who_travels_west_is_not_told_twice_of_one_day(
    connection: Connection, world: World, pair: tuple[Attendee, Attendee, UUID]
) -> None:
    ana, _, swap = pair
    await world.promise(ana, swap, due_on=TODAY, at=SIX_IN_LISBON - timedelta(days=1))
    await connection.execute("UPDATE people SET timezone = 'Pacific/Kiritimati'")
    assert await remind_of_due(connection, now=datetime(2027, 4, 22, 4, 0, tzinfo=UTC)) == 1
    await connection.execute("UPDATE people SET timezone = 'Pacific/Niue'")

    assert await remind_of_due(connection, now=datetime(2027, 4, 23, 5, 0, tzinfo=UTC)) == 0


ZONES = [
    "Pacific/Niue", "Pacific/Kiritimati", "Asia/Kathmandu", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe",
    "Africa/Casablanca", "America/Santiago",
]  # fmt: skip


@given(
    zone=st.sampled_from(ZONES),
    now=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda at: at.replace(tzinfo=UTC)),  # noqa: DTZ001
)
@example(zone="Australia/Lord_Howe", now=datetime(2027, 4, 3, 15, 15, tzinfo=UTC))  # the half hour that comes twice
@example(zone="Europe/Berlin", now=datetime(2027, 3, 28, 1, 0, tzinfo=UTC))
def test_it_is_due_exactly_from_six_to_midnight_of_each_zones_own_day(zone: str, now: datetime) -> None:
    there = now.astimezone(ZoneInfo(zone))

    due = due_days([zone], now=now)

    assert bool(due) == (there.time() >= time(18))
    assert [each.day for each in due] == [there.date()] * len(due)
