"""Phones at doors: paired by a code and a PIN, handed on, taken off at once; and whose scan each one was."""

from collections.abc import Callable

import pytest

from server.doors.phones.models import PhoneKind
from server.events.models import Event
from tests.clock import Clock
from tests.doors.paired import Paired, paired, with_pin
from tests.doors.phone import CHECK_IN, REPLAY, DoorPhone
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.world import World

OPEN = """
    mutation ($door: ID!, $kind: DoorPhoneKind! = DOOR) {
        openPairing(door: $door, kind: $kind) { ... on Pairing { address code expiresAt } } }
"""
PAIR = """
    mutation ($code: String!, $pin: String! = "") { pairDoorPhone(code: $code, pin: $pin) {
        __typename ... on DoorPhone { id kind helper { name } door { id name } event { slug } }
        ... on Problem { message } } }
"""
CHANGE = """
    mutation ($pin: String!) { changeDoorHelper(pin: $pin) {
        __typename ... on DoorPhone { helper { name } } ... on Problem { message } } }
"""
SELF = "{ doorPhone { id helper { name } } }"
LEAVE = "mutation { leaveDoor { __typename } }"
LEAVE_KIOSK = "mutation ($pin: String!) { leaveKiosk(pin: $pin) { __typename } }"
CLOSE = "mutation ($door: ID!) { closePairing(door: $door) { __typename } }"
BY_HELPER = """
    SELECT door_helpers.name
    FROM check_ins
    LEFT JOIN door_helpers ON door_helpers.event_id = check_ins.event_id AND door_helpers.id = check_ins.door_helper_id
    ORDER BY check_ins.happened_at
"""


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event(scans_people_out=True)


@pytest.fixture
async def organizer(front_door: FrontDoor, world: World, event: Event) -> FrontDoor:
    return front_door.as_((await world.team(event)).token)


async def shown(organizer: FrontDoor, door: str, **kind: str) -> str:
    """A new pairing code."""
    code: str = (await organizer.ask(OPEN, door=door, **kind))["openPairing"]["code"]
    return code


def at(front_door: FrontDoor, world: World, event: Event, door: str, phone: Paired) -> DoorPhone:
    return DoorPhone(front_door.as_phone(phone.token), event, door, world.clock)


async def test_a_code_and_a_pin_make_a_phone_a_door(
    new_phone: Callable[[], FrontDoor], organizer: FrontDoor, world: World, event: Event
) -> None:
    door, ana = await world.door(event, "Garden"), await world.attendee(event, "Ana")
    _, pin = await with_pin(world, event, "Kim")
    pairing = (await organizer.ask(OPEN, door=door))["openPairing"]
    phone = new_phone()

    told = (await phone.ask(PAIR, code=f" {pairing['code'][:5].lower()}-{pairing['code'][5:]}", pin=pin))[
        "pairDoorPhone"
    ]

    assert pairing["address"] == f"http://handsel.test/pair#{pairing['code']}&kind=DOOR"
    assert (told["kind"], told["helper"], told["event"]) == ("DOOR", {"name": "Kim"}, {"slug": event.slug})
    assert told["door"] == {"id": door, "name": "Garden"}
    [cookie] = phone.client.cookies.jar
    assert (cookie.name, cookie.has_nonstandard_attr("HttpOnly")) == ("handsel_door", True)
    assert (await phone.ask(SELF))["doorPhone"]["helper"] == {"name": "Kim"}
    scanned = await DoorPhone(phone, event, door, world.clock).scan(ana.ticket)
    assert (scanned["verdict"], scanned["name"]) == ("ADMITTED", "Ana")
    assert await world.pool.fetchval(BY_HELPER) == "Kim"


async def test_a_code_that_is_wrong_closed_or_old_is_one_answer(
    front_door: FrontDoor, organizer: FrontDoor, world: World, event: Event, clock: Clock
) -> None:
    door = await world.door(event)
    _, pin = await with_pin(world, event, "Kim")
    closed = await shown(organizer, door)
    await organizer.ask(CLOSE, door=door)
    old = await shown(organizer, door)
    clock.advance(minutes=15)

    answers = [
        (await front_door.ask(PAIR, code=code, pin=pin))["pairDoorPhone"] for code in ("AAAAAAAAAA", closed, old)
    ]

    assert [answer["__typename"] for answer in answers] == ["PairingNotValid"] * 3
    assert len({answer["message"] for answer in answers}) == 1


async def test_five_wrong_pins_rest_a_code_for_a_quarter_of_an_hour_even_for_the_right_one(
    front_door: FrontDoor, organizer: FrontDoor, world: World, event: Event
) -> None:
    door = await world.door(event)
    _, pin = await with_pin(world, event, "Kim")
    wrong = f"{(int(pin) + 1) % 10**6:06}"
    code, another = await shown(organizer, door), await shown(organizer, door)

    answers = [(await front_door.ask(PAIR, code=code, pin=each))["pairDoorPhone"] for each in [*[wrong] * 5, pin]]

    assert [answer["__typename"] for answer in answers] == ["PinNotValid"] * 6
    assert "quarter of an hour" in answers[-1]["message"]
    assert (await front_door.ask(PAIR, code=another, pin=pin))["pairDoorPhone"]["__typename"] == "DoorPhone"


