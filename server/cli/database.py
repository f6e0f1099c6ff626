"""Brings up the database that a command works on: the one of `DATABASE_URL`, else the embedded one."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

from server.connecting import require_usable
from server.db import Connection, open_pool
from server.embedded import EmbeddedPostgres
from server.migrations import current_revision, migrate, newest_revision, refuse_newer
from server.settings import Settings
from server.start_up import StartUpError

T = TypeVar("T")


class DatabaseBehind(StartUpError):
    """A command met a database of the host's own that an earlier version of the product migrated, or none."""

    def __init__(self) -> None:
        super().__init__(
            "The database that DATABASE_URL names is not at this version of Handsel yet: make a backup, then run "
            "`./run migrate`."
        )


@contextlib.contextmanager
def running_database(settings: Settings, *, on_lost: Callable[[StartUpError], None] | None = None) -> Iterator[str]:
    """The DSN of a database that answers, for as long as the block lasts. Raises `StartUpError`."""
    if settings.database_url is not None:
        dsn = settings.database_url.get_secret_value()
        asyncio.run(require_usable(dsn))
        yield dsn
        return
    postgres = EmbeddedPostgres(
        settings.data / "postgres", settings.pg_bin, os_user=settings.pg_os_user, on_lost=on_lost
    )
    try:
        yield postgres.start()
    finally:
        postgres.stop()


def with_connection(settings: Settings, work: Callable[[Connection], Awaitable[T]]) -> T:
    """What `work` answers, given a connection to a migrated database; for commands that are no server.

    The embedded database is migrated on the way, one of the host's own never without being asked. Raises
    `StartUpError`.
    """

    async def worked(dsn: str) -> T:
        if settings.database_url is None:
            await migrate(dsn)
        pool = await open_pool(dsn, size=1)
        async with pool, pool.acquire() as connection:
            await require_current(connection)
            return await work(connection)

    with running_database(settings) as dsn:
        return asyncio.run(worked(dsn))


async def require_current(connection: Connection) -> None:
    """Raises `StartUpError` when the database is at another version than this code."""
    current = await current_revision(connection)
    refuse_newer(current)
    if current != newest_revision():
        raise DatabaseBehind
