"""How long attendance takes to become a file, and in how much memory: 20,000 rows of people and 100,000 scans, as XLSX
and as CSV.

Run as `python bench/attendance_exports.py [people] [scans]`, on Linux. It makes a throw-away PostgreSQL that syncs
nothing to disk, asks for each export as the screen does and writes it by the code of the queue's job, prints one line
for each and leaves nothing. The memory is the most that the writing process and this one, which stands for the worker,
have held.
"""

import asyncio
import itertools
import logging
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parent.parent))

import structlog
from rich.console import Console

from bench.attendance import DOORS, register
from bench.crowd import NOW, large_event
from server.attendance.exporting.making import make_export
from server.attendance.exporting.models import Export, ExportContents, ExportFormat, ExportRequest, ExportState
from server.attendance.exporting.operations import ask_for_export, find_export
from server.db import Connection, Pool, open_pool
from server.doors.models import CheckInVerdict
from server.doors.places.operations import add_door
from server.embedded import throw_away_postgres
from server.events.models import Event
from server.ids import new_id
from server.limiter import Limiter
from server.migrations import migrate
from server.secrets import Secrets

PEOPLE = 20_000
SCANS = 100_000
SECRETS = Secrets(bytes(32))
#: Seconds between two looks at how much memory the writing process has held.
LOOK_EACH = 0.05
#: Of what a scan is made, in the order in which `prepare` tells it.
COLUMNS = [
    "event_id", "id", "door_id", "helper_id", "key", "content_hash", "direction", "registration_id", "day", "verdict",
    "is_offline", "scanned_at", "received_at", "happened_at",
]  # fmt: skip
OWN = Path("/proc/self")


async def prepare(connection: Connection, people: int, scans: int) -> tuple[Event, UUID]:
    """An event whose doors scanned so often, its people one after the other, in and out; and its owner."""
    await connection.execute("SET statement_timeout = 0")  # for all scans at once; the pool resets it
    event, owner = await large_event(connection, scans_people_out=True)
    doors = [await add_door(connection, event_id=event.id, name=f"Door {n}", now=NOW) for n in range(DOORS)]
    await register(connection, event.id, SECRETS, people)
    ids = [
        row["id"]
        for row in await connection.fetch("SELECT id FROM registrations WHERE event_id = $1 ORDER BY id", event.id)
    ]

    def scan(number: int, registration: UUID) -> tuple[Any, ...]:
        at = NOW - timedelta(hours=1) + timedelta(hours=1) * number / scans
        is_in = number // people % 2 == 0
        verdict = CheckInVerdict.ADMITTED if is_in else CheckInVerdict.CHECKED_OUT
        return (
            event.id, new_id(), doors[number % DOORS].id, owner, new_id(), bytes(32), "IN" if is_in else "OUT",
            registration, event.day_of(at), verdict, number % 10 == 0, at, at, at,
        )  # fmt: skip

    await connection.copy_records_to_table(
        "check_ins",
        columns=COLUMNS,
        records=itertools.starmap(scan, zip(range(scans), itertools.cycle(ids), strict=False)),
    )
    await connection.execute(
        "INSERT INTO admissions (event_id, day, registration_id, is_in, first_in_at, last_seen_at, first_check_in_id,"
        " door_id) SELECT DISTINCT ON (registration_id) event_id, day, registration_id, true, happened_at, happened_at,"
        " id, door_id FROM check_ins WHERE event_id = $1 ORDER BY registration_id, happened_at",
        event.id,
    )
    await connection.execute("ANALYZE check_ins; ANALYZE admissions")
    return event, owner


async def export(pool: Pool, event: Event, owner: UUID, request: ExportRequest) -> tuple[Export, float]:
    """The export as it then stands in the log, and the seconds from asking for it."""
    key, limiter = new_id(), Limiter()
    began = time.perf_counter()
    async with pool.acquire() as connection:
        await ask_for_export(
            connection, event_id=event.id, person_id=owner, key=key, request=request, limiter=limiter, now=NOW
        )
    await make_export(pool, event_id=event.id, export_id=key, secrets=SECRETS, clock=lambda: datetime.now(UTC))
    seconds = time.perf_counter() - began
    async with pool.acquire() as connection:
        made = await find_export(connection, event_id=event.id, export_id=key, person_id=owner, now=NOW)
    assert made.state is ExportState.READY, made
    return made, seconds


def held_by(process: Path) -> float:
    """The most megabytes that a process has held so far; 0 when it is gone."""
    try:
        lines = (process / "status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def is_writing(process: Path) -> bool:
    """Whether that is the writing process."""
    try:
        return b"attendance.exporting.writer" in (process / "cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False


def watch_writer(is_over: threading.Event) -> float:
    """The most megabytes that the writing process held until then."""
    most, writer = 0.0, None
    while not is_over.wait(LOOK_EACH):
        writer = writer or next(filter(is_writing, Path("/proc").glob("[0-9]*")), None)
        most = most if writer is None else max(most, held_by(writer))
    return most


async def main(people: int, scans: int, dsn: str) -> None:
    await migrate(dsn)
    pool = await open_pool(dsn)
    async with pool:
        async with pool.acquire() as connection:
            event, owner = await prepare(connection, people, scans)
        for contents, form in itertools.product(ExportContents, ExportFormat):
            day = event.day_of(NOW) if contents is ExportContents.PEOPLE else None
            before, is_over = held_by(OWN), threading.Event()
            watching = asyncio.create_task(asyncio.to_thread(watch_writer, is_over))
            made, seconds = await export(pool, event, owner, ExportRequest(contents, form, day))
            is_over.set()
            most = await watching
            Console().print(
                f"{made.written:,} lines of {contents.lower()} as {form}: {seconds:.1f} s, "
                f"{(made.size or 0) / 1e6:.1f} MB; the writing process {most:.0f} MB, "
                f"the worker {held_by(OWN):.0f} MB, {before:.0f} MB before",
                soft_wrap=True,
            )


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    wanted = [int(each) for each in sys.argv[1:3]]
    with throw_away_postgres() as address:
        people, scans = wanted + [PEOPLE, SCANS][len(wanted) :]
        asyncio.run(main(people, scans, address))
