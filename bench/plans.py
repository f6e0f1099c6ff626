"""What one introduction and one evening cost at worst, whatever PostgreSQL believes of its tables.

Run as `python bench/plans.py [rounds] [revision]`. It makes the demo event on a throw-away PostgreSQL without
autovacuum and has the planner believe, round after round, other things of the tables: nothing known, an empty table,
a large one. With a revision the tables and views are taken back to it first, so that `300 0048` shows introductions
as they were read before decision 0054. What is printed is the worst round: milliseconds, and pages looked at.
"""

import asyncio
import json
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import LiteralString

sys.path.insert(0, str(Path(__file__).parent.parent))

from alembic import command

from server.db import Connection, one, open_pool
from server.demo.operations import ensure_demo
from server.embedded import throw_away_postgres
from server.evening.met.queries import SELECT_PEOPLE_MET
from server.introductions.queries import SELECT_INTRODUCTIONS
from server.migrations import config, migrate
from server.settings import Settings
from tests.database.test_plans import beliefs, believe

NOW = datetime(2027, 4, 22, 9, tzinfo=UTC)
ROUNDS = 300


async def cost(
    connection: Connection, statement: LiteralString, arguments: Sequence[object]
) -> tuple[float, float, int]:
    """Milliseconds of running, milliseconds of planning, and pages."""
    explained = await connection.fetchval("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + statement, *arguments)
    [told] = json.loads(explained)
    pages = told["Plan"]["Shared Hit Blocks"] + told["Plan"]["Shared Read Blocks"]
    return told["Execution Time"], told["Planning Time"], pages


async def main(dsn: str, data: Path, rounds: int, revision: str | None) -> None:
    await migrate(dsn)
    settings = Settings(data=data, work=False)
    pool = await open_pool(dsn, size=1, statement_timeout_ms=60_000)
    async with pool, pool.acquire() as connection:
        await connection.execute("ALTER SYSTEM SET autovacuum = off")
        await connection.execute("SELECT pg_reload_conf()")
        await ensure_demo(connection, secrets=settings.secrets(), now=NOW)
        if revision is not None:
            await asyncio.to_thread(command.downgrade, config(dsn), revision)
        introduction, introducer = one(await connection.fetchrow("SELECT id, introducer_id FROM introductions LIMIT 1"))
        event, reader = one(
            await connection.fetchrow(
                "SELECT event_id, registration_id FROM swap_sides GROUP BY 1, 2 ORDER BY count(*) DESC LIMIT 1"
            )
        )
        asked: dict[str, tuple[LiteralString, Sequence[object]]] = {
            "introductions": (SELECT_INTRODUCTIONS, (introducer, introduction, NOW - timedelta(days=99))),
            "people met": (SELECT_PEOPLE_MET, (event, [reader], NOW + timedelta(days=9), NOW.date())),
        }
        costs: dict[str, list[tuple[float, float, int]]] = {name: [] for name in asked}
        for believed in beliefs(rounds):
            await believe(connection, believed)
            for name, (statement, arguments) in asked.items():
                costs[name].append(await cost(connection, statement, arguments))
    for name, told in costs.items():
        planning = sorted(planned for _, planned, _ in told)[len(told) // 2]
        print(
            f"{name}: at most {max(ran for ran, _, _ in told):.0f} ms and {max(pages for *_, pages in told):,} pages; "
            f"planning a median of {planning:.0f} ms"
        )


if __name__ == "__main__":
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with throw_away_postgres() as address, tempfile.TemporaryDirectory() as folder:
        asyncio.run(main(address, Path(folder), rounds, sys.argv[2] if len(sys.argv) > 2 else None))
