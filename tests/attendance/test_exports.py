"""Files of attendance: for organizers alone, logged, and gone after a day."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from starlette.applications import Starlette

from server.db import Pool, open_pool
from server.events.models import Event, Role
from server.jobs import exports
from server.jobs.kinds import FILES_AT_ONCE, Tools, read_ids
from tests.attendance.desk import ExportDesk
from tests.clock import Clock
from tests.desk.documents import register
from tests.doors.phone import DoorPhone
from tests.front_door import FrontDoor
from tests.world import Somebody, World


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event(scans_people_out=True)


@pytest.fixture
async def organizer(world: World, event: Event) -> Somebody:
    return await world.team(event)


@pytest.fixture
def desk(
    front_door: FrontDoor, organizer: Somebody, event: Event, app: Starlette, pool: Pool, clock: Clock
) -> ExportDesk:
    return ExportDesk(front_door, organizer, event, app, pool, clock)


@pytest.fixture
async def phone(front_door: FrontDoor, world: World, event: Event) -> DoorPhone:
    return await DoorPhone.at(front_door, world, event, "Garden gate")


def column(cells: list[list[Any]], heading: str) -> list[Any]:
    place = next(at for at, each in enumerate(cells[0]) if each.startswith(heading))
    return [line[place] for line in cells[1:]]


@pytest.mark.parametrize("kind", ["CSV", "XLSX"])
async def test_people_are_a_line_each_with_where_they_were(
    desk: ExportDesk, world: World, event: Event, phone: DoorPhone, kind: str
) -> None:
    ana, ben = await world.attendee(event, "Ana Duarte"), await world.attendee(event, "=Ben()")
    await world.registration(event, name="Cem Absent", external_id="ORDER-7")
    await world.registration(event, name="Dov Cancelled", cancelled_at=world.clock())
    walk_in = await register(phone.front_door, event, "Zoë Brandt")
    for ticket in (ana.ticket, ben.ticket, walk_in["ticket"]["code"]):
        await phone.scan(ticket)
    await phone.scan(ben.ticket, direction="OUT")

    cells = await desk.exported(world.new_key(), format=kind)

    formula = "'=Ben()" if kind == "CSV" else "=Ben()"
    assert column(cells, "Name") == [formula, "Ana Duarte", "Cem Absent", "Dov Cancelled", "Zoë Brandt"]
    assert column(cells, "Attendance") == ["Left", "Here", "Not yet", "Cancelled", "Here"]
    assert column(cells, "Ticket number")[2] == "ORDER-7"
    assert column(cells, "Walk-in") == ["No", "No", "No", "No", "Yes"]
    assert column(cells, "Door") == ["Garden gate", "Garden gate", "", "", "Garden gate"]
    first_in = column(cells, "First in (Europe/Lisbon)")
    assert (first_in[2], str(first_in[1])[:10]) == ("", "2027-04-22")


async def test_every_scan_is_a_line_refused_ones_and_undoings_too(
    desk: ExportDesk, world: World, event: Event, phone: DoorPhone, clock: Clock
) -> None:
    ana = await world.attendee(event, "Ana Duarte")
    await phone.replay(phone.made(ana.ticket, at=clock() - timedelta(minutes=10), offline=True))
    await phone.scan(ana.ticket)
    undone = await phone.scan("NOBODYS000")
    assert undone["verdict"] == "NOT_RECOGNISED"
    await phone.undo(await phone.scan(ana.ticket, direction="OUT"))

    cells = await desk.exported(world.new_key(), contents="SCANS")

    assert sorted(column(cells, "Verdict")) == [
        "Admitted", "Already in", "Checked out", "Not recognised", "Undone",
    ]  # fmt: skip
    assert column(cells, "Offline") == ["Yes", "No", "No", "No", "No"]
    scanned, received = column(cells, "Scanned")[0], column(cells, "Received")[0]
    assert datetime.fromisoformat(received) - datetime.fromisoformat(scanned) == timedelta(minutes=10)
    assert set(column(cells, "Door")) == {"Garden gate"}
    assert "NOBODYS000" not in str(cells)
    assert ana.ticket not in str(cells)


async def test_one_day_of_several_is_exported_alone_or_all_of_them(
    desk: ExportDesk, world: World, phone: DoorPhone, pool: Pool, event: Event, clock: Clock
) -> None:
    await pool.execute("UPDATE events SET ends_at = ends_at + interval '1 day' WHERE id = $1", event.id)
    ana = await world.attendee(event, "Ana Duarte")
    await phone.scan(ana.ticket)
    clock.advance(days=1)

    one = await desk.exported(world.new_key(), on="2027-04-22")
    both = await desk.exported(world.new_key())

    assert column(one, "Attendance") == ["Came, not scanned out"]
    assert list(zip(column(both, "Day"), column(both, "Attendance"), strict=True)) == [
        ("2027-04-22", "Came, not scanned out"), ("2027-04-23", "Not yet"),
    ]  # fmt: skip
    assert (await desk.ask_for(world.new_key(), on="2027-05-01"))["__typename"] == "InputNotValid"


async def test_who_exported_what_and_when_is_a_log_that_every_organizer_sees(
    desk: ExportDesk, world: World, event: Event, front_door: FrontDoor, clock: Clock, app: Starlette, pool: Pool
) -> None:
    await pool.execute("UPDATE people SET name = 'Mei Tanaka' WHERE id = $1", desk.somebody.id)
    key = world.new_key()
    await desk.exported(key, contents="SCANS", format="XLSX")
    clock.advance(minutes=5)
    await desk.ask_for(world.new_key())
    other = ExportDesk(front_door, await world.team(event, Role.OWNER), event, app, pool, clock)

    newest, oldest = await other.log()

    assert (newest["state"], newest["fetchedAt"], newest["mine"]) == ("WAITING", None, False)
    assert (oldest["askedBy"], oldest["contents"], oldest["format"], oldest["key"]) == (
        "Mei Tanaka", "SCANS", "XLSX", key,
    )  # fmt: skip
    assert oldest["fetchedAt"] is not None
    assert [each["mine"] for each in await desk.log()] == [True, True]


async def test_the_same_key_again_answers_the_same_export(desk: ExportDesk, world: World, event: Event) -> None:
    await world.registration(event)
    key = world.new_key()
    await desk.exported(key)

    again = await desk.ask_for(key)
    other = await desk.ask_for(key, contents="SCANS")

    assert (again["state"], other["__typename"]) == ("READY", "KeyReused")
    assert len(await desk.log()) == 1


async def test_a_file_says_how_far_it_is_and_how_large(desk: ExportDesk, world: World, event: Event) -> None:
    for _ in range(3):
        await world.registration(event)
    key = world.new_key()
    await desk.ask_for(key)
    waiting = await desk.fetched(key)

    await desk.work()

    [made] = await desk.log()
    assert waiting.status_code == 409
    assert (made["state"], made["lines"], made["written"]) == ("READY", 3, 3)
    assert made["size"] == len((await desk.fetched(key)).content)


async def test_the_file_goes_after_a_day_and_the_log_stays(
    desk: ExportDesk, world: World, event: Event, clock: Clock, pool: Pool
) -> None:
    await world.registration(event, name="Ana Duarte")
    key = world.new_key()
    await desk.exported(key)
    assert b"Ana" not in await pool.fetchval("SELECT sealed FROM attendance_exports")
    assert await desk.forget() == 0
    clock.advance(hours=24)

    refused = await desk.fetched(key)

    assert refused.status_code == 409
    assert await desk.forget() == 1
    assert await pool.fetchval("SELECT count(sealed) FROM attendance_exports") == 0
    assert [each["state"] for each in await desk.log()] == ["GONE"]


async def test_nobody_else_fetches_the_file(desk: ExportDesk, world: World, event: Event, pool: Pool) -> None:
    attendee = await world.attendee(event)
    key = world.new_key()
    await desk.exported(key)
    others = {
        "organizer": await world.team(event), "helper": await world.team(event, Role.DOOR_HELPER),
        "attendee": attendee.person, "stranger": await world.person(),
    }  # fmt: skip

    answers = {who: (await desk.fetched(key, by=somebody.token)).status_code for who, somebody in others.items()}

    assert answers == {"organizer": 404, "helper": 403, "attendee": 403, "stranger": 404}
    assert (await desk.fetched("nothing")).status_code == 404
    await pool.execute("DELETE FROM event_roles WHERE person_id = $1", desk.somebody.id)
    assert (await desk.fetched(key)).status_code == 404


async def test_who_was_removed_from_the_team_meanwhile_gets_no_file(
    desk: ExportDesk, world: World, event: Event, pool: Pool
) -> None:
    await desk.ask_for(world.new_key())
    await pool.execute("DELETE FROM event_roles WHERE person_id = $1", desk.somebody.id)

    await desk.work()

    row = await pool.fetchrow("SELECT state, sealed FROM attendance_exports")
    assert row is not None
    assert tuple(row) == ("FAILED", None)


async def test_the_answer_is_kept_nowhere_and_named_for_event_and_day(desk: ExportDesk, world: World) -> None:
    key = world.new_key()
    await desk.exported(key, contents="SCANS", format="XLSX", on="2027-04-22")

    answer = await desk.fetched(key)

    name = f"attendance-{desk.event.slug}-scans-2027-04-22.xlsx"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_once_who_came_is_forgotten_no_file_says_otherwise(
    desk: ExportDesk, world: World, event: Event, pool: Pool, clock: Clock
) -> None:
    await pool.execute("UPDATE events SET aged_at = $1", clock())

    assert (await desk.ask_for(world.new_key()))["__typename"] == "WhoCameIsGone"
    assert await pool.fetchval("SELECT count(*) FROM attendance_exports") == 0


async def test_many_files_at_once_leave_connections_for_each_other_and_for_everybody_else(
    desk: ExportDesk, world: World, event: Event, dsn: str
) -> None:
    await world.registration(event)
    for _ in range(FILES_AT_ONCE + 1):
        await desk.ask_for(world.new_key())
    jobs = [read_ids(row["payload"]) for row in await desk.pool.fetch("SELECT payload FROM pgqueuer")]
    small = await open_pool(dsn, size=FILES_AT_ONCE + 1)
    tools = Tools(small, desk.clock, desk.app.state.services.secrets)

    try:
        async with asyncio.timeout(30):
            await asyncio.gather(*(exports.KINDS[0].work(tools, ids) for ids in jobs))
    finally:
        small.terminate()

    assert [each["state"] for each in await desk.log()] == ["READY"] * (FILES_AT_ONCE + 1)


async def test_asking_very_often_is_refused_with_how_long_to_wait(desk: ExportDesk, world: World) -> None:
    answers = [(await desk.ask_for(world.new_key()))["__typename"] for _ in range(21)]

    assert answers.count("AttendanceExport") == 20
    assert answers[-1] == "TooManyExports"
