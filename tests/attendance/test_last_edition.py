"""A day beside the same day of the edition before it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from server.attendance.editions.models import opens_at, same_day
from server.events.models import Event, Role
from tests.attendance.documents import id_of
from tests.clock import Clock
from tests.doors.phone import DoorPhone
from tests.front_door import FrontDoor
from tests.world import Somebody, World

COMPARED = """
    query ($event: ID!) { attendance(event: $event) { lastEdition {
        title day expected came cameByThen walkIns noShows
        arrivals(bucketMinutes: 15) { minutesFromStart arrivals lastArrivals } } } }
"""


async def compared(front_door: FrontDoor, event: Event, organizer: Somebody) -> dict[str, Any] | None:
    data = await front_door.as_(organizer.token).ask(COMPARED, event=id_of(event))
    found: dict[str, Any] | None = data["attendance"]["lastEdition"]
    return found


async def two_editions(front_door: FrontDoor, world: World, clock: Clock) -> tuple[Event, Event]:
    """Last year three came of four, five, twenty and two hundred minutes after the start; now one, after ten."""
    today = clock()
    clock.now = today - timedelta(days=364)
    last = await world.event(title="Repair Summit 2026")
    phone = await DoorPhone.at(front_door, world, last)
    clock.advance(hours=4)
    for minutes in (5, 20, 200):
        await phone.scan((await world.attendee(last)).ticket, at=last.starts_at + timedelta(minutes=minutes))
    await world.attendee(last)
    clock.now = today
    this = await world.event(continues_id=last.id)
    phone = await DoorPhone.at(front_door, world, this)
    await phone.scan((await world.attendee(this)).ticket, at=this.starts_at + timedelta(minutes=10))
    return this, last


async def test_both_are_counted_from_their_start(front_door: FrontDoor, world: World, clock: Clock) -> None:
    this, last = await two_editions(front_door, world, clock)
    organizer = await world.team(this)
    await world.role(organizer, last, Role.OWNER)

    seen = await compared(front_door, this, organizer)

    assert seen is not None
    buckets = seen.pop("arrivals")
    assert seen == {
        "title": "Repair Summit 2026", "day": "2026-04-23", "expected": 4, "came": 3, "cameByThen": 2, "walkIns": 0,
        "noShows": 1,
    }  # fmt: skip
    assert buckets[:2] == [
        {"minutesFromStart": 0, "arrivals": 1, "lastArrivals": 1},
        {"minutesFromStart": 15, "arrivals": 0, "lastArrivals": 1},
    ]
    assert buckets[-1] == {"minutesFromStart": 195, "arrivals": 0, "lastArrivals": 1}
    assert len(buckets) == 14


async def test_only_whoever_organizes_the_last_one_too_sees_it(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    this, last = await two_editions(front_door, world, clock)
    stranger_there, helper_there = await world.team(this), await world.team(this)
    await world.role(helper_there, last, Role.DOOR_HELPER)

    assert await compared(front_door, this, stranger_there) is None
    assert await compared(front_door, this, helper_there) is None


async def test_an_event_that_continues_none_is_compared_with_none(front_door: FrontDoor, world: World) -> None:
    event = await world.event()

    assert await compared(front_door, event, await world.team(event)) is None


async def test_a_later_day_is_compared_with_the_same_one_and_a_longer_event_with_nothing(
    world: World, clock: Clock
) -> None:
    longer = await world.event(ends_at=clock() + timedelta(days=2))
    shorter = await world.event(starts_at=clock() - timedelta(days=364), ends_at=clock() - timedelta(days=363))

    second, third = longer.days()[1:]

    assert same_day(longer, second, shorter) == shorter.days()[1]
    assert same_day(longer, third, shorter) is None
    assert same_day(longer, longer.days()[0] - timedelta(days=1), shorter) is None


async def test_a_night_in_which_clocks_were_put_back_is_counted_by_the_time_that_went_by(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    dance = datetime(2027, 10, 30, 20, tzinfo=UTC)  # ten in the evening in Berlin; at three the clocks go back
    clock.now = dance
    last = await world.event(starts_at=dance, ends_at=dance + timedelta(hours=8), timezone="Europe/Berlin")
    phone = await DoorPhone.at(front_door, world, last)
    for minutes in (10, 345):
        clock.now = dance + timedelta(minutes=minutes)
        await phone.scan((await world.attendee(last)).ticket)
    clock.now = dance + timedelta(days=364)
    this = await world.event(
        starts_at=clock(), ends_at=clock() + timedelta(hours=7), timezone="Europe/Berlin", continues_id=last.id
    )
    organizer = await world.team(this)
    await world.role(organizer, last, Role.OWNER)

    came = []
    for hours in (5.5, 6):
        clock.now = this.starts_at + timedelta(hours=hours)
        seen = await compared(front_door, this, organizer)
        came.append(seen and seen["cameByThen"])

    assert came == [1, 2]


async def test_on_later_days_the_start_is_the_same_hour_by_the_local_clock(world: World) -> None:
    over_the_change = await world.event(
        starts_at=datetime(2027, 3, 27, 9, tzinfo=UTC), ends_at=datetime(2027, 3, 29, 17, tzinfo=UTC)
    )

    assert opens_at(over_the_change, date(2027, 3, 28)).astimezone(UTC) == datetime(2027, 3, 28, 8, tzinfo=UTC)
