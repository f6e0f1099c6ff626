"""`handsel import`: brings a list of attendees into an event, and says all there is to say about its rows.

Shows lines, columns and reasons, never what stands in a row: terminals are looked over and logged.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from server.cli.column_uses import USES, MapNotUnderstood, choosing, read_maps
from server.cli.database import with_connection
from server.cli.named_event import NoSuchEvent, find_named_event
from server.cli.options import settings_of
from server.cli.progress import progress_bar
from server.db import Connection
from server.imports.bringing.on_the_spot import import_on_the_spot, remembered_uses
from server.imports.errors import FileNotReadable, HeaderNotRecognised, RowsNotReadable
from server.imports.mapping import ColumnUse
from server.imports.models import BadRow, ImportReport, Note, ReadFile
from server.imports.reading import read_file
from server.imports.uploads.models import ImportWay
from server.imports.uploads.operations import shown_name

#: Exit codes beside 0; `handsel import --help` names them.
NOTHING_IMPORTED = 1
NOT_READABLE = 2

#: So many kinds of remarks, and so many lines for each, are shown; the rest is counted.
MOST_NOTES = 20
MOST_LINES = 12


def import_list(
    context: typer.Context,
    event: Annotated[str, typer.Argument(help="The word in the event's address, such as open-gardens-2027.")],
    file: Annotated[
        Path,
        typer.Argument(exists=True, dir_okay=False, readable=True, help="The list as it was exported: XLSX, ODS, CSV."),
    ],
    *,
    maps: Annotated[
        list[str] | None,
        typer.Option("--map", help=f'What a column holds, as in "Badge name=name". Uses: {", ".join(USES)}.'),
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet of a spreadsheet; the first one without it.")] = None,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Leave out rows that cannot be read.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen and store nothing.")] = False,
) -> None:
    """Bring a list of attendees into an event: exports of pretix, Eventbrite, Indico, Hi.Events and Luma, or any list
    with names.

    The same list can be imported again: people are recognised, and nothing is done twice. What columns were used for
    is remembered for the event's next list of that shape. Exit codes: 0 done;
    1 nothing imported because some rows are bad; 2 the event or the file could not be found or read.
    """
    console = Console(highlight=False)
    try:
        wanted = _Wanted(file, sheet, read_maps(maps or ()), skip_bad=skip_bad, dry_run=dry_run)
        read, report = _bring_in(context, event, wanted, console)
    except RowsNotReadable as refusal:
        show_bad_rows(console, refusal.bad_rows)
        _say(f"{refusal.message} To leave them out, add --skip-bad.")
        raise typer.Exit(NOTHING_IMPORTED) from None
    except HeaderNotRecognised as refusal:
        named = ", ".join(each.heading for each in refusal.columns)
        _say(f'{refusal.message} The list has: {named}. Say it with --map, as in --map "Column=name".')
        raise typer.Exit(NOT_READABLE) from None
    except (FileNotReadable, NoSuchEvent, MapNotUnderstood) as refusal:
        _say(refusal.message)
        raise typer.Exit(NOT_READABLE) from None
    except OSError as error:
        _say(f"The list cannot be read ({error.strerror}).")
        raise typer.Exit(NOT_READABLE) from None
    show_bad_rows(console, read.bad_rows)
    console.print(summary(read, report, dry_run=dry_run), soft_wrap=True)
    if report.added and not dry_run:
        console.print(f"To mail everybody their link and ticket: handsel invite {event}", soft_wrap=True, markup=False)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was typed."""

    path: Path
    sheet: str | None
    maps: dict[str, ColumnUse]
    skip_bad: bool
    dry_run: bool


def _bring_in(context: typer.Context, slug: str, wanted: _Wanted, console: Console) -> tuple[ReadFile, ImportReport]:
    settings = settings_of(context)
    now = datetime.now(UTC)

    async def work(connection: Connection) -> tuple[ReadFile, ImportReport]:
        event = await find_named_event(connection, slug=slug)
        choose = choosing(await remembered_uses(connection, event_id=event.id), wanted.maps)
        with Console(stderr=True).status("Reading the list"):
            read = read_file(wanted.path.read_bytes(), sheet=wanted.sheet, choose=choose)
        show_notes(console, read.notes)
        with progress_bar() as progress:
            task = progress.add_task("Importing", total=len(read.rows))
            report = await import_on_the_spot(
                connection,
                event_id=event.id,
                file=read,
                way=ImportWay.COMMAND_LINE,
                file_name=shown_name(wanted.path.name),
                skip_bad=wanted.skip_bad,
                secrets=settings.secrets(),
                now=now,
                progress=lambda rows: progress.advance(task, rows),
                dry_run=wanted.dry_run,
            )
        show_notes(console, report.notes)
        return read, report

    return with_connection(settings, work)


def show_bad_rows(console: Console, bad_rows: Sequence[BadRow]) -> None:
    """A table of every bad row; nothing when there is none."""
    if not bad_rows:
        return
    table = Table("Line", "Column", "Why it cannot be imported", box=None, header_style="dim")
    for bad in bad_rows:
        table.add_row(str(bad.line), Text(bad.column), bad.reason)
    console.print(table)


def show_notes(console: Console, notes: Sequence[Note]) -> None:
    """What else the organizer should know, the same remark once with all its lines."""
    lines: defaultdict[str, list[int]] = defaultdict(list)
    for note in notes:
        lines[note.sentence] += [] if note.line is None else [note.line]
    for sentence, at in list(lines.items())[:MOST_NOTES]:
        console.print(Text(f"{_where(at)}{sentence}"), soft_wrap=True)
    if len(lines) > MOST_NOTES:
        console.print(f"And {len(lines) - MOST_NOTES} more remarks of this kind.")


def _where(lines: Sequence[int]) -> str:
    if not lines:
        return ""
    shown = ", ".join(map(str, lines[:MOST_LINES]))
    more = f" and {len(lines) - MOST_LINES} more" if len(lines) > MOST_LINES else ""
    return f"Line{'s' if len(lines) > 1 else ''} {shown}{more}: "


def summary(read: ReadFile, report: ImportReport, *, dry_run: bool) -> str:
    """One sentence on what happened, or would have."""
    parts = [f"{report.added} added", f"{report.updated - report.cancelled} updated", f"{report.unchanged} unchanged"]
    if report.cancelled:
        parts.insert(2, f"{report.cancelled} cancelled")
    if report.skipped:
        parts.append(f"{_rows(report.skipped)} left out")
    if report.bad:
        parts.append(f"{_rows(report.bad, 'bad ')} left out")
    start = f"Read as {read.system}. " + ("This would happen: " if dry_run else "Imported: ")
    return start + ", ".join(parts) + (". Nothing was stored." if dry_run else ".")


def _rows(count: int, kind: str = "") -> str:
    return f"{count} {kind}{'row' if count == 1 else 'rows'}"


def _say(sentence: str) -> None:
    Console(stderr=True, highlight=False, soft_wrap=True).print(sentence, style="red", markup=False)
