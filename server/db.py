"""The way to PostgreSQL: the pool, and telling which constraint refused. Holds no SQL of any feature."""

from typing import LiteralString, TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

#: What operations and queries receive: a connection lent by the pool, or one of their own.
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"
Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"

#: A statement that has not answered by then is given up (milliseconds); nothing a phone asks takes a tenth of it.
STATEMENT_TIMEOUT_MS = 10_000


async def open_pool(dsn: str, *, size: int = 16) -> Pool:
    """A pool of at most `size` connections, all in UTC. `dsn` may name several hosts, as libpq does."""
    return await asyncpg.create_pool(
        dsn,
        min_size=1,
        max_size=size,
        command_timeout=STATEMENT_TIMEOUT_MS / 1000 + 5,
        server_settings={
            "application_name": "handsel",
            "timezone": "UTC",
            "statement_timeout": str(STATEMENT_TIMEOUT_MS),
            "jit": "off",  # short statements: compiling them costs more than running them
        },
    )


def violated(error: asyncpg.PostgresError, constraint: LiteralString) -> bool:
    """Whether `constraint` is the one that refused. Constraints are named by us, so that they can be told apart."""
    return getattr(error, "constraint_name", None) == constraint


def one(row: asyncpg.Record | None) -> asyncpg.Record:
    """The row of a statement that always answers one; a missing one is a bug of ours, not the person's."""
    if row is None:
        raise LookupError("a statement that always answers a row answered none")
    return row
