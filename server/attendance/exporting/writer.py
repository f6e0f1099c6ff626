"""Writes an export in a process of its own, started by `server.attendance.exporting.making`: a hundred thousand lines
keep no door waiting. It is told everything over its standard input, and knows no key and no database.
"""

import csv
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TextIO
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from server.attendance.exporting.models import ExportFormat, Layout
from server.cells import is_like_a_formula, safe
from server.traces import places

#: Beside whatever answers people.
_NICENESS = 10
#: A sheet ends at 1,048,576 rows; what does not fit goes on in the next one.
_LINES_IN_A_SHEET = 1_000_000
_WIDTH = 22
_PIECE = 1 << 16

Told = list[str | None]


class _Writes(Protocol):
    def __call__(self, layout: Layout, lines: Iterable[Told], path: Path) -> None: ...


def main() -> None:
    """Reads the layout and then one line of JSON for each line. Answers `done` with the length, and the file.

    A failure is one line too: where it happened, without its words, which could be somebody's.
    """
    answer = sys.stdout.buffer
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    try:
        _write(sys.stdin, answer)
    except BrokenPipeError:
        os._exit(1)  # nobody waits for it any more, so there is nothing to be tidied up or told
    except Exception as error:  # noqa: BLE001 - told without its text
        told = {"kind": type(error).__name__, "places": places(error)}
        answer.write(b"failed %s\n" % json.dumps(told).encode())
        answer.flush()
        sys.exit(1)


def write_csv(layout: Layout, lines: Iterable[Told], path: Path) -> None:
    """Every cell quoted; UTF-8 with the mark by which spreadsheet programs know it; instants with their offset."""
    zone = ZoneInfo(layout.timezone)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        cells = csv.writer(file, quoting=csv.QUOTE_ALL)
        cells.writerow(layout.headings)
        for line in lines:
            cells.writerow(
                [
                    _instant(cell, zone).isoformat() if place in layout.times and cell else safe(cell or "")
                    for place, cell in enumerate(line)
                ]
            )


def write_xlsx(layout: Layout, lines: Iterable[Told], path: Path) -> None:
    """Every cell is of the type text or date, so nothing is worked out; what is like a formula is marked as text too,
    which holds when the cell is edited.
    """
    zone = ZoneInfo(layout.timezone)
    book = xlsxwriter.Workbook(
        path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "tmpdir": path.parent}
    )
    head = book.add_format({"bold": True})
    plain = book.add_format({"num_format": "@", "quote_prefix": True})
    time = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    sheet: Worksheet | None = None
    for number, line in enumerate(lines):
        row = number % _LINES_IN_A_SHEET + 1
        if sheet is None or row == 1:
            sheet = _new_sheet(book, layout, head)
        for place, cell in enumerate(line):
            if not cell:
                continue
            if place in layout.times:
                sheet.write_datetime(row, place, _instant(cell, zone).replace(tzinfo=None), time)
            else:
                _write_text(sheet, row, place, cell, plain)
    if sheet is None:
        _new_sheet(book, layout, head)
    book.close()


def _write_text(sheet: Worksheet, row: int, place: int, text: str, plain: Format) -> None:
    """The text as it is. One that looks like the library's own marked-up text is given to it in two pieces: as a whole
    it would go into the sheet unescaped, where it could spoil the file or be a formula.
    """
    if text.startswith("<r>") and text.endswith("</r>"):
        sheet.write_rich_string(row, place, text[:1], plain, text[1:])
    elif is_like_a_formula(text):
        sheet.write_string(row, place, text, plain)
    else:
        sheet.write_string(row, place, text)


_WRITES: dict[ExportFormat, _Writes] = {ExportFormat.CSV: write_csv, ExportFormat.XLSX: write_xlsx}


def _write(told: TextIO, answer: BinaryIO) -> None:
    layout = _layout(json.loads(told.readline()))
    with tempfile.TemporaryDirectory(prefix="handsel-export-") as folder:
        path = Path(folder) / "file"
        _WRITES[layout.format](layout, _lines(told), path)
        answer.write(b"done %d\n" % path.stat().st_size)
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                answer.write(piece)
        answer.flush()


def _lines(told: TextIO) -> Iterator[Told]:
    """Every line until the one that says the end. Raises `EOFError` where it is missing: the rest was not told."""
    for line in told:
        cells = json.loads(line)
        if cells is None:
            return
        yield cells
    raise EOFError


def _layout(told: dict[str, Any]) -> Layout:
    return Layout(
        ExportFormat(told["format"]), told["title"], tuple(told["headings"]), tuple(told["times"]), told["timezone"]
    )


def _instant(cell: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(cell).astimezone(zone).replace(microsecond=0)


def _new_sheet(book: Any, layout: Layout, head: Any) -> Worksheet:
    number = len(book.worksheets()) + 1
    sheet: Worksheet = book.add_worksheet(layout.title if number == 1 else f"{layout.title} {number}")
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(layout.headings) - 1, _WIDTH)
    sheet.write_row(0, 0, layout.headings, head)
    return sheet


if __name__ == "__main__":
    main()
