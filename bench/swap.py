"""Swaps a second and how long one takes: a scan sent by the app, its swap, both agendas, and the whole answer.

Run as `python bench/swap.py [people]`. It starts the product on a throw-away PostgreSQL that syncs to disk, lets people
scan one another over real HTTP on this machine, prints its figures and leaves nothing.
"""

import asyncio
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.crowd import Attendee, crowd, gid, large_event, scan
from bench.load import CONNECTIONS, Figures, Request, Served, load, serving, table
from server.db import open_pool
from server.embedded import throw_away_postgres
from server.events.models import Event
from server.migrations import migrate
from server.settings import Settings

PEOPLE = 120
SCANS = {1: 400, 8: 1_500, 32: 3_000}
AGAIN = {1: 400, 8: 1_500, 32: 3_000}


def scans(event: Event, attendees: list[Attendee]) -> Iterator[Request]:
    """Each pair once, in an order in which nobody scans twice in a row."""
    for step in range(1, len(attendees) // 2):
        for number, scanner in enumerate(attendees):
            scanned = attendees[(number + step) % len(attendees)]
            yield Request("swap-badges", {"event": gid(event), "scan": scan(scanned.badge)}, scanner.token)


async def measure(served: Served, event: Event, attendees: list[Attendee]) -> list[Figures]:
    fresh = scans(event, attendees)
    figures = []
    sent: list[Request] = []
    for connections in CONNECTIONS:
        batch = list(islice(fresh, SCANS[connections]))
        sent += batch
        figures.append(await load(served, "swapBadges", batch, connections=connections))
    listed = [Request("swaps", {"event": gid(event), "first": 20}, who.token) for who in attendees]
    for what, requests in (("the same again", sent), ("swaps, a page of 20", listed)):
        figures += [
            await load(served, what, requests[: AGAIN[connections]], connections=connections)
            for connections in CONNECTIONS
        ]
    return figures


async def main(people: int, dsn: str) -> None:
    await migrate(dsn)
    with serving(dsn) as served:
        pool = await open_pool(dsn, size=1)
        async with pool, pool.acquire() as connection:
            event, _ = await large_event(connection, uses_check_in=False)
            attendees = await crowd(connection, Settings(data=served.data).secrets(), event, people)
            table(f"Swaps among {people} people", await measure(served, event, attendees))


if __name__ == "__main__":
    with throw_away_postgres(durable=True) as address:
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE, address))
