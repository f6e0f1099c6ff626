"""`handsel mail`: shows what stands in the outbox folder, where mail goes while no SMTP server is set."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from server.cli.options import settings_of
from server.start_up import StartUpError

NEWEST = 10


class NoMail(StartUpError):
    """There is nothing to show."""


def mail(
    context: typer.Context,
    *,
    last: Annotated[bool, typer.Option("--last", help="Show the newest mail whole.")] = False,
) -> None:
    """Show the newest mails of the outbox folder, or the very newest whole."""
    settings = settings_of(context)
    if settings.smtp_url is not None:
        raise NoMail("Mail leaves by SMTP (HANDSEL_SMTP_URL), so none is kept here.")
    files = sorted(settings.outbox.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    if not files:
        raise NoMail(f"No mail has been sent yet (the outbox folder is {settings.outbox}).")
    console = Console(highlight=False)
    if last:
        _show(console, _read(files[0]))
    else:
        console.print(_list(files[:NEWEST]))


def _read(file: Path) -> EmailMessage:
    message = message_from_bytes(file.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what this policy makes
    return message


def _show(console: Console, message: EmailMessage) -> None:
    body = message.get_body(("plain",))
    for name in ("To", "Subject", "Date"):
        console.print(Text(f"{name}: ", style="dim") + Text(str(message[name] or "")), soft_wrap=True)
    console.print()
    # Whole lines, so that a link can be opened from the terminal.
    console.print(Text(body.get_content() if body is not None else ""), soft_wrap=True)


def _list(files: list[Path]) -> Table:
    table = Table("Date", "To", "Subject", box=None, header_style="dim")
    for message in map(_read, files):
        table.add_row(*(Text(str(message[name] or "")) for name in ("Date", "To", "Subject")))
    return table
