"""Reads a spreadsheet in a process of its own, which `server.imports.workbooks` starts.

A spreadsheet is a packed file that anybody may have made. A small one can unpack to more than the machine holds, or
place two cells so far apart that everything between them fills the memory; here only this process ends. Nothing is
opened before its unpacked size is known. It prints JSON lines, and no traceback: its words could be somebody's.
"""

import io
import json
import sys
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice

import python_calamine

#: A workbook of 20,000 people with 40 columns unpacks to about 80 MB.
MOST_UNPACKED = 300 * 1024 * 1024
MOST_PARTS = 5_000
#: What this process may hold, and how long it may reckon (bytes, seconds). The list itself takes a fraction of both.
MOST_MEMORY = 1536 * 1024 * 1024
MOST_SECONDS = 60

_ZIP = b"PK\x03\x04"
_PIECE = 1024 * 1024


class NotOpened(Exception):
    """Holds the word for why, known to `server.imports.workbooks`."""


def main() -> None:
    """In come a line of JSON with the sheet wanted (or null) and the most rows, then the file; out come its rows."""
    _set_limits()
    wanted, most_rows = json.loads(sys.stdin.buffer.readline())
    try:
        for line in _lines(sys.stdin.buffer.read(), wanted, most_rows):
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    except NotOpened as reason:
        sys.stdout.write(json.dumps({"refused": str(reason)}) + "\n")
    except python_calamine.PasswordError:
        sys.stdout.write(json.dumps({"refused": "protected"}) + "\n")
    except (python_calamine.CalamineError, zipfile.BadZipFile, zlib.error, ValueError, OSError):
        sys.stdout.write(json.dumps({"refused": "unreadable"}) + "\n")
    except MemoryError:
        sys.stdout.write(json.dumps({"refused": "too large"}) + "\n")


def _set_limits() -> None:
    try:
        import resource
    except ImportError:  # Windows has none; there the size alone is checked
        return
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _lines(data: bytes, wanted: str | None, most_rows: int) -> Iterator[object]:
    if data.startswith(_ZIP) and _unpacks_to_too_much(data):
        raise NotOpened("too large")
    workbook = python_calamine.load_workbook(io.BytesIO(data))
    names = list(workbook.sheet_names)
    if not names:
        raise NotOpened("unreadable")
    if wanted is not None and wanted not in names:
        yield {"sheets": names, "sheet": None}
        return
    name = names[0] if wanted is None else wanted
    yield {"sheets": names, "sheet": name}
    rows = ((number, cells) for number, cells in enumerate(workbook.get_sheet_by_name(name).iter_rows(), 1))
    filled = ((number, texts) for number, cells in rows if any(texts := [text_of(cell) for cell in cells]))
    # The header is one more, and one too many tells that there are too many.
    yield from islice(filled, most_rows + 2)


def _unpacks_to_too_much(data: bytes) -> bool:
    """What the parts say of their own size is not believed: each is unpacked, a piece at a time, and forgotten."""
    left = MOST_UNPACKED
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = packed.infolist()
    if len(parts) > MOST_PARTS:
        return True
    for part in parts:
        start = part.header_offset
        named = int.from_bytes(data[start + 26 : start + 28], "little")
        extra = int.from_bytes(data[start + 28 : start + 30], "little")
        body = memoryview(data)[start + 30 + named + extra :][: part.compress_size]
        if part.compress_type == zipfile.ZIP_STORED:
            left -= len(body)
        elif part.compress_type == zipfile.ZIP_DEFLATED:
            for size in _unpacked(body):
                left -= size
                if left < 0:
                    return True
        else:
            raise zipfile.BadZipFile
        if left < 0:
            return True
    return False


def _unpacked(body: memoryview) -> Iterator[int]:
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    piece: bytes | memoryview = body
    while piece and not unpacking.eof:
        size = len(unpacking.decompress(piece, _PIECE))
        yield size
        piece = unpacking.unconsumed_tail


def text_of(cell: object) -> str:
    """A cell as people see it: a number without the `.0` it is kept with, a day without its midnight."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime):
        is_day = cell.time() == time()
        return cell.date().isoformat() if is_day else cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


if __name__ == "__main__":
    main()
