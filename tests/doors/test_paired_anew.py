"""A phone that is paired anew for something else: what it was has ended, and its queue reaches the log under that."""

from collections.abc import Callable
from typing import Any

import pytest

from server.events.models import Event
from tests.clock import Clock
from tests.desk.documents import REGISTER
from tests.doors.paired import with_pin
from tests.doors.phone import CHECK_IN, REPLAY, DoorPhone
from tests.doors.test_door_phones import OPEN, PAIR, SELF
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.rooms.phone import RoomPhone, add_session
from tests.world import World

OPEN_ROOM = """
    mutation ($room: ID!) { openPairing(room: $room, kind: ROOM) { ... on Pairing { code } } }
"""
DOORS = "query ($event: ID!) { doors(event: $event) { id } }"
ROSTER = "query ($event: ID!) { doorRoster(event: $event, first: 10) { asOf } }"
BY_HELPER = """
    SELECT door_helpers.name, check_ins.verdict
    FROM check_ins
    JOIN door_helpers ON door_helpers.event_id = check_ins.event_id AND door_helpers.id = check_ins.door_helper_id
    ORDER BY check_ins.happened_at, check_ins.id
"""


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event(scans_people_out=True)


async def door_code(front_door: FrontDoor, world: World, event: Event, door: str, kind: str = "DOOR") -> str:
    organizer = front_door.as_((await world.team(event)).token)
    code: str = (await organizer.ask(OPEN, door=door, kind=kind))["openPairing"]["code"]
    return code


async def room_code(front_door: FrontDoor, world: World, event: Event, room: str) -> str:
    organizer = front_door.as_((await world.team(event)).token)
    code: str = (await organizer.ask(OPEN_ROOM, room=room))["openPairing"]["code"]
    return code


async def as_kiosk(front_door: FrontDoor, world: World, event: Event, phone: FrontDoor, pin: str) -> None:
    await phone.ask(PAIR, code=await door_code(front_door, world, event, await world.door(event, "Side"), "KIOSK"))


async def as_room(front_door: FrontDoor, world: World, event: Event, phone: FrontDoor, pin: str) -> None:
    room = await add_session(front_door, world, event)
    await phone.ask(PAIR, code=await room_code(front_door, world, event, room), pin=pin)


async def as_door_of_another_event(
    front_door: FrontDoor, world: World, event: Event, phone: FrontDoor, pin: str
) -> None:
    other = await world.event()
    _, other_pin = await with_pin(world, other, "Lea")
    await phone.ask(PAIR, code=await door_code(front_door, world, other, await world.door(other)), pin=other_pin)


async def revoked_and_as_door(front_door: FrontDoor, world: World, event: Event, phone: FrontDoor, pin: str) -> None:
    await world.pool.execute("UPDATE door_phones SET revoked_at = $1", world.clock())
    await phone.ask(PAIR, code=await door_code(front_door, world, event, await world.door(event, "Side")), pin=pin)


ANEW = [as_kiosk, as_room, as_door_of_another_event, revoked_and_as_door]


@pytest.mark.parametrize("pair_anew", ANEW)
async def test_all_that_waits_on_a_door_that_is_paired_anew_reaches_the_log_as_its_helpers(
    front_door: FrontDoor,
    new_phone: Callable[[], FrontDoor],
    world: World,
    event: Event,
    clock: Clock,
    pair_anew: Any,
) -> None:
    door, phone = await world.door(event), new_phone()
    _, pin = await with_pin(world, event, "Kim")
    ana, ben = await world.attendee(event), await world.attendee(event)
    before = (await phone.ask(PAIR, code=await door_code(front_door, world, event, door), pin=pin))["pairDoorPhone"]
    held, key = DoorPhone(phone.under(before["id"]), event, door, clock), world.new_key()
    clock.advance(minutes=1)
    found = held.made("", registration=ana.gid, offline=True, shown="ADMITTED")
    slip = held.made(ben.ticket, offline=True, shown="ADMITTED")
    clock.advance(minutes=1)
    out = held.made(ana.ticket, direction="OUT", offline=True, shown="CHECKED_OUT")
    newcomer = held.made("", walkIn=key, offline=True, shown="ADMITTED")
    clock.advance(minutes=1)

    await pair_anew(front_door, world, event, phone, pin)
    clock.advance(minutes=1)

    now = {"sentAt": held.shown(clock())}
    answers = await held.replay(*(each | now for each in (found, slip, out)))
    assert [answer["result"].get("verdict") for answer in answers] == ["ADMITTED", "ADMITTED", "CHECKED_OUT"]
    assert (await held.undo(answers[1]["result"]))["verdict"] == "UNDONE"
    await held.front_door.ask(REGISTER, event=id_of(event), name="Zoë Brandt", key=key, letIn=True)
    assert (await held.send(newcomer | now))["verdict"] == "ADMITTED"
    logged = [(row["name"], row["verdict"]) for row in await world.pool.fetch(BY_HELPER)]
    assert sorted(logged) == [("Kim", verdict) for verdict in ["ADMITTED"] * 3 + ["CHECKED_OUT", "UNDONE"]]


