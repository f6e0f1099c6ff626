"""How long 20,000 rows of a pretix export take from file to database, then once more unchanged, and in how much memory;
as CSV, and as XLSX with `--xlsx`.

Run as `python bench/import_20000.py [rows] [--xlsx]`. It makes the list, a throw-away PostgreSQL and an event, prints
one line of figures and leaves nothing. The database syncs nothing to disk here, so a real one is somewhat slower to
commit.
"""

import asyncio
import csv
import io
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import xlsxwriter

sys.path.insert(0, str(Path(__file__).parent.parent))

from server.db import Pool, open_pool
from server.embedded import throw_away_postgres
from server.events.operations import create_event
from server.ids import new_id
from server.imports.models import ImportReport, ReadFile
from server.imports.operations import import_attendees
from server.imports.reading import read_file
from server.migrations import migrate
from server.people.queries import upsert_person
from server.secrets import Secrets

ROWS = 20_000
NOW = datetime(2027, 4, 22, 9, tzinfo=UTC)
EXPORT = Path(__file__).parent.parent / "tests/imports/files/pretix-positions-en.csv"


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds each, for all rows."""

    reading: float
    first: float
    again: float


def big_list(rows: int) -> list[list[str]]:
    """An export with all columns of the example file, and that many people."""
    with EXPORT.open(encoding="utf-8", newline="") as file:
        header, person, *_ = csv.reader(file)
    column = {heading: place for place, heading in reversed(list(enumerate(header)))}
    filled = [header]
    for number in range(rows):
        person[column["Order code"]] = f"X{number // 3:05}"
        person[column["Position ID"]] = str(number % 3 + 1)
        person[column["Attendee name"]] = f"Zoë Lindqvist the {number}th"
        person[column["Attendee email"]] = f"zoe{number}@example.org"
        person[column["Ticket secret"]] = f"{number:032x}"
        filled.append(person.copy())
    return filled


def as_csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_NONNUMERIC).writerows(rows)
    return text.getvalue().encode()


def as_xlsx(rows: list[list[str]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Order positions")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


async def measure(data: bytes) -> Figures:
    """Read the list, import it, and import it again."""
    with throw_away_postgres() as dsn:
        await migrate(dsn)
        pool = await open_pool(dsn)
        try:
            event_id = await an_event(pool)
            started = time.perf_counter()
            file = read_file(data)
            read = time.perf_counter()
            report = await import_once(pool, event_id, file)
            imported = time.perf_counter()
            again = await import_once(pool, event_id, file)
            ended = time.perf_counter()
        finally:
            await pool.close()
    assert report.added == again.unchanged == len(file.rows), (report, again)
    return Figures(reading=read - started, first=imported - read, again=ended - imported)


async def an_event(pool: Pool) -> UUID:
    async with pool.acquire() as connection:
        owner = await upsert_person(
            connection, new_id=new_id(), email="desk@example.org", email_key="desk@example.org", name="Desk", now=NOW
        )
        event = await create_event(
            connection,
            owner_id=owner,
            slug="large",
            title="Large",
            starts_at=NOW,
            ends_at=NOW + timedelta(hours=9),
            timezone="Europe/Lisbon",
            now=NOW,
        )
    return event.id


async def import_once(pool: Pool, event_id: UUID, file: ReadFile) -> ImportReport:
    async with pool.acquire() as connection:
        return await import_attendees(
            connection, event_id=event_id, file=file, skip_bad=False, secrets=Secrets(bytes(32)), now=NOW
        )


def peak_megabytes() -> float:
    """The most memory this process has held; PostgreSQL has its own."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform == "linux" else peak / 1024**2


#: Started from a small process: what a child has held begins with what its parent held.
_OPENER = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-m", "server.imports.opener"], stdin=sys.stdin, stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""


def opener_megabytes(data: bytes) -> float:
    """The most memory that the process which opens a spreadsheet has held, on Linux."""
    told = subprocess.run(
        [sys.executable, "-c", _OPENER], input=b"[null, 100000]\n" + data, capture_output=True, check=True
    ).stdout
    return float(told)


def main() -> None:
    numbers = [int(each) for each in sys.argv[1:] if each.isdecimal()]
    rows = numbers[0] if numbers else ROWS
    data = (as_xlsx if "--xlsx" in sys.argv else as_csv)(big_list(rows))
    before = peak_megabytes()
    figures = asyncio.run(measure(data))
    total = figures.reading + figures.first
    print(
        f"import of {rows} rows ({len(data) / 1e6:.1f} MB): {total:.1f} s, {rows / total:.0f} rows/s "
        f"(reading {figures.reading:.1f} s, database {figures.first:.1f} s); again, unchanged: "
        f"{figures.reading + figures.again:.1f} s; peak memory {peak_megabytes():.0f} MB "
        f"(of which {before:.0f} MB before the import)"
        + (f", the process that opens it {opener_megabytes(data):.0f} MB" if "--xlsx" in sys.argv else "")
    )


if __name__ == "__main__":
    main()
