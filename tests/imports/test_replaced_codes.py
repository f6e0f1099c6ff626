"""A shop gives somebody a new code, or one of another ticket: what was scanned before counts for whom it was then, and
what changed is told of everybody whom it concerns.
"""

import pytest

from server.imports.models import ImportReport
from server.retention.operations import age
from tests.doors.phone import DoorPhone
from tests.doors.test_door_roster import Roster
from tests.front_door import FrontDoor
from tests.imports.desk import Desk
from tests.rooms.phone import RoomPhone
from tests.world import World

HEADER = ("ID", "Name", "Ticket code")
MOVED = [("CHANGED", "Ana", ["TICKET_CODE_MOVED"]), ("CHANGED", "Li", ["TICKET_CODE"])]


@pytest.fixture
async def listed(desk: Desk) -> Desk:
    """Ana and Li, each with a code of the shop's."""
    await desk.take_rows(HEADER, ("1", "Ana", "first-code"), ("2", "Li", "second-code"))
    return desk


@pytest.fixture
async def phone(front_door: FrontDoor, world: World, listed: Desk) -> DoorPhone:
    return await DoorPhone.at(front_door, world, listed.event)


def told_of(report: ImportReport) -> list[tuple[str, str, list[str]]]:
    return [(each.kind, each.name, [part.part for part in each.parts]) for each in report.changes]


async def test_a_scan_from_before_a_code_was_replaced_counts_and_one_after_does_not(
    listed: Desk, phone: DoorPhone
) -> None:
    kept = phone.made("first-code", offline=True, shown="ADMITTED")
    listed.clock.advance(minutes=10)
    await listed.take_rows(HEADER, ("1", "Ana", "new-code"))
    listed.clock.advance(minutes=10)
    late = phone.made("first-code", offline=True, shown="ADMITTED")
    listed.clock.advance(minutes=10)

    sent_at = {"sentAt": phone.shown(listed.clock())}
    answers = await phone.replay(late | sent_at, kept | sent_at)
    told = [(answer["result"]["verdict"], answer["result"]["name"]) for answer in answers]

    assert told == [("NOT_RECOGNISED", None), ("ADMITTED", "Ana")]
    assert (await phone.scan("first-code"))["verdict"] == "NOT_RECOGNISED"
    assert (await phone.scan("new-code"))["verdict"] == "ALREADY_IN"


async def test_a_code_that_went_to_another_ticket_counts_for_whom_it_was_then(listed: Desk, phone: DoorPhone) -> None:
    kept = phone.made("first-code", offline=True, shown="ADMITTED")
    listed.clock.advance(minutes=10)
    await listed.take_rows(HEADER, ("1", "Ana", ""), ("2", "Li", "first-code"))
    listed.clock.advance(minutes=10)

    [answer] = await phone.replay(kept | {"sentAt": phone.shown(listed.clock())})

    assert answer["result"]["name"] == "Ana"
    assert (await phone.scan("first-code"))["name"] == "Li"


async def test_a_code_that_comes_back_admits_as_before(listed: Desk, phone: DoorPhone) -> None:
    for code in ("new-code", "first-code"):
        listed.clock.advance(minutes=10)
        await listed.take_rows(HEADER, ("1", "Ana", code))

    assert (await phone.scan("first-code"))["name"] == "Ana"
    assert (await phone.scan("new-code"))["verdict"] == "NOT_RECOGNISED"


async def test_a_session_counts_whom_a_code_was_then(listed: Desk, front_door: FrontDoor, world: World) -> None:
    room = await RoomPhone.at(front_door, world, listed.event)
    kept = [room.made(code, offline=True) for code in ("first-code", "second-code")]
    listed.clock.advance(minutes=10)
    await listed.take_rows(HEADER, ("1", "Ana", "new-code"), ("2", "Li", "first-code"))
    listed.clock.advance(minutes=10)

    now = {"sentAt": listed.clock().isoformat()}
    told = [await room.send(each | now) for each in kept]

    assert [(each["verdict"], each["name"]) for each in told] == [("COUNTED", "Ana"), ("COUNTED", "Li")]
    assert (await room.scan("second-code"))["verdict"] == "NOT_RECOGNISED"


@pytest.mark.parametrize("ana", [[("1", "Ana", "")], []])
async def test_who_loses_their_code_to_another_row_is_told_of_as_changed(
    listed: Desk, ana: list[tuple[str, str, str]]
) -> None:
    """Also where the list does not mention them."""
    rows = [HEADER, *ana, ("2", "Li", "first-code")]

    foreseen = await listed.take_rows(*rows, dry_run=True)
    report = await listed.take_rows(*rows)

    assert sorted(told_of(foreseen)) == sorted(told_of(report)) == MOVED
    assert (report.updated, report.unchanged) == (2, 0)
    assert await listed.admitted_by("first-code") == "Li"
    assert (await listed.take_rows(*rows)).updated == 0


async def test_who_is_new_and_takes_a_code_over_leaves_the_other_told_of(listed: Desk) -> None:
    report = await listed.take_rows(HEADER, ("1", "Ana", ""), ("3", "Kit", "first-code"))

    assert told_of(report) == [("CHANGED", "Ana", ["TICKET_CODE_MOVED"]), ("NEW", "Kit", [])]
    assert await listed.admitted_by("first-code") == "Kit"


async def test_doors_hear_of_whoever_lost_a_code(listed: Desk, phone: DoorPhone) -> None:
    roster = Roster(phone.front_door, phone.event)
    await roster.sync()
    await listed.take_rows(HEADER, ("1", "Ana", ""), ("2", "Li", "first-code"))

    await roster.sync()

    assert {each["name"]: len(each["codes"]) for each in roster.entries.values()} == {"Ana": 1, "Li": 2}


async def test_replaced_codes_go_with_the_rest_when_the_event_is_aged(listed: Desk) -> None:
    await listed.take_rows(HEADER, ("1", "Ana", "new-code"))
    kept = await listed.pool.fetchval("SELECT count(*) FROM replaced_ticket_codes")
    listed.clock.advance(days=91)

    async with listed.pool.acquire() as connection:
        await age(connection, event_id=listed.event.id, now=listed.clock())

    assert kept == 1
    assert await listed.pool.fetchval("SELECT count(*) FROM replaced_ticket_codes") == 0
