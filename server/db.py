"""The way to PostgreSQL: the pool, and telling which constraint refused. Holds no SQL of any feature."""

from typing import LiteralString, TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

#: What operations and queries receive: a connection lent by the pool, or one of their own.
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"
Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"

#: A statement that has not answered by then is given up (milliseconds); nothing a phone asks takes a tenth of it.
STATEMENT_TIMEOUT_MS = 10_000

#: More than all statements of the product, so that each connection keeps every one of them prepared, for as long as
#: it lives: reading and planning a statement costs more than running it.
_STATEMENTS_KEPT = 1_000


async def open_pool(dsn: str, *, size: int = 16, statement_timeout_ms: int = STATEMENT_TIMEOUT_MS) -> Pool:
    """A pool of at most `size` connections, all in UTC. `dsn` may name several hosts, as libpq does.

    What a borrower sets or locks must end with its transaction: a connection given back is not asked to forget
    anything, since that would be one more way to the database for each that is borrowed.
    """
    return await asyncpg.create_pool(
        dsn,
        min_size=1,
        max_size=size,
        command_timeout=statement_timeout_ms / 1000 + 5,
        statement_cache_size=_STATEMENTS_KEPT,
        max_cached_statement_lifetime=0,
        reset=_keep,
        server_settings={
            "application_name": "handsel",
            "timezone": "UTC",
            "statement_timeout": str(statement_timeout_ms),
            "jit": "off",  # short statements: compiling them costs more than running them
        },
    )


async def _keep(_: Connection) -> None:
    """Nothing. The pool itself rolls back what was left open."""


def violated(error: asyncpg.PostgresError, constraint: LiteralString) -> bool:
    """Whether `constraint` is the one that refused. Constraints are named by us, so that they can be told apart."""
    return getattr(error, "constraint_name", None) == constraint


def took_too_long(error: BaseException) -> bool:
    """Whether a statement was given up because its time was over."""
    return isinstance(error, asyncpg.QueryCanceledError)


def is_unreachable(error: BaseException) -> bool:
    """Whether the database is not there: down, starting, ending, full, or lost while it was being asked."""
    if isinstance(error, asyncpg.InterfaceError):
        # The same class tells of misuse, which is a bug of ours; only a connection that is gone is meant.
        return not isinstance(error, ValueError) and "clos" in str(error)
    return isinstance(
        error,
        OSError
        | asyncpg.PostgresConnectionError
        | asyncpg.CannotConnectNowError
        | asyncpg.AdminShutdownError
        | asyncpg.CrashShutdownError
        | asyncpg.TooManyConnectionsError,
    )


def one(row: asyncpg.Record | None) -> asyncpg.Record:
    """The row of a statement that always answers one; a missing one is a bug of ours, not the person's."""
    if row is None:
        raise LookupError("a statement that always answers a row answered none")
    return row
