"""`handsel doctor`: looks at each thing the product needs and says what is wrong with it. It changes nothing."""

import asyncio
import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from server.cli.database import running_database
from server.cli.listening import listen
from server.cli.options import settings_of
from server.connecting import require_usable
from server.embedded.folder import BYTES_FOR_NEW, make_folder, require_space
from server.migrations import current_revision, newest_revision, refuse_newer
from server.settings import Environment, Settings
from server.start_up import StartUpError
from server.vault.keeping import count_stale


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    thing: str
    is_well: bool
    told: str


def doctor(context: typer.Context) -> None:
    """Check everything Handsel needs, and say what to do about what is wrong."""
    table = Table("", "What", "Found", box=None, header_style="dim", padding=(0, 2, 0, 0))
    ill = 0
    for finding in _findings(settings_of(context)):
        ill += not finding.is_well
        table.add_row("[green]✓[/]" if finding.is_well else "[red]✗[/]", finding.thing, Text(finding.told))
    console = Console(highlight=False)
    console.print(table)
    if ill:
        console.print(f"\n{ill} of these need a hand." if ill > 1 else "\nOne of these needs a hand.")
        raise typer.Exit(1)


def _findings(settings: Settings) -> Iterator[Finding]:
    yield Finding("Python", is_well=True, told=platform.python_version())
    yield _look("Data folder", lambda: _data_folder(settings))
    yield _look("Secret", lambda: _secret(settings))
    yield _look("Database", lambda: _database(settings))
    yield _look("Port", lambda: _port(settings))
    yield _app_files(settings.pwa)
    yield _address(settings)
    yield Finding("Mail", is_well=True, told="by SMTP" if settings.smtp_url else f"as files in {settings.outbox}")


def _look(thing: str, at: Callable[[], str]) -> Finding:
    try:
        return Finding(thing, is_well=True, told=at())
    except StartUpError as error:
        return Finding(thing, is_well=False, told=str(error))


def _data_folder(settings: Settings) -> str:
    make_folder(settings.data)
    require_space(settings.data, BYTES_FOR_NEW)
    return f"{settings.data}, {shutil.disk_usage(settings.data).free // 1_000_000_000} GB free"


def _secret(settings: Settings) -> str:
    settings.secrets()
    return "readable; keep it in your backup"


def _database(settings: Settings) -> str:
    with running_database(settings) as dsn:
        version = asyncio.run(require_usable(dsn))
        current = asyncio.run(_revision(dsn))
        refuse_newer(current)
        is_current = current == newest_revision()
        stale = asyncio.run(_stale_entries(dsn)) if is_current else 0
    whose = "DATABASE_URL" if settings.database_url else "embedded"
    due = "" if is_current else "; migrations are due at the next start"
    waiting = f"; {stale} vault entries are made at the next start" if stale else ""
    return f"PostgreSQL {version} ({whose}){due}{waiting}"


async def _stale_entries(dsn: str) -> int:
    connection = await asyncpg.connect(dsn)
    try:
        return await count_stale(connection, now=datetime.now(UTC))
    finally:
        await connection.close()


async def _revision(dsn: str) -> str | None:
    connection = await asyncpg.connect(dsn)
    try:
        return await current_revision(connection)
    finally:
        await connection.close()


def _port(settings: Settings) -> str:
    listen(settings.host, settings.port).close()
    return f"{settings.host}:{settings.port} is free"


def _app_files(folder: Path) -> Finding:
    is_built = (folder / "index.html").is_file()
    return Finding("App", is_well=is_built, told="built" if is_built else "is not built: start once with ./run")


def _address(settings: Settings) -> Finding:
    needs_https = settings.env is Environment.PRODUCTION
    told = settings.public_url if settings.is_secure else f"{settings.public_url} (phones need https)"
    return Finding("Address", is_well=settings.is_secure or not needs_https, told=told)
