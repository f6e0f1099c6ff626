"""A list in the app: looked at before anything is stored, brought in once, and told of afterwards."""

import asyncio
from datetime import datetime

from server.db import Pool
from server.imports.bringing.making import ImportJob
from server.jobs.kinds import read_ids
from tests.clock import Clock
from tests.imports.desk import Desk
from tests.imports.lists import FILES, csv_text
from tests.imports.screen import Screen
from tests.imports.workbooks import workbook

HEADER = ("Ticket ID", "Name", "Email", "Ticket type")
ANA = ("1", "Ana Ferreira", "ana@example.org", "Day")
LI = ("2", "Li Wei", "", "Day")


async def test_a_list_is_looked_at_before_anything_is_stored(screen: Screen, desk: Desk) -> None:
    shown = await screen.read(
        workbook(HEADER, (1, *ANA[1:]), (2, "Li Wei", "nobody", "Day")), name="C:\\Lists\\may.xlsx"
    )

    assert (shown["state"], shown["fileName"], shown["system"], shown["sheet"]) == (
        "READ", "may.xlsx", "a plain list", "Guests",
    )  # fmt: skip
    assert (shown["rows"], shown["added"], shown["bad"]) == (1, 1, 1)
    found = shown["findings"]
    assert found["badRows"] == [{"line": 3, "column": "Email", "reason": "This does not look like a mail address."}]
    assert found["changes"] == [{"line": 2, "kind": "NEW", "name": "Ana Ferreira", "parts": []}]
    assert [(column["heading"], column["use"], column["examples"]) for column in found["columns"]][:2] == [
        ("Ticket ID", "TICKET_ID", ["1", "2"]),
        ("Name", "NAME", ["Ana Ferreira", "Li Wei"]),
    ]
    assert await desk.all("r.name") == []


async def test_bad_rows_keep_everything_out_until_they_are_left_out(screen: Screen, desk: Desk) -> None:
    await screen.read(csv_text([HEADER, ANA, ("2", "", "", "")]).encode())

    refused = await screen.press()
    assert (refused["__typename"], refused["bad"]) == ("ImportHasBadRows", 1)
    done = await screen.brought_in(skip_bad=True)

    assert (done["state"], done["added"], done["bad"]) == ("DONE", 1, 1)
    assert await desk.all("r.name, r.external_id, c.open_to_event") == [("Ana Ferreira", "1", False)]


async def test_the_next_list_says_what_changed_before_and_after(screen: Screen, desk: Desk) -> None:
    await screen.read(csv_text([HEADER, ANA, LI, ("3", "Sam Okoro", "", "Day")]).encode())
    await screen.brought_in()
    next_list = csv_text(
        [(*HEADER, "Status"), ("1", "Ana Ferreira", "ana.f@example.org", "Speaker", ""), (*LI, "cancelled"),
         ("3", "Sam Okoro", "", "Day", ""), ("4", "Kit", "", "Day", "")]
    ).encode()  # fmt: skip

    shown = await screen.read(next_list)

    assert [shown[each] for each in ("added", "changed", "cancelled", "unchanged")] == [1, 1, 1, 1]
    expected = [
        {"line": 2, "kind": "CHANGED", "name": "Ana Ferreira", "parts": [
            {"part": "EMAIL", "before": "ana@example.org", "after": "ana.f@example.org"},
            {"part": "TICKET_TYPE", "before": "Day", "after": "Speaker"}]},
        {"line": 3, "kind": "CANCELLED", "name": "Li Wei", "parts": []},
        {"line": 5, "kind": "NEW", "name": "Kit", "parts": []},
    ]  # fmt: skip
    assert shown["findings"]["changes"] == expected
    done = await screen.brought_in()
    assert done["findings"]["changes"] == expected
    again = await screen.read(next_list)
    assert [again[each] for each in ("added", "changed", "cancelled", "unchanged")] == [0, 0, 0, 4]
    assert await desk.all("r.ticket_type") == [("Speaker",), ("Day",), ("Day",), ("Day",)]


async def test_whoever_is_new_and_cancelled_is_counted_as_cancelled_and_not_as_new(screen: Screen, desk: Desk) -> None:
    await screen.read(csv_text([(*HEADER, "Status"), (*ANA, ""), (*LI, "refunded")]).encode())

    done = await screen.brought_in()

    assert [done[each] for each in ("added", "changed", "cancelled", "unchanged")] == [1, 0, 1, 0]
    assert [each["kind"] for each in done["findings"]["changes"]] == ["NEW", "NEW_CANCELLED"]
    assert len(await desk.all("r.id")) == 2


async def test_pressing_twice_brings_in_once(screen: Screen, desk: Desk, pool: Pool) -> None:
    await screen.read(csv_text([HEADER, ANA]).encode())

    first, second = await asyncio.gather(screen.press(), screen.press())
    assert first["__typename"] == second["__typename"] == "Import"
    await screen.work()
    before = await desk.versions()
    await pool.execute("UPDATE imports SET state = 'DONE'")
    again = await screen.press()
    await screen.work()

    assert again["state"] == "DONE"
    assert await desk.versions() == before