@pytest.mark.parametrize("pair_anew", ANEW)
async def test_an_earlier_pairing_takes_a_queue_for_a_day_and_opens_nothing(
    front_door: FrontDoor,
    new_phone: Callable[[], FrontDoor],
    world: World,
    event: Event,
    clock: Clock,
    pair_anew: Any,
) -> None:
    door, phone = await world.door(event), new_phone()
    _, pin = await with_pin(world, event, "Kim")
    ana, ben = await world.attendee(event), await world.attendee(event)
    before = (await phone.ask(PAIR, code=await door_code(front_door, world, event, door), pin=pin))["pairDoorPhone"]
    held = DoorPhone(phone.under(before["id"]), event, door, clock)
    clock.advance(minutes=1)
    kept = held.made(ana.ticket, offline=True)
    clock.advance(minutes=1)
    await pair_anew(front_door, world, event, phone, pin)
    clock.advance(minutes=1)

    for document in (DOORS, ROSTER):
        assert await held.front_door.refusal(document, event=id_of(event)) == "DOOR_PHONE_REVOKED"
    new = held.made(ben.ticket, offline=True)
    assert await held.front_door.refusal(CHECK_IN, event=id_of(event), scan=new) == "DOOR_PHONE_REVOKED"
    [late] = await held.replay(new)
    assert late["result"]["__typename"] == "ScannedTooLate"
    assert (await phone.ask(SELF))["doorPhone"]["id"] != before["id"]
    clock.advance(hours=24)
    assert await held.front_door.refusal(REPLAY, event=id_of(event), scans=[kept]) in {
        "DOOR_PHONE_REVOKED", "DOOR_PHONE_EXPIRED",
    }  # fmt: skip


async def test_a_pairing_that_this_phone_never_had_is_none_of_its_own(
    front_door: FrontDoor, new_phone: Callable[[], FrontDoor], world: World, event: Event, clock: Clock
) -> None:
    door, phone, other = await world.door(event), new_phone(), new_phone()
    _, pin = await with_pin(world, event, "Kim")
    paired = [
        (await each.ask(PAIR, code=await door_code(front_door, world, event, door), pin=pin))["pairDoorPhone"]["id"]
        for each in (phone, other)
    ]
    scan = DoorPhone(phone, event, door, clock).made((await world.attendee(event)).ticket)
    helper = front_door.as_((await world.team(event)).token)

    for stranger in (phone.under(paired[1]), helper.under(paired[1])):
        assert await stranger.refusal(REPLAY, event=id_of(event), scans=[scan]) == "DOOR_PHONE_REVOKED"
    another = await world.event()
    assert await phone.under(paired[0]).refusal(REPLAY, event=id_of(another), scans=[scan]) == "UNAUTHENTICATED"
    assert await world.pool.fetchval("SELECT count(*) FROM check_ins") == 0


async def test_what_waits_of_a_session_reaches_its_log_after_its_phone_became_a_door(
    front_door: FrontDoor, new_phone: Callable[[], FrontDoor], world: World, event: Event, clock: Clock
) -> None:
    room, phone = await add_session(front_door, world, event), new_phone()
    _, pin = await with_pin(world, event, "Kim")
    code = await room_code(front_door, world, event, room)
    before = (await phone.ask(PAIR, code=code, pin=pin))["pairDoorPhone"]
    held = RoomPhone(phone.under(before["id"]), event, room, clock)
    clock.advance(minutes=1)
    kept = held.made((await world.attendee(event)).ticket, offline=True)
    clock.advance(minutes=1)
    await phone.ask(PAIR, code=await door_code(front_door, world, event, await world.door(event)), pin=pin)
    clock.advance(minutes=1)

    [answer] = await held.replay(kept | {"sentAt": clock().isoformat()})

    assert answer["result"]["verdict"] == "COUNTED"
    assert (await held.undo(kept["key"]))["verdict"] == "UNDONE"


async def test_a_phone_paired_anew_at_another_door_still_takes_back_what_it_scanned_at_the_first(
    front_door: FrontDoor, new_phone: Callable[[], FrontDoor], world: World, event: Event, clock: Clock
) -> None:
    first, second, phone = await world.door(event, "Main"), await world.door(event, "Garden"), new_phone()
    _, pin = await with_pin(world, event, "Kim")
    before = (await phone.ask(PAIR, code=await door_code(front_door, world, event, first), pin=pin))["pairDoorPhone"]
    held = DoorPhone(phone.under(before["id"]), event, first, clock)
    told = await held.scan((await world.attendee(event)).ticket)
    clock.advance(minutes=1)
    after = (await phone.ask(PAIR, code=await door_code(front_door, world, event, second), pin=pin))["pairDoorPhone"]

    assert (before["id"], (await held.undo(told))["verdict"]) == (after["id"], "UNDONE")


async def test_a_pairing_whose_answer_was_lost_leaves_the_phone_what_it_held(
    front_door: FrontDoor, new_phone: Callable[[], FrontDoor], world: World, event: Event, clock: Clock
) -> None:
    first, second, phone = await world.door(event, "Main"), await world.door(event, "Garden"), new_phone()
    _, pin = await with_pin(world, event, "Kim")
    await phone.ask(PAIR, code=await door_code(front_door, world, event, first), pin=pin)
    token = phone.client.cookies["handsel_door"]
    held = DoorPhone(front_door.as_phone(token), event, first, clock)
    clock.advance(minutes=1)
    kept = held.made((await world.attendee(event)).ticket, offline=True)
    clock.advance(minutes=1)

    await phone.ask(PAIR, code=await door_code(front_door, world, event, second), pin=pin)

    [answer] = await held.replay(kept | {"sentAt": held.shown(clock())})
    assert answer["result"]["verdict"] == "ADMITTED"
