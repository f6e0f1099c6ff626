"""Checking in, one scan after the other."""

from datetime import timedelta
from uuid import uuid4

import pytest
from prometheus_client import REGISTRY

from schema.ids import Kind, global_id
from server.events.models import Role
from tests.clock import Clock
from tests.doors.phone import CHECK_IN, DoorPhone, figures
from tests.front_door import FrontDoor
from tests.world import World


@pytest.fixture
async def phone(front_door: FrontDoor, world: World) -> DoorPhone:
    return await DoorPhone.at(front_door, world, await world.event(scans_people_out=True))


async def test_a_ticket_is_admitted_with_its_name_in_view(phone: DoorPhone, world: World) -> None:
    ana = await world.attendee(phone.event, "Ana Duarte")

    told = await phone.scan(ana.ticket)

    assert told["verdict"] == "ADMITTED"
    assert (told["name"], told["ticketType"]) == ("Ana Duarte", "Day ticket")
    assert (told["firstInAt"], told["door"], told["offline"]) == (None, None, False)


async def test_a_ticket_is_read_from_its_address_and_as_people_type_it(phone: DoorPhone, world: World) -> None:
    ana = await world.attendee(phone.event)
    typed = f" {ana.ticket[:5].lower()}-{ana.ticket[5:].lower()} "

    first = await phone.scan(f"HTTPS://HANDSEL.TEST/T/{ana.ticket}")
    second = await phone.scan(typed)

    assert (first["verdict"], second["verdict"]) == ("ADMITTED", "ALREADY_IN")


async def test_another_systems_ticket_is_read_as_it_was_imported(phone: DoorPhone, world: World) -> None:
    registration_id, _ = await world.registration(phone.event, name="Ben Okafor")
    await world.external_ticket(phone.event, registration_id, "pX9 ab==\tq")

    assert (await phone.scan("pX9 ab==\tq"))["name"] == "Ben Okafor"


async def test_a_second_scan_says_since_when_and_where_they_are_in(
    phone: DoorPhone, front_door: FrontDoor, world: World, clock: Clock
) -> None:
    ana = await world.attendee(phone.event)
    garden = await DoorPhone.at(front_door, world, phone.event, "Garden")
    await phone.scan(ana.ticket)
    clock.advance(minutes=10)

    told = await garden.scan(ana.ticket)

    assert told["verdict"] == "ALREADY_IN"
    assert told["firstInAt"] == "2027-04-22T09:00:00Z"
    assert told["door"] == {"id": phone.door, "name": "Main door"}


async def test_somebody_who_was_scanned_out_is_admitted_again_and_came_once(
    phone: DoorPhone, front_door: FrontDoor, world: World, clock: Clock
) -> None:
    ana = await world.attendee(phone.event)
    await phone.scan(ana.ticket)
    clock.advance(hours=1)
    out = await phone.scan(ana.ticket, direction="OUT")
    clock.advance(hours=1)

    again = await phone.scan(ana.ticket)

    assert (out["verdict"], again["verdict"]) == ("CHECKED_OUT", "ADMITTED")
    assert again["firstInAt"] == "2027-04-22T09:00:00Z"
    seen = await figures(front_door, world, phone.event)
    assert (seen["came"], seen["hereNow"]) == (1, 1)
    assert [(each["arrivals"], each["departures"]) for each in seen["arrivals"] if any(list(each.values())[1:])] == [
        (1, 0), (0, 1), (1, 0),
    ]  # fmt: skip


async def test_a_cancelled_ticket_admits_nobody(phone: DoorPhone, front_door: FrontDoor, world: World) -> None:
    registration_id, _ = await world.registration(phone.event, name="Cleo", cancelled_at=world.clock())

    told = await phone.scan(world.ticket_of(registration_id))

    assert (told["verdict"], told["name"]) == ("CANCELLED", "Cleo")
    assert (await figures(front_door, world, phone.event))["came"] == 0


@pytest.mark.parametrize("code", ["XXXXXXXXXX", "https://example.org/", "BEGIN:VCARD", "é" * 4000])
async def test_anything_else_is_not_recognised(phone: DoorPhone, code: str) -> None:
    told = await phone.scan(code)

    assert (told["verdict"], told["name"]) == ("NOT_RECOGNISED", None)


async def test_a_badge_admits_nobody_scanned_or_typed(phone: DoorPhone, world: World) -> None:
    ana = await world.attendee(phone.event)

    for code in (ana.badge.address("http://handsel.test"), ana.badge.token, ana.badge.code.lower()):
        told = await phone.scan(code)

        assert (told["verdict"], told["name"]) == ("NOT_A_TICKET", None)


async def test_a_ticket_of_another_event_of_the_same_team_is_told_as_such(
    phone: DoorPhone, front_door: FrontDoor, world: World
) -> None:
    other = await world.event()
    ana = await world.attendee(other)
    both = await world.team(phone.event, Role.DOOR_HELPER)
    await world.role(both, other, Role.ORGANIZER)

    of_both = await DoorPhone(front_door.as_(both.token), phone.event, phone.door, phone.clock).scan(ana.ticket)
    of_one = await phone.scan(ana.ticket)

    assert (of_both["verdict"], of_both["name"]) == ("WRONG_EVENT", None)
    assert of_one["verdict"] == "NOT_RECOGNISED"


async def test_refused_scans_stand_in_the_log_too(phone: DoorPhone, world: World) -> None:
    ana = await world.attendee(phone.event)
    await phone.scan("nothing")
    await phone.scan(ana.badge.token)
    await phone.scan(ana.ticket, offline=True)

    log = await world.pool.fetch("SELECT verdict, is_offline FROM check_ins ORDER BY id")

    assert [tuple(line) for line in log] == [
        ("NOT_RECOGNISED", False), ("NOT_A_TICKET", False), ("ADMITTED", True),
    ]  # fmt: skip


