"""Statements about pairs of an event stay cheap whatever PostgreSQL believes of its tables.

It believes little of a table until autovacuum came by: after a first import, or in these tests.
"""

import json
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import LiteralString

from server.db import Connection, Pool, one
from server.demo.operations import ensure_demo
from server.evening.met.queries import SELECT_PEOPLE_MET
from server.introductions.queries import SELECT_INTRODUCTIONS
from server.settings import Settings

TABLES = ("introductions", "registrations", "swaps", "swap_sides", "cards", "blocks", "people", "relationships")
#: Rows and pages, as told to the planner: nothing known, an empty table, a large one.
BELIEFS = ((-1, 0), (0, 0), (20_000, 500), (100_000, 10))
#: Pages looked at by one statement about one of the demo's forty people. Joined each with each it looks at millions.
MANY = 20_000


def beliefs(rounds: int) -> Iterator[dict[str, tuple[int, int]]]:
    """The same ones in each run."""
    chance = random.Random(7)
    for _ in range(rounds):
        yield {table: chance.choice(BELIEFS) for table in TABLES}


async def believe(connection: Connection, believed: dict[str, tuple[int, int]]) -> None:
    """Has the planner know this of each table, and nothing of what stands in its columns."""
    for table, (rows, pages) in believed.items():
        await connection.execute("DELETE FROM pg_statistic WHERE starelid = $1::text::regclass", table)
        await connection.execute(
            "SELECT pg_restore_relation_stats('schemaname', 'public', 'relname', $1::text, 'reltuples', $2::real, "
            "'relpages', $3::integer)",
            table, rows, pages,
        )  # fmt: skip


async def pages_looked_at(connection: Connection, statement: LiteralString, *arguments: object) -> int:
    """By a plan made now: EXPLAIN plans anew each time."""
    answer: str = await connection.fetchval("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + statement, *arguments)
    top = json.loads(answer)[0]["Plan"]
    looked_at: int = top["Shared Hit Blocks"] + top["Shared Read Blocks"]
    return looked_at


async def test_no_belief_makes_a_statement_join_each_with_each(pool: Pool, settings: Settings) -> None:
    now = datetime(2027, 4, 22, 9, tzinfo=UTC)
    async with pool.acquire() as connection:
        await ensure_demo(connection, secrets=settings.secrets(), now=now)
        introduction, introducer = one(await connection.fetchrow("SELECT id, introducer_id FROM introductions LIMIT 1"))
        event, reader = one(
            await connection.fetchrow(
                "SELECT event_id, registration_id FROM swap_sides GROUP BY 1, 2 ORDER BY count(*) DESC LIMIT 1"
            )
        )
        asked: dict[str, tuple[LiteralString, Sequence[object]]] = {
            "introductions": (SELECT_INTRODUCTIONS, (introducer, introduction, now - timedelta(days=99))),
            "people met": (SELECT_PEOPLE_MET, (event, [reader], now + timedelta(days=9), now.date())),
        }
        transaction = connection.transaction()
        await transaction.start()
        try:
            for believed in beliefs(30):
                await believe(connection, believed)
                for name, (statement, arguments) in asked.items():
                    looked_at = await pages_looked_at(connection, statement, *arguments)
                    assert looked_at < MANY, f"{name}: {looked_at} pages, as PostgreSQL believes {believed}"
        finally:
            await transaction.rollback()  # no other test is to believe it
