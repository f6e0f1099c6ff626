"""`handsel events`: makes events from the terminal, and lets go of what was kept for them."""

from datetime import UTC, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
from rich.console import Console

from server.cli.database import with_connection
from server.cli.named_event import find_named_event
from server.cli.options import settings_of
from server.db import Connection
from server.doors.places import operations as doors
from server.errors import InputNotValid
from server.events import operations as events
from server.events.models import KEPT_DAYS, Event
from server.people import operations as people
from server.retention import operations as retention
from server.retention.models import Gone

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
    keep_days: Annotated[
        int, typer.Option(help="Days after its end until what was kept for the day goes; see docs/retention.md.")
    ] = KEPT_DAYS,
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
            await retention.keep_for(connection, event_id=event.id, days=keep_days)
            await doors.add_door(connection, event_id=event.id, name=FIRST_DOOR, now=now)
            return event

    event = with_connection(settings, work)
    Console(highlight=False).print(f"Made: {settings.public_url}/organize/{event.slug}/set-up", soft_wrap=True)


@group.command("keep")
def keep(
    context: typer.Context,
    event: Annotated[str, typer.Argument(help="The word in the event's address, such as demo.")],
    days: Annotated[int, typer.Argument(help="Days after its end, from 1 to 730.")],
) -> None:
    """Say how long an event is kept after its end; see docs/retention.md."""

    async def work(connection: Connection) -> Event:
        found = await find_named_event(connection, slug=event)
        await retention.keep_for(connection, event_id=found.id, days=days)
        return found

    found = with_connection(settings_of(context), work)
    Console(highlight=False).print(f"Kept until {_kept_until(found, days):%-d %B %Y}.")


@group.command("age")
def age(
    context: typer.Context,
    event: Annotated[str, typer.Argument(help="The word in the event's address, such as demo.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    early: Annotated[bool, typer.Option("--early", help="Also if its time to be kept is not over.")] = False,
) -> None:
    """Let go now of what was kept for the day of an event; a job does so by itself when its time is over.

    People keep their relationships, notes and promises; see docs/retention.md.
    """
    now = datetime.now(UTC)

    async def work(connection: Connection) -> list[Gone]:
        found = await find_named_event(connection, slug=event)
        if dry_run:
            return await retention.foresee(connection, event_id=found.id, now=now)
        await retention.require_old(connection, event_id=found.id, now=now, early=early)
        return await retention.age(connection, event_id=found.id, now=now)

    gone = with_connection(settings_of(context), work)
    console = Console(highlight=False)
    console.print("This would go:" if dry_run else "Gone:")
    for each in gone:
        console.print(f"{each.number:>9} {each.what}")


def _kept_until(event: Event, days: int) -> datetime:
    return (event.ends_at + timedelta(days=days)).astimezone(ZoneInfo(event.timezone))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputNotValid("timezone", "Use a time zone such as Europe/Lisbon.") from error
