"""Sheets asked for, drawn in a process of their own, waited for, and thrown away."""

import asyncio

import pytest

from schema.ids import Kind, global_id
from server.badges.operations import issue_badge
from server.db import Pool
from server.events.models import Event, Role
from server.jobs.working import Jobs
from server.printing.making import Printer, SheetsJob
from server.printing.operations import KEPT_FOR
from server.worker import Worker
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.printing.documents import DISCARD, MAKE, SHEETS, Desk, id_of
from tests.world import Somebody, World


async def test_sheets_wait_are_made_and_are_ready(desk: Desk, world: World, event: Event) -> None:
    await world.registration(event, name="Ana Duarte")
    await world.registration(event, name="Ben Okafor")

    asked = await desk.ask_for(world.new_key())
    made = await desk.made(asked["key"])

    assert (asked["state"], asked["badges"], asked["drawn"]) == ("WAITING", 2, 0)
    assert (made["state"], made["badges"], made["drawn"], made["pages"]) == ("READY", 2, 2, 2)
    assert made["key"] == asked["key"]
    assert (made["trouble"], made["leftOut"], made["printedAt"]) == (None, [], None)


async def test_the_same_key_again_answers_the_same_sheets_and_queues_nothing(
    desk: Desk, world: World, event: Event, pool: Pool
) -> None:
    await world.registration(event)
    key = world.new_key()
    await desk.made(key)

    answers = await asyncio.gather(*(desk.ask_for(key) for _ in range(3)))

    assert {answer["state"] for answer in answers} == {"READY"}
    assert await pool.fetchval("SELECT count(*) FROM pgqueuer") == 1


async def test_new_sheets_take_the_place_of_the_old_ones(desk: Desk, world: World, event: Event) -> None:
    await world.registration(event)
    first = await desk.made(world.new_key())
    second = await desk.made(world.new_key(), paper="A4_A6")

    assert (second["paper"], second["state"]) == ("A4_A6", "READY")
    assert (await desk.fetched(first)).status_code == 404
    assert (await desk.fetched(second)).status_code == 200


async def test_two_organizers_at_once_each_have_their_own(
    desk: Desk, front_door: FrontDoor, world: World, event: Event, printer: Printer
) -> None:
    await world.registration(event)
    other = Desk(front_door, await world.team(event, Role.OWNER), event, printer)

    mine, theirs = await asyncio.gather(desk.made(world.new_key()), other.made(world.new_key(), paper="LABEL_62"))

    assert (mine["paper"], theirs["paper"]) == ("A6", "LABEL_62")
    assert (await desk.fetched(mine)).content != (await other.fetched(theirs)).content
    assert (await desk.fetched(theirs)).status_code == 404


async def test_discarded_sheets_are_gone_and_not_made_any_more(
    desk: Desk, world: World, event: Event, pool: Pool
) -> None:
    await world.registration(event)
    key = world.new_key()
    asked = await desk.ask_for(key)

    told = await desk.door.ask(DISCARD, event=id_of(event))
    await desk.printer.make((await desk._waiting())[0])  # noqa: SLF001 - the job comes too late

    assert told["discardBadgeSheets"]["__typename"] == "Done"
    assert (await desk.looked())["sheets"] is None
    assert (await desk.fetched(asked)).status_code == 404
    assert await pool.fetchval("SELECT count(*) FROM badge_sheets") == 0


