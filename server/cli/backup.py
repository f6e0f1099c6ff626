"""`handsel backup` and `handsel restore`: everything that a host must not lose, in one file."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from server.backups import operations
from server.cli.database import running_database
from server.cli.options import settings_of


def backup(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="Where to; by default a file named by the time, here.")] = None,
) -> None:
    """Write the database and the secret file into one file. The server may go on meanwhile.

    The file holds everything that people entrusted to this server, and the key of every badge: keep it where nobody
    else can read it, and let it end as docs/backups.md says.
    """
    settings, console = settings_of(context), Console(highlight=False, soft_wrap=True)
    now = datetime.now(UTC)
    path = (file or Path(f"handsel-{now:%Y-%m-%dT%H%M%SZ}.backup")).absolute()
    with running_database(settings) as dsn, console.status("Writing the backup"):
        secret = settings.secrets().root
        asyncio.run(operations.make_backup(path, dsn=dsn, secret=secret, programs=settings.pg_bin, now=now))
    console.print(f"Everything is in {path} ({_size(path)}). Only you can read it: keep it so.")


def restore(context: typer.Context, file: Annotated[Path, typer.Argument(help="The backup.")]) -> None:
    """Bring a backup back into an empty data folder (--data) or an empty database. Writes over nothing."""
    settings, console = settings_of(context), Console(highlight=False, soft_wrap=True)
    with running_database(settings) as dsn, console.status("Bringing the backup back"):
        manifest = asyncio.run(
            operations.bring_back(file, dsn=dsn, secret_file=settings.secret_path, programs=settings.pg_bin)
        )
    made_at = datetime.fromisoformat(manifest.made_at)
    console.print(f"All is as it was on {made_at:%d %B %Y at %H:%M} UTC. Start the server now.")


def _size(path: Path) -> str:
    size = path.stat().st_size / 1_000_000
    return f"{size:.1f} MB"
