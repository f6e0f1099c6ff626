"""`handsel invite`: mails everybody on an event's list their link and their ticket. It tells numbers, never who."""

import contextlib
from collections import Counter
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from server.cli.database import with_connection
from server.cli.named_event import find_named_event
from server.cli.options import settings_of
from server.cli.progress import progress_bar
from server.db import Connection
from server.invitations import operations as invitations
from server.invitations.models import Delivery, Forecast
from server.notifications.mail import MailNotSent, mailer_of
from server.settings import Settings


def invite(
    context: typer.Context,
    event: Annotated[str, typer.Argument(help="The word in the event's address, such as open-gardens-2027.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say how many would be mailed and mail nobody.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Also try addresses that were refused for good before.")
    ] = False,
) -> None:
    """Mail each address on the list its personal link and its tickets, once, however often this is run.

    One mail goes to each address; it lists all tickets that came to it. Run it again after another import, or when
    some could not be delivered: only those who have not been told are mailed. Exit codes: 0 done; 1 some could not be
    delivered, or nobody could be mailed.
    """
    settings = settings_of(context)
    console = Console(highlight=False, soft_wrap=True)
    if dry_run:
        console.print(_foreseen(with_connection(settings, lambda connection: _foresee(connection, event))))
        return
    counts = with_connection(settings, lambda connection: _send(connection, settings, event, again=again))
    console.print(_told(counts))
    if counts[Delivery.NOT_DELIVERED] or counts[Delivery.REFUSED]:
        raise typer.Exit(1)


async def _foresee(connection: Connection, slug: str) -> Forecast:
    return await invitations.foresee(connection, event=await find_named_event(connection, slug=slug))


async def _send(connection: Connection, settings: Settings, slug: str, *, again: bool) -> Counter[Delivery]:
    event = await find_named_event(connection, slug=slug)
    if again:
        await invitations.try_all_again(connection, event=event)
    secrets = settings.secrets()
    counts: Counter[Delivery] = Counter()
    waiting = await invitations.prepare_invitations(connection, event=event, secrets=secrets, now=datetime.now(UTC))
    with progress_bar() as progress:
        task = progress.add_task("Inviting", total=len(waiting))
        async with mailer_of(settings).batch() as deliver:
            sending = invitations.send_invitations(
                connection, event=event, waiting=waiting, deliver=deliver, secrets=secrets,
                public_url=settings.public_url, clock=lambda: datetime.now(UTC),
            )  # fmt: skip
            with contextlib.suppress(MailNotSent):
                async for became in sending:
                    counts[became] += 1
                    progress.advance(task)
    counts[Delivery.NOT_DELIVERED] += len(waiting) - counts.total()
    return counts


def _foreseen(forecast: Forecast) -> str:
    leaving = forecast.new + forecast.unsent
    parts = [f"{_mails(leaving)} would leave now", f"{_mails(forecast.sent)} left before"]
    if forecast.refused:
        parts.append(f"{forecast.refused} on the list have an address that was refused for good")
    if forecast.without_address:
        parts.append(f"{forecast.without_address} on the list have no address")
    return "; ".join(parts) + "."


def _told(counts: Counter[Delivery]) -> str:
    sentence = f"{_mails(counts[Delivery.SENT])} sent."
    if counts[Delivery.ELSEWHERE]:
        sentence += f" {_mails(counts[Delivery.ELSEWHERE])} sent by another run meanwhile."
    if counts[Delivery.REFUSED]:
        sentence += (
            f" {_mails(counts[Delivery.REFUSED])} refused for good, by address: whose says the Import page. They are "
            "not tried again before the list has another address, or you run this with --again."
        )
    if counts[Delivery.NOT_DELIVERED]:
        sentence += (
            f" {_mails(counts[Delivery.NOT_DELIVERED])} could not be delivered; check HANDSEL_SMTP_URL and run this "
            "again: only those are sent then."
        )
    return sentence


def _mails(number: int) -> str:
    return "1 mail" if number == 1 else f"{number} mails"
