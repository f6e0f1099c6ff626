"""From the bytes of a spreadsheet (XLSX, ODS, older ones) to its header and rows. Reads one sheet, and no formula.

It is opened by a process of its own that may hold and take only so much, see `server.imports.opener`.
"""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import server
from server.imports.errors import (
    EmptyFile,
    SheetNotFound,
    WorkbookNotReadable,
    WorkbookProtected,
    WorkbookTooLarge,
)
from server.imports.tables import Row

#: ZIP (xlsx, xlsb, ods) and the older Office container (xls, or an xlsx with a password).
_BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

#: Seconds after which the opener is ended from outside; it ends itself after as many of its own reckoning.
_PATIENCE = 120

_REFUSALS = {"protected": WorkbookProtected, "too large": WorkbookTooLarge, "unreadable": WorkbookNotReadable}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, the names of all, its header, and the rows beneath it that are not blank.

    A row's `line` is its number in the sheet, as the spreadsheet shows it.
    """

    name: str
    all_names: tuple[str, ...]
    header: list[str]
    rows: Iterator[Row]


def is_workbook(data: bytes) -> bool:
    """Whether these bytes begin as a spreadsheet does."""
    return data.startswith(_BEGINNINGS)


def read_sheet(data: bytes, *, name: str | None, most_rows: int) -> Sheet:
    """The sheet of this name, or the first one, with one row more than `most_rows` at most.

    Raises `WorkbookNotReadable`, `WorkbookProtected`, `WorkbookTooLarge`, `SheetNotFound` or `EmptyFile`. Blocks
    while the file is opened.
    """
    lines = iter(io.BytesIO(_opened(data, name, most_rows)))
    first = json.loads(next(lines, b'{"refused": "too large"}'))
    if "refused" in first:
        raise _REFUSALS[first["refused"]]
    if first["sheet"] is None:
        raise SheetNotFound(tuple(first["sheets"]))
    rows = (Row(number, cells) for number, cells in map(json.loads, lines))
    header = next(rows, None)
    if header is None:
        raise EmptyFile
    return Sheet(first["sheet"], tuple(first["sheets"]), [cell.strip() for cell in header.cells], rows)


def _opened(data: bytes, name: str | None, most_rows: int) -> bytes:
    """What the opener printed. One that was ended for what it took has printed nothing, or not all: then it is none."""
    wanted = json.dumps([name, most_rows]).encode() + b"\n"
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "server.imports.opener"],
            input=wanted + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(Path(server.__file__).parent.parent), "PYTHONIOENCODING": "utf-8:backslashreplace"},
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return b""
    return ended.stdout if ended.returncode == 0 else b""
