"""Brings the database to the code's schema. Refuses a database that is newer than the code."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg

from server.db import Connection
from server.start_up import StartUpError

# Alembic is loaded only when there is something to migrate: it takes longer than the rest of a second start.
if TYPE_CHECKING:
    from alembic.config import Config


_ROOT = Path(__file__).parent.parent
#: Any number of processes may start at once; one migrates, the others wait. The number is arbitrary and ours.
_LOCK = 0x48414E44


class DatabaseNewer(StartUpError):
    """The database was migrated by a later version of the product."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"The database is newer than this version of Handsel (it is at {revision}). Start the newer version "
            "again, or restore the backup made before the upgrade."
        )


def config(dsn: str) -> "Config":
    """Alembic's configuration from pyproject.toml, aimed at `dsn`.

    The URL names no host: asyncpg itself parses `dsn`, so sockets and several hosts work as everywhere else.
    """
    from alembic.config import Config
    from sqlalchemy.engine import URL

    configuration = Config(toml_file=str(_ROOT / "pyproject.toml"))
    configuration.attributes["url"] = URL.create("postgresql+asyncpg", query={"dsn": dsn})
    return configuration


async def current_revision(connection: Connection) -> str | None:
    """The revision the database is at; None when it was never migrated."""
    if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
        return None
    revision: str | None = await connection.fetchval("SELECT version_num FROM alembic_version")
    return revision


def known_revisions() -> list[str]:
    """The revisions of the scripts beside this code, oldest first: they are numbered, and named by their number."""
    return sorted(path.name.partition("_")[0] for path in (_ROOT / "alembic" / "versions").glob("[0-9]*_*.py"))


def newest_revision() -> str:
    """The one head of the scripts beside this code."""
    return known_revisions()[-1]


async def migrate(dsn: str) -> None:
    """Upgrade to the newest revision, one process at a time.

    Raises `DatabaseNewer` when the database is at a revision this code does not know.
    """
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        current = await current_revision(connection)
        if current == newest_revision():
            return
        refuse_newer(current)
        from alembic import command

        await asyncio.to_thread(command.upgrade, config(dsn), "head")
    finally:
        await connection.close()


def refuse_newer(current: str | None) -> None:
    """Raise `DatabaseNewer` when `current` is a revision this code does not know."""
    if current is not None and current not in known_revisions():
        raise DatabaseNewer(current)