async def test_sheets_discarded_while_they_are_drawn_end_the_drawing(
    desk: Desk, world: World, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.printing.making._NOTED_EACH", 0.0)
    for _ in range(30):
        await world.registration(event)
    making = asyncio.create_task(desk.printer.make(await _first_job(desk, world)))
    while not ((await desk.looked())["sheets"] or {"drawn": 1})["drawn"]:  # noqa: ASYNC110 - a row changes without an event
        await asyncio.sleep(0.01)

    await desk.door.ask(DISCARD, event=id_of(event))
    await making

    assert (await desk.looked())["sheets"] is None


async def _first_job(desk: Desk, world: World) -> SheetsJob:
    await desk.ask_for(world.new_key())
    return (await desk._waiting())[0]  # noqa: SLF001 - as above


async def test_a_worker_makes_them_by_itself(
    desk: Desk, world: World, event: Event, dsn: str, pool: Pool, clock: Clock, printer: Printer
) -> None:
    await world.registration(event)
    async with Worker(dsn, Jobs(pool, clock, world.secrets, printer=printer)), asyncio.timeout(60):
        await desk.ask_for(world.new_key())
        while (await desk.looked())["sheets"]["state"] != "READY":  # noqa: ASYNC110 - a row changes without an event
            await asyncio.sleep(0.05)


async def test_after_a_quarter_of_an_hour_they_are_gone(
    desk: Desk, world: World, event: Event, clock: Clock, pool: Pool, printer: Printer
) -> None:
    await world.registration(event)
    made = await desk.made(world.new_key())

    clock.now += KEPT_FOR
    fetched = await desk.fetched(made)
    forgotten = await printer.forget_old()

    assert fetched.status_code == 404
    assert (await desk.looked())["sheets"] is None
    assert forgotten == 1
    assert await pool.fetchval("SELECT count(*) FROM badge_sheets") == 0


async def test_what_lies_in_the_database_holds_neither_the_file_nor_a_name(
    desk: Desk, world: World, event: Event, pool: Pool
) -> None:
    await world.registration(event, name="Zuzana Unmistakable")
    made = await desk.made(world.new_key())

    pdf = (await desk.fetched(made)).content
    row = await pool.fetchrow("SELECT * FROM badge_sheets")

    assert pdf.startswith(b"%PDF")
    assert row is not None
    assert b"PDF" not in row["sealed"]
    assert pdf[100:140] not in row["sealed"]
    assert "Zuzana" not in str(dict(row))


async def test_where_there_is_nothing_to_print_it_is_said_at_once(desk: Desk, world: World, event: Event) -> None:
    nobody = await desk.ask_for(world.new_key())
    await world.registration(event)
    walk_ins = await desk.ask_for(world.new_key(), wanted="NEW_WALK_INS")

    assert nobody["__typename"] == walk_ins["__typename"] == "NothingToPrint"
    assert "nobody has a place" in nobody["message"]


async def test_names_no_font_has_are_named_and_where_there_are_no_others_nothing_is_made(
    desk: Desk, world: World, event: Event
) -> None:
    await world.registration(event, name="ნინო")

    failed = await desk.made(world.new_key())
    await world.registration(event, name="Ana 🌻 Duarte")
    made = await desk.made(world.new_key())

    assert (failed["state"], failed["leftOut"]) == ("FAILED", ["ნინო"])
    assert "No font here" in failed["trouble"]
    assert (made["state"], made["badges"], made["shortened"], made["leftOut"]) == ("READY", 1, 1, ["ნინო"])


async def test_one_badge_can_be_wanted_alone(desk: Desk, world: World, event: Event) -> None:
    ana, _ = await world.registration(event, name="Ana Duarte")
    await world.registration(event, name="Ben Okafor")
    elsewhere, _ = await world.registration(await world.event())

    made = await desk.made(world.new_key(), wanted="ONE", registration=global_id(Kind.REGISTRATION, ana, event.id))
    missing = await desk.ask_for(world.new_key(), wanted="ONE")
    strange = [
        await desk.ask_for(world.new_key(), wanted="ONE", registration=global_id(Kind.REGISTRATION, elsewhere, of))
        for of in (event.id, (await world.event()).id)
    ]

    assert made["badges"] == 1
    assert (missing["__typename"], missing["field"]) == ("InputNotValid", "registration")
    assert [each["__typename"] for each in strange] == ["NothingToPrint", "NotFound"]


async def test_a_key_that_is_none_is_told(desk: Desk, world: World, event: Event) -> None:
    await world.registration(event)

    assert (await desk.ask_for("again"))["__typename"] == "InputNotValid"


async def test_whoever_asks_too_often_is_told_and_keeps_what_they_have(
    desk: Desk, world: World, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.printing.operations.SHEETS_PER_PERSON", "1/10 minutes")
    await world.registration(event)
    key = world.new_key()
    await desk.made(key)

    refused = await desk.ask_for(world.new_key())

    assert refused["__typename"] == "TooManySheets"
    assert (await desk.looked())["sheets"]["key"] == key


async def test_an_organizer_whose_role_has_ended_gets_nothing_made(
    desk: Desk, world: World, event: Event, pool: Pool, organizer: Somebody
) -> None:
    await world.registration(event)
    job = await _first_job(desk, world)
    await pool.execute("DELETE FROM event_roles WHERE person_id = $1", organizer.id)

    await desk.printer.make(job)

    assert await pool.fetchval("SELECT count(*) FROM badge_sheets") == 0


async def test_a_drawing_that_breaks_says_so_and_logs_no_name(
    desk: Desk, world: World, event: Event, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("server.printing.making.sys.executable", "/bin/false")
    await world.registration(event, name="Zuzana Unmistakable")

    made = await desk.made(world.new_key())

    assert made["state"] == "FAILED"
    assert "Nothing was printed" in made["trouble"]
    assert "Zuzana" not in capsys.readouterr().out


async def test_nobody_else_asks_looks_or_discards(
    front_door: FrontDoor, desk: Desk, world: World, event: Event, pool: Pool
) -> None:
    knowing = [(await world.attendee(event)).person, await world.team(event, Role.DOOR_HELPER)]
    strange = [await world.person(), await world.team(await world.event())]
    await desk.ask_for(world.new_key())
    before = await pool.fetch("SELECT * FROM badge_sheets")
    asked = {"event": id_of(event), "key": world.new_key(), "paper": "A6", "wanted": "ALL"}

    for theirs in (front_door.as_(somebody.token) for somebody in knowing):
        assert await theirs.refusal(MAKE, **asked) == "FORBIDDEN"
        assert await theirs.refusal(DISCARD, event=id_of(event)) == "FORBIDDEN"
        assert await theirs.refusal(SHEETS, event=id_of(event)) == "FORBIDDEN"
    for theirs in (front_door.as_(somebody.token) for somebody in strange):
        assert (await theirs.ask(MAKE, **asked))["makeBadgeSheets"]["__typename"] == "NotFound"
        assert (await theirs.ask(DISCARD, event=id_of(event)))["discardBadgeSheets"]["__typename"] == "NotFound"
        assert (await theirs.ask(SHEETS, event=id_of(event)))["badgePrinting"] is None
    assert await pool.fetch("SELECT * FROM badge_sheets") == before


async def test_a_badge_reissued_while_they_lie_there_throws_them_away(
    desk: Desk, world: World, event: Event, pool: Pool, clock: Clock
) -> None:
    registration_id, _ = await world.registration(event)
    made = await desk.made(world.new_key())
    async with pool.acquire() as connection:
        await issue_badge(
            connection, event_id=event.id, registration_id=registration_id, secrets=world.secrets, now=clock()
        )

    fetched = await desk.fetched(made)

    assert fetched.status_code == 409
    assert "thrown away" in fetched.text
    assert (await desk.looked())["sheets"] is None
    assert await pool.fetchval("SELECT count(*) FROM badge_prints") == 0
    assert await pool.fetchval("SELECT count(*) FROM badges WHERE printed_at IS NOT NULL") == 0
