"""How long the evening lists of a whole event take, made by the code the job runs, in how much memory; and how fast the
Evening screen is answered over HTTP.

Run as `python bench/evening.py [people] [swaps]`. It makes a throw-away PostgreSQL that syncs to disk and an event with
believable conversations in a zone where it is evening now, prints its figures and leaves nothing. Load and server share
the machine's cores.
"""

import asyncio
import os
import random
import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.conversations import fill
from bench.crowd import large_event, sign_in
from bench.load import CONNECTIONS, Figures, Request, Served, load, serving, table
from schema.ids import Kind, global_id
from server.db import Connection, open_pool
from server.embedded import throw_away_postgres
from server.evening.making import count_lists, make_evenings
from server.events.models import Event
from server.migrations import migrate

PEOPLE, SWAPS = 2_000, 10_000
#: Sevenths of all people who look at so many connections.
SEVENTHS = {1: 1, 8: 2, 32: 4}

#: Hours to add to UTC so that it is between eight and nine in the evening now.
AHEAD = (20 - datetime.now(UTC).hour + 9) % 24 - 9
ZONE = f"Etc/GMT{-AHEAD:+d}"  # these names count the other way round
LOCAL_NOW = datetime.now(ZoneInfo(ZONE))
DAY = LOCAL_NOW.date()
NOON = LOCAL_NOW.replace(hour=12, minute=0)
EVENING = LOCAL_NOW.replace(hour=19, minute=0)
NOW = LOCAL_NOW.replace(hour=9, minute=0)


async def measure_making(connection: Connection, event: Event) -> str:
    """The lists made, made again with nothing to do, and all looked at again after a change to every swap."""
    seconds = []
    backend = await connection.fetchval("SELECT pg_backend_pid()")
    worked = processor_seconds(backend)
    for later in (0, 1, 6):
        if later == 6:
            await connection.execute("UPDATE swaps SET changed_at = $1", EVENING + timedelta(minutes=5))
        started = time.perf_counter()
        await make_evenings(connection, event=event, day=DAY, now=EVENING + timedelta(minutes=later))
        seconds.append(time.perf_counter() - started)
        if later == 0:
            worked = tuple(now - then for now, then in zip(processor_seconds(backend), worked, strict=True))
    lists = await count_lists(connection, event=event, day=DAY)
    held = ", ".join(f"{number}: {people}" for number, people in lists.items())
    return (
        f"{sum(lists.values())} lists made in {seconds[0]:.1f} s (of one processor here {worked[0]:.1f} s, "
        f"in PostgreSQL {worked[1]:.1f} s); again with nothing to do {seconds[1]:.2f} s; "
        f"all looked at again {seconds[2]:.1f} s. People by number of suggestions: {held}"
    )


async def measure_opening(served: Served, connection: Connection, event: Event) -> list[Figures]:
    """Each person's first look at their list, and then a second one."""
    gid = global_id(Kind.EVENT, event.id)
    people = await connection.fetch("SELECT person_id FROM evenings JOIN registrations ON id = registration_id")
    looks = [Request("evening", {"event": gid}, await sign_in(connection, row["person_id"])) for row in people]
    figures = []
    for what in ("evening, first look", "evening, again"):
        left = iter(looks)
        for connections in CONNECTIONS:
            mine = list(islice(left, len(looks) * SEVENTHS[connections] // 7))
            figures.append(await load(served, what, mine, connections=connections))
    return figures


async def main(people: int, swaps: int, dsn: str) -> None:
    await migrate(dsn)
    pool = await open_pool(dsn, size=1)
    async with pool, pool.acquire() as connection:
        event = (
            await large_event(connection, starts_at=NOW, ends_at=NOW + timedelta(hours=9), timezone=ZONE, now=NOW)
        )[0]
        await fill(
            connection, event, people, swaps, random.Random(7), day=DAY, now=NOW, noon=NOON
        )  # the same event each run
        await connection.execute("ANALYZE")
        before = peak_megabytes()
        print(f"{people:,} people, {swaps:,} swaps: {await measure_making(connection, event)}")
        print(f"Peak memory {peak_megabytes():.0f} MB, of which {before:.0f} MB before the first list")
        with serving(dsn) as served:
            figures = await measure_opening(served, connection, event)
    table("Evenings over HTTP", figures)


def processor_seconds(backend: int) -> tuple[float, ...]:
    """What this process and that server process of PostgreSQL have worked; the latter is known on Linux alone."""
    if sys.platform != "linux":
        return time.process_time(), 0.0
    fields = Path(f"/proc/{backend}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return time.process_time(), (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_megabytes() -> float:
    """The most memory this process has held; PostgreSQL has its own."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform == "linux" else peak / 1024**2


if __name__ == "__main__":
    with throw_away_postgres(durable=True) as address:
        many, met = [*map(int, sys.argv[1:3]), *(PEOPLE, SWAPS)[len(sys.argv[1:3]) :]]
        asyncio.run(main(many, met, address))
