"""The fullest moment, kinds of tickets, and how long people stayed."""

from datetime import datetime, timedelta
from typing import Any

from server.events.models import Event
from tests.attendance.documents import id_of
from tests.clock import Clock
from tests.desk.documents import register
from tests.doors.phone import DoorPhone
from tests.front_door import FrontDoor
from tests.world import World

CLOSER = """
    query ($event: ID!) { attendance(event: $event) {
        whoCameIsKept peak { people at } typicalStay { minutes people }
        lastScans(first: 3) { id scannedAt receivedAt door verdict name offline }
        ticketTypes { name walkIns expected came hereNow noShows } } }
"""


async def look(front_door: FrontDoor, world: World, event: Event) -> dict[str, Any]:
    organizer = await world.team(event)
    data = await front_door.as_(organizer.token).ask(CLOSER, event=id_of(event))
    seen: dict[str, Any] = data["attendance"]
    return seen


async def come_and_go(phone: DoorPhone, ticket: str, *, came: datetime, stayed: int | None) -> None:
    """In at `came`, and out so many minutes later unless they stay."""
    await phone.scan(ticket, at=came)
    if stayed is not None:
        await phone.scan(ticket, at=came + timedelta(minutes=stayed), direction="OUT")


async def test_the_fullest_moment_is_told_with_its_minute(front_door: FrontDoor, world: World, clock: Clock) -> None:
    event = await world.event(scans_people_out=True)
    phone = await DoorPhone.at(front_door, world, event)
    people = [await world.attendee(event) for _ in range(3)]
    start = event.starts_at
    await come_and_go(phone, people[0].ticket, came=start, stayed=10)
    await come_and_go(phone, people[1].ticket, came=start + timedelta(minutes=5), stayed=None)
    await come_and_go(phone, people[2].ticket, came=start + timedelta(minutes=20), stayed=None)

    seen = await look(front_door, world, event)

    assert seen["peak"] == {"people": 2, "at": (start + timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:00Z")}


async def test_how_long_people_stayed_is_the_one_in_the_middle_of_those_who_left(
    front_door: FrontDoor, world: World
) -> None:
    event = await world.event(scans_people_out=True)
    phone = await DoorPhone.at(front_door, world, event)
    for stayed in (10, 25, 50, None):
        await come_and_go(phone, (await world.attendee(event)).ticket, came=event.starts_at, stayed=stayed)

    assert (await look(front_door, world, event))["typicalStay"] == {"minutes": 25, "people": 3}


async def test_where_people_are_not_scanned_out_neither_is_known(front_door: FrontDoor, world: World) -> None:
    event = await world.event(scans_people_out=False)
    phone = await DoorPhone.at(front_door, world, event)
    await come_and_go(phone, (await world.attendee(event)).ticket, came=event.starts_at, stayed=10)

    seen = await look(front_door, world, event)

    assert (seen["peak"], seen["typicalStay"]) == (None, None)


async def test_kinds_of_tickets_come_the_largest_first_and_walk_ins_of_no_kind_apart(
    front_door: FrontDoor, world: World
) -> None:
    event = await world.event(scans_people_out=True)
    phone = await DoorPhone.at(front_door, world, event)
    ana = await world.attendee(event)
    await world.attendee(event)
    await world.registration(event, ticket_type="Workshop")
    await world.registration(event, ticket_type="Workshop", cancelled_at=world.clock())
    await world.registration(event, ticket_type="Gone", cancelled_at=world.clock())
    walk_in = await register(phone.front_door, event, "Zoë Brandt")
    await phone.scan(ana.ticket)
    await phone.scan(walk_in["ticket"]["code"])
    await phone.scan(walk_in["ticket"]["code"], direction="OUT")

    seen = await look(front_door, world, event)

    assert seen["ticketTypes"] == [
        {"name": "Day ticket", "walkIns": False, "expected": 2, "came": 1, "hereNow": 1, "noShows": 1},
        {"name": "Workshop", "walkIns": False, "expected": 1, "came": 0, "hereNow": 0, "noShows": 1},
        {"name": None, "walkIns": True, "expected": 0, "came": 1, "hereNow": 0, "noShows": 0},
    ]


async def test_once_it_is_forgotten_who_came_nothing_is_said_that_would_be_wrong(
    front_door: FrontDoor, world: World
) -> None:
    event = await world.event(scans_people_out=True)
    phone = await DoorPhone.at(front_door, world, event)
    await come_and_go(phone, (await world.attendee(event)).ticket, came=event.starts_at, stayed=10)
    assert (await look(front_door, world, event))["whoCameIsKept"]
    await world.pool.execute("DELETE FROM admissions")
    await world.pool.execute("UPDATE events SET aged_at = $1", world.clock())

    seen = await look(front_door, world, event)

    assert (seen["whoCameIsKept"], seen["ticketTypes"], seen["typicalStay"]) == (False, [], None)
    assert seen["peak"]["people"] == 1


async def test_the_last_scans_are_told_the_newest_to_arrive_first_and_refused_ones_too(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event()
    phone = await DoorPhone.at(front_door, world, event)
    ana, ben = await world.attendee(event, "Ana Duarte"), await world.attendee(event, "Ben Okafor")
    await phone.scan(ana.ticket)
    clock.advance(minutes=1)
    await phone.scan("NOBODYS000")
    clock.advance(minutes=1)
    late = await phone.scan(ben.ticket, at=event.starts_at, offline=True)
    clock.advance(minutes=1)
    await phone.undo(late)

    seen = (await look(front_door, world, event))["lastScans"]

    assert [(each["name"], each["verdict"], each["offline"], each["door"]) for each in seen] == [
        ("Ben Okafor", "UNDONE", False, "Main door"),
        ("Ben Okafor", "ADMITTED", True, "Main door"),
        (None, "NOT_RECOGNISED", False, "Main door"),
    ]
    assert seen[1]["id"] == late["id"]
    assert seen[1]["scannedAt"] < seen[1]["receivedAt"]
