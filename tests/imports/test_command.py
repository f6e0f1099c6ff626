"""`handsel import` as an organizer runs it: a process of its own on a real database."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from server.db import Pool
from server.events.models import Event
from tests.imports.lists import FILES
from tests.imports.workbooks import workbook
from tests.world import World

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event(slug="repair")


@pytest.fixture
def handsel_import(dsn: str, tmp_path: Path, event: Event) -> Run:
    """Runs the command with these arguments."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HANDSEL_")}
    environment = kept | {"DATABASE_URL": dsn, "HANDSEL_DATA": str(tmp_path), "COLUMNS": "120"}

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "server", "import", *map(str, arguments)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run


async def registrations(pool: Pool, event: Event) -> int:
    count: int = await pool.fetchval("SELECT count(*) FROM registrations WHERE event_id = $1", event.id)
    return count


async def test_a_list_is_imported_and_told_in_a_sentence(handsel_import: Run, pool: Pool, event: Event) -> None:
    done = handsel_import("repair", FILES / "pretix-positions-en.csv")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Line 5: This row is an add-on to another ticket, not a person.",
        "Line 7: Not paid or not confirmed yet. Import the list again once it is.",
        "Line 9: The ticket has no name of its own; the buyer's name was taken.",
        "Read as pretix. Imported: 5 added, 0 updated, 2 cancelled, 0 unchanged, 2 rows left out.",
        "To mail everybody their link and ticket: handsel invite repair",
    ]
    assert await registrations(pool, event) == 7

    again = handsel_import("repair", FILES / "pretix-positions-en.csv")

    assert again.stdout.splitlines()[3:] == [
        "Read as pretix. Imported: 0 added, 0 updated, 7 unchanged, 2 rows left out."
    ]


async def test_a_file_with_a_name_of_an_old_encoding_is_taken(
    handsel_import: Run, pool: Pool, event: Event, tmp_path: Path
) -> None:
    file = tmp_path / os.fsdecode(b"G\xe4ste.csv")
    file.write_text("Name\nAna\n", encoding="utf-8")

    done = handsel_import("repair", file)

    assert (done.returncode, done.stderr) == (0, "")
    assert await pool.fetchval("SELECT file_name FROM imports") == "Gste.csv"


async def test_a_dry_run_stores_nothing(handsel_import: Run, pool: Pool, event: Event) -> None:
    done = handsel_import("repair", FILES / "indico-en.csv", "--dry-run")

    assert done.returncode == 0
    assert "This would happen: 1 added, 0 updated, 2 cancelled" in done.stdout
    assert "Nothing was stored." in done.stdout
    assert await registrations(pool, event) == 0


async def test_bad_rows_are_shown_in_a_table_and_nothing_is_imported(
    handsel_import: Run, pool: Pool, event: Event
) -> None:
    done = handsel_import("repair", FILES / "list-bad-rows.csv")

    assert done.returncode == 1
    lines = [line.split(maxsplit=1) for line in done.stdout.splitlines()]
    assert [line[0] for line in lines] == ["Line", "3", "4", "5", "6", "7", "9", "10", "11"]
    assert " ".join(lines[2][1].split()) == "Email This does not look like a mail address."
    assert "8 rows cannot be imported, so nothing was imported." in done.stderr
    assert "--skip-bad" in done.stderr
    assert await registrations(pool, event) == 0


async def test_bad_rows_are_left_out_when_asked(handsel_import: Run, pool: Pool, event: Event) -> None:
    done = handsel_import("repair", FILES / "list-bad-rows.csv", "--skip-bad")

    assert done.returncode == 0
    assert "2 added, 0 updated, 0 unchanged, 8 bad rows left out." in done.stdout
    assert await registrations(pool, event) == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("repair", FILES / "pretix-orders-en.csv"), "one row for each buyer"),
        (("unknown", FILES / "list-plain.csv"), "no event of that name"),
        (("repair", FILES / "missing.csv"), "does not exist"),
        (("repair",), "Missing argument"),
    ],
)
def test_what_cannot_be_found_or_read_is_said_with_exit_code_2(
    handsel_import: Run, arguments: tuple[str | Path, ...], sentence: str
) -> None:
    done = handsel_import(*arguments)

    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_that_stands_in_a_row_is_printed(handsel_import: Run) -> None:
    said = ""
    for name in ("list-bad-rows.csv", "pretix-positions-en.csv", "eventbrite-us.csv"):
        done = handsel_import("repair", FILES / name, "--skip-bad")
        said += done.stdout + done.stderr

    for personal in ("Ferreira", "example.", "k3x9mfy2", "Quill", "Rosa", "T-1"):
        assert personal not in said


async def test_a_sheet_and_a_column_are_named_and_the_next_list_needs_neither(
    handsel_import: Run, pool: Pool, event: Event, tmp_path: Path
) -> None:
    rows = [("Wer", "Mail"), ("Ana Ferreira", "ana@example.org")]
    path = tmp_path / "guests.xlsx"
    path.write_bytes(workbook(("Read me",), name="About", Guests=rows))

    refused = handsel_import("repair", path, "--sheet", "Guests")
    done = handsel_import("repair", path, "--sheet", "Guests", "--map", "wer=name")
    path.write_bytes(workbook(*rows))
    again = handsel_import("repair", path)

    assert refused.returncode == 2
    assert "The list has: Wer, Mail. Say it with --map" in refused.stderr
    assert "Imported: 1 added" in done.stdout
    assert "0 added, 0 updated, 1 unchanged" in again.stdout
    assert await pool.fetchval("SELECT count(*) FROM imports WHERE way = 'COMMAND_LINE'") == 2