async def test_two_workers_on_one_import_end_as_one(screen: Screen, desk: Desk, pool: Pool) -> None:
    await screen.read(csv_text([HEADER, ANA, LI]).encode())
    await screen.press()
    row = await pool.fetchrow("SELECT payload FROM pgqueuer WHERE entrypoint = 'lists brought in'")
    assert row is not None

    job = ImportJob.read(read_ids(row["payload"]))
    await asyncio.gather(screen.lists.bring_in(job), screen.lists.bring_in(job))

    shown = await screen.shown()
    assert (shown["state"], shown["added"], shown["unchanged"]) == ("DONE", 2, 0)
    assert len(await desk.all("r.id")) == 2


async def test_the_same_upload_twice_is_one(screen: Screen, pool: Pool) -> None:
    key = "0190a000-0000-7000-8000-000000000001"
    data = csv_text([HEADER, ANA]).encode()

    assert [(await screen.send(data, key=key)).status_code for _ in range(2)] == [202, 202]

    assert await pool.fetchval("SELECT count(*) FROM imports") == 1
    assert await pool.fetchval("SELECT count(*) FROM pgqueuer WHERE entrypoint = 'lists read'") == 1


async def test_columns_are_used_otherwise_and_remembered_for_the_next_list_of_that_shape(
    screen: Screen, desk: Desk
) -> None:
    rows = [("Wer", "Kontakt", "Firma"), ("Ana Ferreira", "ana@example.org", "Oficina")]
    shown = await screen.read(csv_text(rows).encode(), name="")

    assert (shown["state"], shown["way"], shown["fileName"]) == ("NEEDS_NAMES", "PASTED", None)
    assert "no column with a name" in shown["trouble"]
    assert [column["use"] for column in shown["findings"]["columns"]] == ["LEFT_OUT"] * 3

    shown = await screen.use(["NAME", "EMAIL", "LEFT_OUT"])
    assert (shown["state"], shown["trouble"], shown["added"]) == ("READ", None, 1)
    await screen.brought_in()
    shown = await screen.read(csv_text([*rows, ("Li Wei", "", "")]).encode())

    assert (shown["state"], shown["added"], shown["unchanged"]) == ("READ", 1, 1)
    assert await desk.all("r.name, r.email") == [("Ana Ferreira", "ana@example.org")]


async def test_another_sheet_of_the_file_can_be_chosen(screen: Screen) -> None:
    data = workbook(("Note",), ("Read me first",), name="About", Guests=[HEADER, ANA])

    assert (await screen.read(data))["state"] == "NEEDS_NAMES"
    shown = await screen.use(None, sheet="Guests")

    assert (shown["state"], shown["sheet"], shown["findings"]["sheets"]) == ("READ", "Guests", ["About", "Guests"])


async def test_what_cannot_be_read_says_why(screen: Screen) -> None:
    shown = await screen.read((FILES / "pretix-orders-en.csv").read_bytes())

    assert shown["state"] == "UNREADABLE"
    assert "one row for each buyer" in shown["trouble"]


async def test_past_imports_are_listed_without_anybody_of_the_list(screen: Screen, pool: Pool, clock: Clock) -> None:
    await pool.execute("UPDATE people SET name = 'Dana Desk' WHERE id = $1", screen.somebody.id)
    await screen.read(csv_text([HEADER, ANA]).encode(), name="first.csv")
    await screen.brought_in()
    clock.advance(days=2)
    await screen.read(csv_text([HEADER, ANA, LI]).encode(), name="second.csv")
    await screen.brought_in()

    past = [edge["node"] for edge in (await screen.look())["past"]["edges"]]

    assert [(each["fileName"], each["by"], each["added"], each["unchanged"]) for each in past] == [
        ("second.csv", "Dana Desk", 1, 1),
        ("first.csv", "Dana Desk", 1, 0),
    ]
    assert datetime.fromisoformat(past[0]["doneAt"]) == clock()
    assert past[1]["findings"] is None


async def test_a_file_is_gone_on_use_and_after_a_day(screen: Screen, pool: Pool, clock: Clock) -> None:
    await screen.read(csv_text([HEADER, ANA]).encode())
    sealed = await pool.fetchrow("SELECT * FROM import_files")
    assert sealed is not None
    assert b"Ferreira" not in sealed["sealed_file"] + sealed["sealed_findings"]
    await screen.brought_in()
    assert await pool.fetchval("SELECT sealed_file FROM import_files") is None
    clock.advance(hours=25)

    assert await screen.lists.forget_old() == 1

    assert await pool.fetchval("SELECT count(*) FROM import_files") == 0
    assert await screen.shown() is None
    assert len((await screen.look())["past"]["edges"]) == 1


async def test_a_list_that_was_never_brought_in_goes_with_its_file(screen: Screen, pool: Pool, clock: Clock) -> None:
    await screen.read(csv_text([HEADER, ANA]).encode())
    clock.advance(hours=25)

    refused = await screen.lists.forget_old()

    assert refused == 1
    assert await pool.fetchval("SELECT count(*) FROM imports") == 0