async def test_somebody_found_by_name_is_checked_in_without_a_code(phone: DoorPhone, world: World) -> None:
    ana = await world.attendee(phone.event, "Ana Duarte")

    told = await phone.scan("", registration=ana.gid)

    assert (told["verdict"], told["name"]) == ("ADMITTED", "Ana Duarte")


async def test_the_same_key_answers_what_it_answered_then(phone: DoorPhone, world: World, clock: Clock) -> None:
    ana = await world.attendee(phone.event)
    scan = phone.made(ana.ticket)
    first = await phone.send(scan)
    await phone.scan(ana.ticket, direction="OUT")
    clock.advance(hours=2)

    again = await phone.send(scan | {"sentAt": phone.shown(clock()), "offline": True})

    assert again == first
    assert await world.pool.fetchval("SELECT count(*) FROM check_ins WHERE verdict = 'ADMITTED'") == 1


async def test_a_repeat_is_told_what_it_was_told_even_if_the_first_admission_has_moved_since(
    phone: DoorPhone, front_door: FrontDoor, world: World, clock: Clock
) -> None:
    ana = await world.attendee(phone.event)
    await phone.scan(ana.ticket)
    clock.advance(minutes=5)
    scan = phone.made(ana.ticket)
    first = await phone.send(scan)
    garden = await DoorPhone.at(front_door, world, phone.event, "Garden")
    await garden.scan(ana.ticket, at=clock() - timedelta(minutes=50), offline=True)

    assert await phone.send(scan) == first
    assert first["firstInAt"] == "2027-04-22T09:00:00Z"


async def test_the_same_key_at_another_door_is_another_scan(
    phone: DoorPhone, front_door: FrontDoor, world: World
) -> None:
    ana, ben = await world.attendee(phone.event), await world.attendee(phone.event)
    garden = await DoorPhone.at(front_door, world, phone.event, "Garden")
    key = str(uuid4())

    assert (await phone.scan(ana.ticket, key=key))["verdict"] == "ADMITTED"
    assert (await garden.scan(ben.ticket, key=key))["verdict"] == "ADMITTED"


async def test_a_key_with_other_content_is_refused_and_changes_nothing(phone: DoorPhone, world: World) -> None:
    ana, ben = await world.attendee(phone.event), await world.attendee(phone.event)
    scan = phone.made(ana.ticket)
    await phone.send(scan)

    for change in ({"code": ben.ticket}, {"direction": "OUT"}, {"code": "", "registration": ben.gid}):
        assert (await phone.send(scan | change))["__typename"] == "KeyReused"
    assert await world.pool.fetchval("SELECT count(*) FROM check_ins") == 1


@pytest.mark.parametrize(
    ("change", "typename"),
    [
        ({"key": "one"}, "InputNotValid"),
        ({"code": "  "}, "InputNotValid"),
        ({"door": "nonsense"}, "NotFound"),
        ({"registration": "nonsense"}, "NotFound"),
    ],
)
async def test_what_cannot_be_read_is_refused(
    phone: DoorPhone, world: World, change: dict[str, str], typename: str
) -> None:
    ana = await world.attendee(phone.event)

    assert (await phone.send(phone.made(ana.ticket) | change))["__typename"] == typename
    assert await world.pool.fetchval("SELECT count(*) FROM check_ins") == 0


async def test_the_door_and_the_person_found_must_be_of_this_event(phone: DoorPhone, world: World) -> None:
    ana = await world.attendee(phone.event)
    other = await world.event()
    elsewhere = await world.attendee(other)
    gone = global_id(Kind.DOOR, uuid4(), phone.event.id)

    assert (await phone.scan(ana.ticket, door=await world.door(other)))["__typename"] == "NotFound"
    assert (await phone.scan(ana.ticket, door=gone))["__typename"] == "NotFound"
    assert (await phone.scan("", registration=elsewhere.gid))["__typename"] == "NotFound"


@pytest.mark.parametrize("role", list(Role))
async def test_the_whole_door_team_checks_in(phone: DoorPhone, front_door: FrontDoor, world: World, role: Role) -> None:
    ana = await world.attendee(phone.event)
    member = await world.team(phone.event, role)

    told = await DoorPhone(front_door.as_(member.token), phone.event, phone.door, phone.clock).scan(ana.ticket)

    assert told["verdict"] == "ADMITTED"


async def test_nobody_else_checks_in(phone: DoorPhone, front_door: FrontDoor, world: World) -> None:
    ana = await world.attendee(phone.event)
    elsewhere = await world.team(await world.event(), Role.OWNER)
    arguments = {"event": phone.event_gid, "scan": phone.made(ana.ticket)}

    assert await front_door.refusal(CHECK_IN, **arguments) == "UNAUTHENTICATED"
    assert await front_door.as_(ana.token).refusal(CHECK_IN, **arguments) == "FORBIDDEN"
    stranger = await front_door.as_(elsewhere.token).ask(CHECK_IN, **arguments)
    assert stranger["checkIn"]["__typename"] == "NotFound"
    assert await world.pool.fetchval("SELECT count(*) FROM check_ins") == 0


async def test_check_ins_are_counted_by_verdict_for_the_host(phone: DoorPhone, world: World) -> None:
    def counted() -> float:
        return REGISTRY.get_sample_value("handsel_check_ins_total", {"verdict": "ADMITTED"}) or 0

    ana, before = await world.attendee(phone.event), counted()
    scan = phone.made(ana.ticket)

    await phone.send(scan)
    await phone.send(scan)

    assert counted() == before + 1
