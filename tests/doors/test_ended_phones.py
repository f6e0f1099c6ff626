"""Phones that ended: revoked, their door or their helper removed. What they still had to send is taken for a day."""

from typing import Any

import pytest

from server.events.models import Event
from tests.clock import Clock
from tests.desk.documents import REGISTER
from tests.doors.paired import Paired, paired
from tests.doors.phone import CHECK_IN, REPLAY, UNDO, DoorPhone
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.world import World

REVOKE = "mutation ($phone: ID!) { revokeDoorPhone(phone: $phone) { ... on DoorPhone { revokedAt } } }"
REMOVE_HELPER = "mutation ($helper: ID!) { removeDoorHelper(helper: $helper) { __typename } }"
REMOVE_DOOR = "mutation ($door: ID!) { removeDoor(door: $door) { __typename } }"
BY_HELPER = """
    SELECT door_helpers.name
    FROM check_ins
    JOIN door_helpers ON door_helpers.event_id = check_ins.event_id AND door_helpers.id = check_ins.door_helper_id
"""


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event(scans_people_out=True)


@pytest.fixture
async def organizer(front_door: FrontDoor, world: World, event: Event) -> FrontDoor:
    return front_door.as_((await world.team(event)).token)


def at(front_door: FrontDoor, world: World, event: Event, door: str, phone: Paired) -> DoorPhone:
    return DoorPhone(front_door.as_phone(phone.token), event, door, world.clock)


async def revoke(organizer: FrontDoor, world: World, event: Event, phone: Paired) -> str:
    await organizer.ask(REVOKE, phone=phone.id)
    return "DOOR_PHONE_REVOKED"


async def remove_the_door(organizer: FrontDoor, world: World, event: Event, phone: Paired) -> str:
    [door] = (await organizer.ask("query ($event: ID!) { doors(event: $event) { id } }", event=id_of(event)))["doors"]
    await organizer.ask(REMOVE_DOOR, door=door["id"])
    return "DOOR_PHONE_REVOKED"


async def remove_the_helper(organizer: FrontDoor, world: World, event: Event, phone: Paired) -> str:
    await organizer.ask(REMOVE_HELPER, helper=phone.helper)
    return "DOOR_HELPER_NEEDED"


@pytest.mark.parametrize("end", [revoke, remove_the_door, remove_the_helper])
async def test_a_phone_that_ended_is_told_so_and_only_what_it_scanned_before_is_taken_for_a_day(
    front_door: FrontDoor, organizer: FrontDoor, world: World, event: Event, clock: Clock, end: Any
) -> None:
    door = await world.door(event)
    held = await paired(world, event, door, helper="Kim")
    phone = at(front_door, world, event, door, held)
    people = [await world.attendee(event) for _ in range(3)]
    clock.advance(minutes=1)
    before, late = (phone.made(people[number].ticket, offline=True) for number in (0, 2))
    clock.advance(minutes=1)

    code = await end(organizer, world, event, held)
    clock.advance(minutes=1)
    after = phone.made(people[1].ticket, offline=True)

    assert await phone.front_door.refusal(CHECK_IN, event=id_of(event), scan=after) == code
    now = {"sentAt": phone.shown(clock())}
    answers = await phone.replay(before | now, after | now)
    assert [answer["result"]["__typename"] for answer in answers] == ["CheckIn", "ScannedTooLate"]
    assert await world.pool.fetchval(BY_HELPER) == "Kim"
    clock.advance(hours=24)
    assert await phone.front_door.refusal(REPLAY, event=id_of(event), scans=[late]) in {code, "DOOR_PHONE_EXPIRED"}


@pytest.mark.parametrize("end", [revoke, remove_the_door, remove_the_helper])
async def test_the_one_scan_that_a_phone_had_left_when_it_ended_is_taken_by_itself_too(
    front_door: FrontDoor, organizer: FrontDoor, world: World, event: Event, clock: Clock, end: Any
) -> None:
    door = await world.door(event)
    held = await paired(world, event, door, helper="Kim")
    phone = at(front_door, world, event, door, held)
    clock.advance(minutes=1)
    kept, late = [phone.made((await world.attendee(event)).ticket, offline=True) for _ in range(2)]
    clock.advance(minutes=1)
    code = await end(organizer, world, event, held)
    clock.advance(minutes=1)

    told = await phone.send(kept | {"sentAt": phone.shown(clock())})

    assert told["verdict"] == "ADMITTED"
    assert await world.pool.fetchval(BY_HELPER) == "Kim"
    clock.advance(hours=24)
    late |= {"sentAt": phone.shown(clock())}
    assert await phone.front_door.refusal(CHECK_IN, event=id_of(event), scan=late) in {code, "DOOR_PHONE_EXPIRED"}


async def test_a_walk_in_whom_a_phone_let_in_before_it_ended_is_taken_with_its_scan(
    front_door: FrontDoor, organizer: FrontDoor, world: World, event: Event, clock: Clock
) -> None:
    door = await world.door(event)
    held = await paired(world, event, door, helper="Kim")
    phone = at(front_door, world, event, door, held)
    clock.advance(minutes=1)
    key = world.new_key()
    scan = phone.made("", walkIn=key, offline=True, shown="ADMITTED")
    clock.advance(minutes=1)
    await revoke(organizer, world, event, held)
    clock.advance(minutes=1)
    zoe = {"event": id_of(event), "name": "Zoë Brandt", "email": "zoe@example.org", "key": key}

    assert await phone.front_door.refusal(REGISTER, **zoe) == "DOOR_PHONE_REVOKED"
    walk_in = (await phone.front_door.ask(REGISTER, **zoe, letIn=True))["registerWalkIn"]
    told = await phone.send(scan | {"sentAt": phone.shown(clock())})

    assert (walk_in["__typename"], told["verdict"], told["name"]) == ("WalkIn", "ADMITTED", "Zoë Brandt")
    # The phone may be in anybody's hands by now: what it registers opens nothing.
    assert await world.pool.fetchval("SELECT count(*) FROM registrations WHERE email IS NOT NULL") == 0
    desk = await DoorPhone.at(front_door, world, event, "Garden gate")
    assert (await desk.scan(walk_in["ticket"]["code"]))["verdict"] == "NOT_RECOGNISED"
    again = (await phone.front_door.ask(REGISTER, **zoe, letIn=True))["registerWalkIn"]
    assert again["registration"] == walk_in["registration"]
    clock.advance(hours=24)
    late = zoe | {"key": world.new_key(), "letIn": True}
    assert await phone.front_door.refusal(REGISTER, **late) == "DOOR_PHONE_REVOKED"


@pytest.mark.parametrize("end", [revoke, remove_the_door, remove_the_helper])
async def test_what_takes_a_scan_of_the_queue_back_is_taken_with_it_and_nothing_from_before(
    front_door: FrontDoor, organizer: FrontDoor, world: World, event: Event, clock: Clock, end: Any
) -> None:
    door = await world.door(event)
    held = await paired(world, event, door, helper="Kim")
    phone = at(front_door, world, event, door, held)
    clock.advance(minutes=1)
    sent = await phone.scan((await world.attendee(event)).ticket)
    kept = phone.made((await world.attendee(event)).ticket, offline=True)
    clock.advance(minutes=1)
    code = await end(organizer, world, event, held)
    clock.advance(minutes=1)
    told = await phone.send(kept | {"sentAt": phone.shown(clock())})

    assert (await phone.undo(told))["verdict"] == "UNDONE"
    assert await phone.front_door.refusal(UNDO, checkIn=sent["id"]) == code
