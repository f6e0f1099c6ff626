"""How long it takes to send a phone's whole queue: 500 scans made without a network, 25 to a request, and again.

Run as `python bench/replay.py [scans]`. It starts the product on a throw-away PostgreSQL that syncs to disk, lets one
person have met everybody else, sends the queue as the app does, prints its figures and leaves nothing.
"""

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.crowd import crowd, gid, large_event, scan
from bench.load import Request, load, serving, table
from server.db import open_pool
from server.embedded import throw_away_postgres
from server.migrations import migrate
from server.settings import Settings

SCANS = 500
#: As many as the app puts into one request.
IN_ONE_REQUEST = 25


async def main(scans: int, dsn: str) -> None:
    await migrate(dsn)
    with serving(dsn) as served:
        pool = await open_pool(dsn, size=1)
        async with pool, pool.acquire() as connection:
            event, _ = await large_event(connection, uses_check_in=False)
            ana, *others = await crowd(connection, Settings(data=served.data).secrets(), event, scans + 1)
            scans_made = [scan(each.badge) for each in others]
            requests = [
                Request("replay-scans", {"event": gid(event), "scans": scans_made[at : at + IN_ONE_REQUEST]}, ana.token)
                for at in range(0, scans, IN_ONE_REQUEST)
            ]
            first, again = [
                await load(served, what, requests, connections=1)
                for what in (f"{scans} queued scans", "the same queue again")
            ]
            made = await connection.fetchval("SELECT count(*) FROM swaps WHERE event_id = $1", event.id)
    table("A phone's queue", [first, again])
    print(f"{first.seconds:.2f} s, {made} swaps; again {again.seconds:.2f} s")
    if made != scans:
        raise SystemExit("some scans made no swap")


if __name__ == "__main__":
    with throw_away_postgres(durable=True) as address:
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else SCANS, address))
