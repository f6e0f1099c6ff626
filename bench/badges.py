"""How long 1,000 badges take from the database to a PDF, how large it is, and in how much memory.

Run as `python bench/badges.py [badges] [format]`. It makes a throw-away PostgreSQL and an event whose names are in ten
scripts, and leaves nothing. Two lines: as the host prints them, in this process; and as an organizer has them made, by
a process of its own from asking to the sealed file. Processor seconds are those of the drawing alone.
"""

import asyncio
import resource
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parent.parent))

from server.db import Connection, Pool, open_pool
from server.embedded import throw_away_postgres
from server.events.operations import create_event
from server.ids import new_id
from server.imports.models import ReadFile
from server.imports.operations import import_attendees
from server.imports.reading import read_file
from server.limiter import Limiter
from server.migrations import migrate
from server.people.queries import upsert_person
from server.printing.making import Printer, SheetsJob
from server.printing.models import SheetsRequest, SheetsState
from server.printing.operations import ask_for_sheets, find_sheets, hand_over
from server.secrets import Secrets
from server.sheets.by_host import print_badges
from server.sheets.formats import FormatName
from server.sheets.models import BadgesWanted, SheetOrder

PUBLIC_URL = "https://meet.example.org"
BADGES = 1_000
NOW = datetime(2027, 4, 22, 9, tzinfo=UTC)
NAMES = [
    "Zoë Lindqvist",
    "Ngozi Okafor",
    "Maria del Carmen Fernández",
    "Nguyễn Thị Hạnh",
    "Αλέξανδρος Παππάς",
    "Наталья Ёлкина",
    "王小明",
    "山田 さくら",
    "김민준",
    "محمد الرحمن",
    "יעל כהן",
    "अमृता क्षीरसागर",
]


def attendees(badges: int) -> ReadFile:
    rows = "\n".join(f"{NAMES[number % len(NAMES)]} {number},they/them" for number in range(badges))
    return read_file(f"Name,Pronouns\n{rows}\n".encode())


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds by the clock and of the processor, and the file."""

    seconds: float
    processor_seconds: float
    pages: int
    megabytes: float


async def make_event(connection: Connection, badges: int, secrets: Secrets) -> tuple[UUID, UUID]:
    """The event and its owner."""
    owner = await upsert_person(
        connection, new_id=new_id(), email="desk@example.org", email_key="desk@example.org", name="", now=NOW
    )
    event = await create_event(
        connection, owner_id=owner, slug="large", title="Repair Summit", starts_at=NOW,
        ends_at=NOW + timedelta(hours=9), timezone="Europe/Lisbon", now=NOW,
    )  # fmt: skip
    await import_attendees(
        connection, event_id=event.id, file=attendees(badges), skip_bad=False, secrets=secrets, now=NOW
    )
    await connection.execute(
        "UPDATE cards SET open_to_event = true, ask_me_about = 'how bees find their way home in the evening'"
    )
    return event.id, owner


async def by_host(connection: Connection, event_id: UUID, paper: FormatName, secrets: Secrets) -> Figures:
    started, busy = time.perf_counter(), time.process_time()
    sheets = await print_badges(
        connection, event_id=event_id, wanted=BadgesWanted.ALL, format_name=paper, order=SheetOrder.NAME,
        secrets=secrets, public_url=PUBLIC_URL, now=NOW,
    )  # fmt: skip
    return Figures(time.perf_counter() - started, time.process_time() - busy, sheets.pages, len(sheets.pdf) / 1e6)


async def by_organizer(pool: Pool, event_id: UUID, owner: UUID, paper: FormatName, secrets: Secrets) -> Figures:
    key = new_id()
    request = SheetsRequest(BadgesWanted.ALL, paper, SheetOrder.NAME)
    printer = Printer(pool, secrets=secrets, public_url=PUBLIC_URL, clock=lambda: NOW)
    started, busy = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    async with pool.acquire() as connection:
        await ask_for_sheets(
            connection, event_id=event_id, person_id=owner, key=key, request=request, limiter=Limiter(), now=NOW
        )
    await printer.make(SheetsJob(event_id, owner, key))
    seconds, ended = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    async with pool.acquire() as connection:
        made = await find_sheets(connection, event_id=event_id, person_id=owner, now=NOW)
        assert made is not None
        assert made.state is SheetsState.READY
        pdf = await hand_over(connection, slug="large", person_id=owner, key=key, secrets=secrets, now=NOW)
    return Figures(
        seconds, ended.ru_utime + ended.ru_stime - busy.ru_utime - busy.ru_stime, made.pages or 0, len(pdf) / 1e6
    )


async def measure(badges: int, paper: FormatName) -> tuple[Figures, Figures]:
    secrets = Secrets(bytes(32))
    with throw_away_postgres() as dsn:
        await migrate(dsn)
        async with await open_pool(dsn) as pool:
            async with pool.acquire() as connection:
                event_id, owner = await make_event(connection, badges, secrets)
            apart = await by_organizer(pool, event_id, owner, paper, secrets)
            async with pool.acquire() as connection:
                here = await by_host(connection, event_id, paper, secrets)
            return here, apart


def peak_megabytes(of: int) -> float:
    """The most memory this process, or one of its children, has held; PostgreSQL's own is not among it."""
    peak = resource.getrusage(of).ru_maxrss
    return peak / 1024 if sys.platform == "linux" else peak / 1024**2


def main() -> None:
    badges = int(sys.argv[1]) if len(sys.argv) > 1 else BADGES
    paper = FormatName(sys.argv[2]) if len(sys.argv) > 2 else FormatName.A4_63X38
    here, apart = asyncio.run(measure(badges, paper))
    print(f"{badges} badges on {here.pages} pages ({paper}), {here.megabytes:.2f} MB")
    for who, figures, of in (
        ("by the host", here, resource.RUSAGE_SELF),
        ("for an organizer, in a process of its own", apart, resource.RUSAGE_CHILDREN),
    ):
        print(
            f"  {who}: {figures.seconds:.1f} s, of which {figures.processor_seconds:.1f} s of one processor; "
            f"peak memory {peak_megabytes(of):.0f} MB"
        )


if __name__ == "__main__":
    main()
