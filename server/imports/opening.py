"""From the bytes of a list to its header and rows, be it a text or a spreadsheet."""

from collections.abc import Iterator
from dataclasses import dataclass

from server.imports.decoding import decode
from server.imports.errors import FileTooLarge
from server.imports.tables import Row, read_table
from server.imports.workbooks import is_workbook, read_sheet

#: 20,000 rows of a wide export take about 12 MB as text.
MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class OpenList:
    """Header and rows, the rows to be read once. `encoding` says how the letters are written, for the organizer;
    `guessed` is the same where it was inferred. `sheet` and `sheets` are set for a spreadsheet.
    """

    header: list[str]
    rows: Iterator[Row]
    encoding: str
    guessed: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()


def open_list(data: bytes, *, sheet: str | None, most_rows: int) -> OpenList:
    """The list in these bytes. Raises a `FileNotReadable`."""
    if len(data) > MOST_BYTES:
        raise FileTooLarge(len(data) // (1024 * 1024), MOST_BYTES // (1024 * 1024))
    if is_workbook(data):
        read = read_sheet(data, name=sheet, most_rows=most_rows)
        return OpenList(read.header, read.rows, "spreadsheet", None, read.name, read.all_names)
    text = decode(data)
    table = read_table(text.characters)
    return OpenList(table.header, table.rows, text.encoding, text.encoding if text.is_guess else None)
