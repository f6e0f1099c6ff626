"""`handsel events`: makes an event from the terminal."""

from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
from rich.console import Console

from server.cli.database import with_connection
from server.cli.options import settings_of
from server.db import Connection
from server.doors import operations as doors
from server.errors import InputNotValid
from server.events import operations as events
from server.events.models import Event
from server.people import operations as people

group = typer.Typer(help="Events.", no_args_is_help=True)

#: What the door that every event begins with is called.
FIRST_DOOR = "Main door"
_LOCAL = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]


@group.callback()
def all_events() -> None:
    """Events."""


@group.command("add")
def add(
    context: typer.Context,
    slug: Annotated[str, typer.Argument(help="The word in its address, such as open-gardens-2027.")],
    *,
    title: Annotated[str, typer.Option(help="What it is called.")],
    organizer: Annotated[str, typer.Option(help="The mail address of the person it belongs to.")],
    starts: Annotated[datetime, typer.Option(formats=_LOCAL, help="By the local clock, such as 2027-04-22T09:00.")],
    ends: Annotated[datetime, typer.Option(formats=_LOCAL, help="By the local clock.")],
    timezone: Annotated[str, typer.Option(help="The event's own zone, such as Europe/Lisbon.")],
    venue: Annotated[str | None, typer.Option(help="Where it is.")] = None,
) -> None:
    """Make an event that belongs to this organizer, with one door."""
    settings = settings_of(context)
    zone = _zone(timezone)
    now = datetime.now(UTC)

    async def work(connection: Connection) -> Event:
        async with connection.transaction():
            owner = await people.allow_events(connection, email=organizer, now=now)
            event = await events.create_event(
                connection,
                owner_id=owner,
                slug=slug,
                title=title,
                starts_at=starts.replace(tzinfo=zone),
                ends_at=ends.replace(tzinfo=zone),
                timezone=timezone,
                venue=venue,
                now=now,
            )
            await doors.add_door(connection, event_id=event.id, name=FIRST_DOOR, now=now)
            return event

    event = with_connection(settings, work)
    Console(highlight=False).print(f"Made: {settings.public_url}/events/{event.slug}", soft_wrap=True)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputNotValid("timezone", "Use a time zone such as Europe/Lisbon.") from error
