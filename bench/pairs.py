"""Ten thousand pairs who scan each other at the same moment: how long that takes, and whether each pair ends with one
swap that both were answered, one conversation and two agendas that open differently.

Run as `python bench/pairs.py [pairs] [connections]`. It starts the product on a throw-away PostgreSQL that syncs to
disk, sends both scans of a pair over two connections at once, looks at what is there in the end, and leaves nothing.
It fails when a pair did not end as it should.
"""

import asyncio
import itertools
import math
import sys
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.crowd import Attendee, crowd, gid, large_event, scan
from bench.load import Request, load, serving, table
from server.db import Connection, open_pool
from server.embedded import throw_away_postgres
from server.events.models import Event
from server.migrations import migrate
from server.settings import Settings

PAIRS = 10_000
CONNECTIONS = 16
AT_MOST_SECONDS = 3_600

#: The end, of all pairs together. Two sides that both scanned, one conversation, and 5 to 7 prompts for each side.
END = """
    SELECT count(*) AS swaps,
           count(*) FILTER (WHERE sides.scanned = 2) AS both_scanned,
           count(*) FILTER (WHERE conversations.days = 1) AS one_conversation,
           count(*) FILTER (WHERE agendas.sides = 2 AND agendas.fewest >= 5 AND agendas.most <= 7) AS two_agendas,
           count(*) FILTER (WHERE agendas.openings = 2) AS open_differently
    FROM swaps
    CROSS JOIN LATERAL (SELECT count(scanned_at) AS scanned FROM swap_sides
                        WHERE event_id = swaps.event_id AND swap_id = swaps.id) AS sides
    CROSS JOIN LATERAL (SELECT count(*) AS days FROM conversations
                        WHERE event_id = swaps.event_id AND swap_id = swaps.id) AS conversations
    CROSS JOIN LATERAL (
        SELECT count(*) AS sides, min(own.prompts) AS fewest, max(own.prompts) AS most,
               count(DISTINCT own.opening) AS openings
        FROM (SELECT count(*) AS prompts, min(library_key) FILTER (WHERE place = 0) AS opening FROM agenda_prompts
              WHERE event_id = swaps.event_id AND swap_id = swaps.id GROUP BY registration_id) AS own
    ) AS agendas
    WHERE swaps.event_id = $1
"""


def both_at_once(event: Event, people: list[Attendee], pairs: int) -> list[Request]:
    """Each pair's two scans side by side, so that two connections send them at the same moment."""
    return [
        Request("swap-badges", {"event": gid(event), "scan": scan(scanned.badge)}, scanner.token)
        for one, other in itertools.islice(itertools.combinations(people, 2), pairs)
        for scanner, scanned in ((one, other), (other, one))
    ]


async def prove(connection: Connection, event_id: UUID, pairs: int) -> None:
    """Raises `SystemExit` when any pair ended otherwise."""
    end = await connection.fetchrow(END, event_id)
    logged = await connection.fetchval("SELECT count(*) FROM scans WHERE event_id = $1", event_id)
    print(", ".join(f"{name} {count}" for name, count in (end or {}).items()), f"scans {logged}", sep=", ")
    if end is None or set(end.values()) != {pairs} or logged != 2 * pairs:
        raise SystemExit("some pairs did not end with one swap each")
    print(f"All {pairs:,} pairs ended with one swap each.")


async def main(pairs: int, connections: int, dsn: str) -> None:
    await migrate(dsn)
    with serving(dsn) as served:
        pool = await open_pool(dsn, size=1)
        async with pool, pool.acquire() as connection:
            event, _ = await large_event(connection, uses_check_in=False)
            people = math.ceil((1 + math.sqrt(1 + 8 * pairs)) / 2)
            attendees = await crowd(connection, Settings(data=served.data).secrets(), event, people)
            requests = both_at_once(event, attendees, pairs)
            figures = await load(
                served, "swapBadges", requests, connections=connections, at_most_seconds=AT_MOST_SECONDS
            )
            table(f"{pairs:,} pairs of {people} people scan each other at once", [figures])
            await prove(connection, event.id, pairs)


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    with throw_away_postgres(durable=True) as address:
        asyncio.run(main(given[0] if given else PAIRS, given[1] if len(given) > 1 else CONNECTIONS, address))
