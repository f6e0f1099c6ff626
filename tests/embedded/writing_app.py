"""A process like the product's, to be killed: tells the server's pid, then the number of each row it committed."""

import asyncio
import sys
from pathlib import Path

import asyncpg

sys.path.insert(0, str(Path(__file__).parents[2]))
from server.embedded import EmbeddedPostgres


def say(what: int | None) -> None:
    """Tell the test, at once."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


async def write_rows(dsn: str) -> None:
    pool = await asyncpg.create_pool(dsn, min_size=1, max_size=2)
    await pool.execute("CREATE TABLE IF NOT EXISTS rows (number bigint PRIMARY KEY)")
    number = await pool.fetchval("SELECT coalesce(max(number), 0) FROM rows")
    while True:
        try:
            await pool.execute("INSERT INTO rows VALUES ($1) ON CONFLICT DO NOTHING", number + 1)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError):
            await asyncio.sleep(0.05)  # the server is away; the pool finds it again
        else:
            number += 1
            say(number)


postgres = EmbeddedPostgres(Path(sys.argv[1]))
dsn = postgres.start()
say(postgres.pid)
asyncio.run(write_rows(dsn))
