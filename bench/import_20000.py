"""How long 20,000 rows of a pretix export take from file to database, then once more unchanged, and in how much memory.

Run as `python bench/import_20000.py [rows]`. It makes the list, a throw-away PostgreSQL and an event, prints one line
of figures and leaves nothing. The database syncs nothing to disk here, so a real one is somewhat slower to commit.
"""

import asyncio
import csv
import io
import resource
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

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


def big_list(rows: int) -> bytes:
    """An export with all columns of the example file, and that many people."""
    with EXPORT.open(encoding="utf-8", newline="") as file:
        header, person, *_ = csv.reader(file)
    column = {heading: place for place, heading in reversed(list(enumerate(header)))}
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(header)
    for number in range(rows):
        person[column["Order code"]] = f"X{number // 3:05}"
        person[column["Position ID"]] = str(number % 3 + 1)
        person[column["Attendee name"]] = f"Zoë Lindqvist the {number}th"
        person[column["Attendee email"]] = f"zoe{number}@example.org"
        person[column["Ticket secret"]] = f"{number:032x}"
        writer.writerow(person)
    return text.getvalue().encode()


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


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    data = big_list(rows)
    before = peak_megabytes()
    figures = asyncio.run(measure(data))
    total = figures.reading + figures.first
    print(
        f"import of {rows} rows ({len(data) / 1e6:.1f} MB): {total:.1f} s, {rows / total:.0f} rows/s "
        f"(reading {figures.reading:.1f} s, database {figures.first:.1f} s); again, unchanged: "
        f"{figures.reading + figures.again:.1f} s; peak memory {peak_megabytes():.0f} MB "
        f"(of which {before:.0f} MB before the import)"
    )


if __name__ == "__main__":
    main()
