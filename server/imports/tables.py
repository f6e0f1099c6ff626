"""From the text of a CSV file to its header and rows, each row with the line of the file on which it begins.

Knows commas, semicolons and tabs, quoted line breaks and Excel's `sep=` line; refuses to guess where a row
ends.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from server.imports.errors import EmptyFile, QuotesDoNotPair

#: In the order that decides a tie, which only a one-column file has.
DELIMITERS = (",", ";", "\t")

#: Rows looked at to tell the delimiter.
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `line` counts from 1 as an editor does, also within quoted line breaks."""

    line: int
    cells: list[str]
    #: False where a quotation mark inside a value is not doubled; `cells` is then empty.
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """The header row, and the rows beneath it that are not blank; read once, as they are asked for."""

    header: list[str]
    rows: Iterator[Row]
    delimiter: str


def read_table(text: str) -> Table:
    """Header and rows of `text`. Raises `EmptyFile` when there is no header.

    Reading on from `rows` raises `QuotesDoNotPair` where a quotation mark swallows lines.
    """
    named, skipped = _named_delimiter(text)
    delimiter = named or _likely_delimiter(text)
    rows = _rows(text, delimiter, skipped=skipped)
    first = next(rows, None)
    if first is None:
        raise EmptyFile
    if not first.is_whole:
        raise QuotesDoNotPair(first.line)
    return Table([cell.strip() for cell in first.cells], rows, delimiter)


def _named_delimiter(text: str) -> tuple[str | None, int]:
    """What Excel's own first line `sep=;` says, and how many lines that takes."""
    line = text.partition("\n")[0].strip('\r\n"')
    is_named = len(line) == len("sep=;") and line.lower().startswith("sep=")
    return (line[-1], 1) if is_named else (None, 0)


def _likely_delimiter(text: str) -> str:
    """The one under which most of the first rows are as wide as the header, and the header is widest."""
    return max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter))


def _fit(text: str, delimiter: str) -> tuple[bool, float, int]:
    try:
        rows = list(islice(_rows(text, delimiter, skipped=0), _LOOKED_AT))
    except QuotesDoNotPair:
        rows = []
    widths = Counter(len(row.cells) for row in rows)
    width = len(rows[0].cells) if rows else 0
    agreeing = widths[width] / len(rows) if rows else 0.0
    return width > 1, agreeing, width


def _rows(text: str, delimiter: str, *, skipped: int) -> Iterator[Row]:
    """All rows that are not blank, the header first."""
    lines = io.StringIO(text, newline="")
    for _ in range(skipped):
        lines.readline()
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        before = reader.line_num
        line = skipped + before + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            # A quotation mark that swallowed line breaks makes every later row a guess; within one line it
            # does not.
            if reader.line_num > before + 1:
                raise QuotesDoNotPair(line) from error
            yield Row(line, [], is_whole=False)
            continue
        if any(cell.strip() for cell in cells):
            yield Row(line, cells)
