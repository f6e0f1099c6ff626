"""Brings the database to the code's schema. Refuses a database that is newer than the code."""

import asyncio
from pathlib import Path

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import URL

from server.start_up import StartUpError

_ROOT = Path(__file__).parent.parent
#: Any number of processes may start at once; one migrates, the others wait. The number is arbitrary and ours.
_LOCK = 0x48414E44


def config(dsn: str) -> Config:
    """Alembic's configuration from pyproject.toml, aimed at `dsn`.

    The URL names no host: asyncpg itself parses `dsn`, so sockets and several hosts work as everywhere else.
    """
    configuration = Config(toml_file=str(_ROOT / "pyproject.toml"))
    configuration.attributes["url"] = URL.create("postgresql+asyncpg", query={"dsn": dsn})
    return configuration


async def current_revision(connection: asyncpg.Connection) -> str | None:
    """The revision the database is at; None when it was never migrated."""
    if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
        return None
    revision: str | None = await connection.fetchval("SELECT version_num FROM alembic_version")
    return revision


def newest_revision() -> str:
    """The one head of the scripts beside this code."""
    head = ScriptDirectory(str(_ROOT / "alembic")).get_current_head()
    if head is None:
        raise LookupError("there are no migrations beside this code")
    return head


async def migrate(dsn: str) -> None:
    """Upgrade to the newest revision, one process at a time.

    Raises `StartUpError` when the database is at a revision this code does not know.
    """
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        current = await current_revision(connection)
        if current == newest_revision():
            return
        known = {script.revision for script in ScriptDirectory(str(_ROOT / "alembic")).walk_revisions()}
        if current is not None and current not in known:
            raise StartUpError(
                f"The database is newer than this version of Handsel (it is at {current}). Start the newer "
                "version again, or restore the backup made before the upgrade."
            )
        await asyncio.to_thread(command.upgrade, config(dsn), "head")
    finally:
        await connection.close()