async def test_wrong_pins_rest_a_phone_and_it_wakes_after_a_quarter_of_an_hour(
    front_door: FrontDoor, world: World, event: Event, clock: Clock
) -> None:
    phone = await paired(world, event, await world.door(event), helper="Kim")
    _, pin = await with_pin(world, event, "Lea")
    door = front_door.as_phone(phone.token)

    answers = [(await door.ask(CHANGE, pin=each))["changeDoorHelper"] for each in [*["12"] * 5, pin]]
    clock.advance(minutes=15)
    later = (await door.ask(CHANGE, pin=pin))["changeDoorHelper"]

    assert [answer["__typename"] for answer in answers] == ["PinNotValid"] * 6
    assert later["helper"] == {"name": "Lea"}


async def test_a_kiosk_is_paired_without_a_pin_and_only_lets_in_by_code(
    new_phone: Callable[[], FrontDoor], organizer: FrontDoor, world: World, event: Event
) -> None:
    door, ana = await world.door(event), await world.attendee(event, "Duarte, Ana Maria")
    kiosk = new_phone()
    await kiosk.ask(PAIR, code=await shown(organizer, door, kind="KIOSK"))
    scanner = DoorPhone(kiosk, event, door, world.clock)

    told = await scanner.scan(ana.ticket)
    assert (told["verdict"], told["name"]) == ("ADMITTED", "Ana")
    for scan in (scanner.made(ana.ticket, direction="OUT"), scanner.made("", registration=ana.gid)):
        assert await kiosk.refusal(CHECK_IN, event=id_of(event), scan=scan) == "UNAUTHENTICATED"


async def test_the_next_helper_takes_over_and_each_keeps_their_own_scans_however_late_they_are_sent(
    front_door: FrontDoor, world: World, event: Event, clock: Clock
) -> None:
    door = await world.door(event)
    phone = at(front_door, world, event, door, await paired(world, event, door, helper="Kim"))
    people = [await world.attendee(event) for _ in range(2)]
    clock.advance(minutes=10)
    kims = phone.made(people[0].ticket, offline=True, at=clock())
    clock.advance(minutes=10)
    _, pin = await with_pin(world, event, "Lea")
    await phone.front_door.ask(CHANGE, pin=pin)
    clock.advance(minutes=10)
    leas = phone.made(people[1].ticket, offline=True, at=clock())
    clock.advance(minutes=10)

    await phone.replay(*(each | {"sentAt": phone.shown(clock())} for each in (leas, kims)))

    assert [row["name"] for row in await world.pool.fetch(BY_HELPER)] == ["Kim", "Lea"]


async def test_a_phone_paired_anew_at_another_door_still_sends_what_it_scanned_at_the_first(
    new_phone: Callable[[], FrontDoor], organizer: FrontDoor, world: World, event: Event, clock: Clock
) -> None:
    first, second = await world.door(event, "Main"), await world.door(event, "Garden")
    _, pin = await with_pin(world, event, "Kim")
    ana, phone = await world.attendee(event), new_phone()
    before = (await phone.ask(PAIR, code=await shown(organizer, first), pin=pin))["pairDoorPhone"]
    clock.advance(minutes=1)
    kept = DoorPhone(phone, event, first, clock).made(ana.ticket, offline=True)
    clock.advance(minutes=1)
    after = (await phone.ask(PAIR, code=await shown(organizer, second), pin=pin))["pairDoorPhone"]

    [answer] = (await phone.ask(REPLAY, event=id_of(event), scans=[kept]))["replayCheckIns"]

    assert before["id"] == after["id"]
    assert answer["result"]["verdict"] == "ADMITTED"


async def test_a_phone_answers_for_no_door_where_it_never_stood(
    front_door: FrontDoor, world: World, event: Event
) -> None:
    own, other = await world.door(event, "Main"), await world.door(event, "Garden")
    phone = at(front_door, world, event, other, await paired(world, event, own, helper="Kim"))
    theirs = await DoorPhone.at(front_door, world, event, "Third")
    told = await theirs.scan((await world.attendee(event)).ticket)

    assert (await phone.scan((await world.attendee(event)).ticket))["__typename"] == "NotFound"
    assert (await phone.undo(told))["__typename"] == "NotFound"


async def test_a_phone_ends_with_its_event(front_door: FrontDoor, world: World, event: Event, clock: Clock) -> None:
    phone = front_door.as_phone((await paired(world, event, await world.door(event), helper="Kim")).token)
    clock.now = event.ends_at
    clock.advance(hours=12, seconds=1)

    assert await phone.refusal(SELF) == "DOOR_PHONE_EXPIRED"


async def test_a_kiosk_is_given_back_by_a_pin_alone_and_then_is_nobody(
    new_phone: Callable[[], FrontDoor], organizer: FrontDoor, world: World, event: Event
) -> None:
    door, phone = await world.door(event), new_phone()
    await phone.ask(PAIR, code=await shown(organizer, door, kind="KIOSK"))
    token = phone.client.cookies["handsel_door"]

    _, pin = await with_pin(world, event, "Lea")

    assert await phone.refusal(LEAVE) == "UNAUTHENTICATED"
    wrong = f"{(int(pin) + 1) % 10**6:06}"
    assert (await phone.ask(LEAVE_KIOSK, pin=wrong))["leaveKiosk"]["__typename"] == "PinNotValid"
    await phone.ask(LEAVE_KIOSK, pin=pin)

    assert (await phone.ask(SELF)) == {"doorPhone": None}
    assert await phone.as_phone(token).refusal(SELF) == "DOOR_PHONE_REVOKED"


async def test_one_phone_may_not_ask_without_end(front_door: FrontDoor, world: World, event: Event) -> None:
    kiosk = front_door.as_phone((await paired(world, event, await world.door(event), kind=PhoneKind.KIOSK)).token)

    answers = [await kiosk.answer(SELF) for _ in range(121)]

    assert [each for each in answers if "errors" in each] == answers[120:]
    assert answers[120]["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
