"""`handsel organizers`: the host grants the right to create events."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from server.cli.database import with_connection
from server.cli.options import settings_of
from server.people import operations as people

group = typer.Typer(help="Who may create events.", no_args_is_help=True)


@group.callback()
def organizers() -> None:
    """Who may create events."""


@group.command("add")
def add(context: typer.Context, email: Annotated[str, typer.Argument(help="Their mail address.")]) -> None:
    """Let the person with this mail address create events. They sign in by mailed code, as everybody does."""
    now = datetime.now(UTC)
    with_connection(settings_of(context), lambda connection: people.allow_events(connection, email=email, now=now))
    Console(highlight=False).print("They may create events now, and sign in with that address.")
