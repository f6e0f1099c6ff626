"""`handsel evening` makes an event's evening lists by hand, `handsel work` runs jobs in a process of their own.

Both tell numbers only, never who.
"""

import asyncio
import contextlib
import signal
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from server import logs
from server.cli.database import require_current, running_database, with_connection
from server.cli.named_event import find_named_event
from server.cli.options import settings_of
from server.db import Connection, open_pool
from server.errors import InputNotValid
from server.evening import making
from server.events.models import DAY_BREAKS_AT, Event
from server.notifications.mail import mailer_of
from server.settings import Settings


def evening(
    context: typer.Context,
    event: Annotated[str, typer.Argument(help="The word in the event's address, such as demo.")],
    *,
    at: Annotated[
        str | None,
        typer.Option(help="As if it were then: 2027-04-22T19:30, with a zone or by the event's clock; or 19:30."),
    ] = None,
) -> None:
    """Make the evening lists now, as if their hour had come. Doing it again changes nothing."""
    console = Console(highlight=False)
    progress = Progress(TextColumn("Evening lists"), BarColumn(), MofNCompleteColumn(), console=console)

    async def work(connection: Connection) -> tuple[Event, date, dict[int, int]]:
        found = await find_named_event(connection, slug=event)
        day, then = _moment(found, at, now=datetime.now(UTC))
        with progress:
            bar = progress.add_task("", total=None)
            async for made, total in making.make_in_batches(connection, event=found, day=day, now=then):
                progress.update(bar, advance=made, total=total)
            progress.update(bar, total=progress.tasks[bar].completed)
        return found, day, await making.count_lists(connection, event=found, day=day)

    found, day, lists = with_connection(settings_of(context), work)
    console.print(f"Evening of {day:%-d %B %Y}, {found.title}: {_people(sum(lists.values()))}.", markup=False)
    for number, people in sorted(lists.items(), reverse=True):
        console.print(f"  {_suggestions(number)}: {_people(people)}")


def work(context: typer.Context) -> None:
    """Run the jobs here, apart from the server, until Ctrl-C. Any number may run beside each other."""
    settings = settings_of(context)
    logs.configure(settings.log_level)
    console = Console(highlight=False)
    with running_database(settings) as dsn:
        asyncio.run(_work(settings, dsn, console))
    console.print("Handsel has stopped working.")


async def _work(settings: Settings, dsn: str, console: Console) -> None:
    from server.jobs.kinds import Post
    from server.jobs.notices import post_office
    from server.jobs.working import Jobs
    from server.worker import Worker

    pool = await open_pool(dsn, size=8)
    secrets, mailer = settings.secrets(), mailer_of(settings)

    def clock() -> datetime:
        return datetime.now(UTC)

    async with pool, post_office(pool, mailer=mailer, secrets=secrets, settings=settings, clock=clock) as office:
        async with pool.acquire() as connection:
            await require_current(connection)
        jobs = Jobs(pool, clock, secrets, Post(mailer, settings.public_url), office=office)
        worker = Worker(dsn, jobs)
        loop = asyncio.get_running_loop()
        for ending in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):  # where there are no signals, Ctrl-C interrupts instead
                loop.add_signal_handler(ending, worker.leave)
        console.print("Working on jobs. Ctrl-C ends it.")
        await worker.run()


def _moment(event: Event, at: str | None, *, now: datetime) -> tuple[date, datetime]:
    """The day whose lists are meant, and the instant to make them at: never before that day's evening hour."""
    instant = now if at is None else _read(event, at, now=now)
    day = making.evening_day(event, instant)
    starts_at = event.evening_starts_at(day)
    if instant >= starts_at:
        return day, instant
    if at is None:
        return day, starts_at
    raise InputNotValid(
        "at",
        f"That is before the evening of {day:%-d %B}, which begins at {event.evening_at:%H:%M}. Choose a later time.",
    )


def _read(event: Event, at: str, *, now: datetime) -> datetime:
    zone = ZoneInfo(event.timezone)
    with contextlib.suppress(ValueError):
        clock = time.fromisoformat(at)
        today = event.day_of(now)
        on = today if clock >= DAY_BREAKS_AT else today + timedelta(days=1)
        return datetime.combine(on, clock, zone).astimezone(UTC)
    try:
        instant = datetime.fromisoformat(at)
    except ValueError as error:
        raise InputNotValid("at", "Write the time like 2027-04-22T19:30, or 19:30 for today.") from error
    return (instant if instant.tzinfo else instant.replace(tzinfo=zone)).astimezone(UTC)


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def _suggestions(number: int) -> str:
    return {0: "Nothing to do", 1: "1 suggestion"}.get(number, f"{number} suggestions")
