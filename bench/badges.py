"""How long 1,000 badges take from the database to a PDF, how large it is, and in how much memory.

Run as `python bench/badges.py [badges] [format]`. It makes a throw-away PostgreSQL and an event whose names are in ten
scripts, prints one line of figures and leaves nothing. The first badge of a script costs the cutting of its fonts.
"""

import asyncio
import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from server.db import open_pool
from server.embedded import throw_away_postgres
from server.events.operations import create_event
from server.ids import new_id
from server.imports.models import ReadFile
from server.imports.operations import import_attendees
from server.imports.reading import read_file
from server.migrations import migrate
from server.people.queries import upsert_person
from server.secrets import Secrets
from server.sheets.by_host import print_badges
from server.sheets.formats import FormatName
from server.sheets.models import BadgesWanted, SheetOrder, Sheets

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


async def measure(badges: int, paper: FormatName) -> tuple[Sheets, float]:
    """The sheets, and the seconds they took."""
    secrets = Secrets(bytes(32))
    with throw_away_postgres() as dsn:
        await migrate(dsn)
        pool = await open_pool(dsn)
        async with pool, pool.acquire() as connection:
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
            started = time.perf_counter()
            sheets = await print_badges(
                connection, event_id=event.id, wanted=BadgesWanted.ALL, format_name=paper, order=SheetOrder.NAME,
                secrets=secrets, public_url="https://meet.example.org", now=NOW,
            )  # fmt: skip
            return sheets, time.perf_counter() - started


def peak_megabytes() -> float:
    """The most memory this process has held; PostgreSQL has its own."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform == "linux" else peak / 1024**2


def main() -> None:
    badges = int(sys.argv[1]) if len(sys.argv) > 1 else BADGES
    paper = FormatName(sys.argv[2]) if len(sys.argv) > 2 else FormatName.A4_63X38
    sheets, seconds = asyncio.run(measure(badges, paper))
    assert sheets.printed == badges, sheets
    print(
        f"{sheets.printed} badges on {sheets.pages} pages ({paper}): {seconds:.1f} s, "
        f"{len(sheets.pdf) / 1e6:.2f} MB; peak memory {peak_megabytes():.0f} MB"
    )


if __name__ == "__main__":
    main()
