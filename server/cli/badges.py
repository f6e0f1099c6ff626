"""`handsel badges`: the badges of an event as a PDF to print. The file opens cards, so only its owner may read it.

It counts badges; only names that no font has are shown, since somebody must write those by hand.
"""

import os
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from server.cli.database import with_connection
from server.cli.named_event import find_named_event
from server.cli.options import settings_of
from server.cli.progress import progress_bar
from server.db import Connection
from server.settings import Settings
from server.sheets.errors import NothingToPrint
from server.sheets.formats import FORMATS, FormatName
from server.sheets.models import BadgesWanted, NotPrintable, SheetOrder, Sheets
from server.start_up import StartUpError

_FORMATS = "; ".join(f"{name}: {each.title}" for name, each in FORMATS.items())


class FileNotWritable(StartUpError):
    """The PDF cannot be put where it was asked for. Nothing counts as printed."""

    def __init__(self, file: Path, error: OSError) -> None:
        super().__init__(
            f"The file {file} cannot be written ({error.strerror}), so nothing was printed: name another with -o."
        )


class FileNotFinished(StartUpError):
    """The disk filled up, or went away, after the print was logged."""

    def __init__(self, file: Path, error: OSError) -> None:
        super().__init__(
            f"The file {file} could not be finished ({error.strerror}). Its badges count as printed all the same: "
            "make room and run this again without --only-new."
        )


def badges(
    context: typer.Context,
    event: Annotated[str, typer.Argument(help="The word in the event's address, such as open-gardens-2027.")],
    *,
    output: Annotated[Path, typer.Option("-o", "--output", dir_okay=False, help="The PDF to write.")],
    paper: Annotated[FormatName, typer.Option("--format", help=f"The paper. {_FORMATS}.")] = FormatName.A4_63X38,
    only_new: Annotated[bool, typer.Option("--only-new", help="Only badges that were never printed.")] = False,
    walk_ins: Annotated[
        bool, typer.Option("--walk-ins", help="Only badges of people registered on the spot, never printed.")
    ] = False,
    outlines: Annotated[
        bool,
        typer.Option("--outlines", help="One page of made-up badges with the labels' outlines, to see if it fits."),
    ] = False,
    order: Annotated[SheetOrder, typer.Option(help="By name, or by kind of ticket and then name.")] = SheetOrder.NAME,
) -> None:
    """Write an event's badges to a PDF, to be printed at 100 % (not "fit to page").

    Printing is not checking in. It is logged, and attendees may see the log. Reissued badges print their new code.
    With --outlines nobody's badge is printed and nothing logged: hold the page against the labels.
    Exit codes: 0 done; 1 nothing printed, or some names cannot be written with the fonts here (they are listed).
    """
    settings = settings_of(context)
    console = Console(highlight=False, soft_wrap=True)
    _warn_of_localhost(settings)
    wanted = _wanted(only_new=only_new, walk_ins=walk_ins, outlines=outlines)
    file = _beside(output)
    try:
        made = with_connection(
            settings, lambda connection: _made(connection, settings, event, paper=paper, order=order, wanted=wanted)
        )
        _finish(file, output, made.pdf)
    except NothingToPrint as refusal:
        show_left_out(console, refusal.left_out)
        raise
    finally:
        with suppress(OSError):
            file.unlink(missing_ok=True)
    show_left_out(console, made.left_out)
    console.print(summary(made, output, paper, is_test=outlines), markup=False)
    if made.left_out:
        raise typer.Exit(1)


def _wanted(*, only_new: bool, walk_ins: bool, outlines: bool) -> BadgesWanted:
    if outlines:
        return BadgesWanted.NOBODYS
    if walk_ins:
        return BadgesWanted.NEW_WALK_INS
    return BadgesWanted.NEW if only_new else BadgesWanted.ALL


def _beside(output: Path) -> Path:
    """A file of its owner's alone in the folder of `output`: what cannot be written is known before it is logged."""
    try:
        if output.exists() and not os.access(output, os.W_OK):
            raise PermissionError(13, "Permission denied")
        descriptor, name = tempfile.mkstemp(prefix=f".{output.name}.", dir=output.parent)
    except OSError as error:
        raise FileNotWritable(output, error) from error
    os.close(descriptor)
    return Path(name)


def _finish(file: Path, output: Path, pdf: bytes) -> None:
    try:
        file.write_bytes(pdf)
        file.replace(output)
    except OSError as error:
        raise FileNotFinished(output, error) from error


async def _made(
    connection: Connection, settings: Settings, slug: str, *, paper: FormatName, order: SheetOrder, wanted: BadgesWanted
) -> Sheets:
    from server.sheets.by_host import print_badges  # its libraries take longer to load than other commands to run

    event = await find_named_event(connection, slug=slug)
    with progress_bar() as progress:
        task = progress.add_task("Drawing", total=None)
        return await print_badges(
            connection,
            event_id=event.id,
            wanted=wanted,
            format_name=paper,
            order=order,
            secrets=settings.secrets(),
            public_url=settings.public_url,
            now=datetime.now(UTC),
            begin=lambda badges: progress.update(task, total=badges),
            progress=lambda badges: progress.advance(task, badges),
        )


def _warn_of_localhost(settings: Settings) -> None:
    if urlsplit(settings.public_url).hostname in {"localhost", "127.0.0.1", "::1"}:
        Console(stderr=True, highlight=False, soft_wrap=True).print(
            f"These codes lead to {settings.public_url}, which only this machine can open. Before you print for an "
            "event, give the address people will use with --public-url.",
            style="yellow",
            markup=False,
        )


def show_left_out(console: Console, left_out: tuple[NotPrintable, ...]) -> None:
    """A table of the names that cannot be written; nothing when there is none."""
    if not left_out:
        return
    table = Table("Not printed", "No font here has", box=None, header_style="dim")
    for each in left_out:
        table.add_row(Text(each.name), Text(each.signs))
    console.print(table)


def summary(made: Sheets, output: Path, paper: FormatName, *, is_test: bool) -> str:
    """What came of it."""
    if is_test:
        return f"A test sheet in {output} ({FORMATS[paper].title}). Print at 100 % and hold it against the labels."
    sentence = f"{_badges(made.printed)} on {_pages(made.pages)} in {output} ({FORMATS[paper].title}). Print at 100 %."
    if made.shortened:
        sentence += f" {_badges(made.shortened)} printed without a symbol or line that no font here has."
    if made.left_out:
        sentence += f" {_badges(len(made.left_out))} not printed; write those by hand."
    return sentence


def _badges(number: int) -> str:
    return "1 badge" if number == 1 else f"{number} badges"


def _pages(number: int) -> str:
    return "1 page" if number == 1 else f"{number} pages"
