"""`handsel migrate`: brings the database to this version's schema, whichever database it is."""

import asyncio

import asyncpg
import typer
from rich.console import Console

from server import migrations
from server.cli.database import running_database
from server.cli.options import settings_of


def migrate(context: typer.Context) -> None:
    """Bring the database up to this version of Handsel. Safe to run again, and while others run it."""
    with running_database(settings_of(context)) as dsn:
        before, after = asyncio.run(_migrated(dsn))
    told = f"is at {after} already" if before == after else f"went from {before or 'empty'} to {after}"
    Console(highlight=False).print(f"The database {told}.")


async def _migrated(dsn: str) -> tuple[str | None, str]:
    connection = await asyncpg.connect(dsn)
    try:
        before = await migrations.current_revision(connection)
    finally:
        await connection.close()
    await migrations.migrate(dsn)
    return before, migrations.newest_revision()
