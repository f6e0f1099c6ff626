"""Lists for tests: the example files, and small ones made on the spot."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from server.imports.models import ReadFile
from server.imports.reading import read_file

FILES = Path(__file__).parent / "files"


def example(name: str) -> ReadFile:
    """An example file as read."""
    return read_file((FILES / name).read_bytes())


def csv_text(rows: Iterable[Sequence[str]], *, delimiter: str = ",") -> str:
    """Rows as a spreadsheet program writes them."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def read(*rows: Sequence[str]) -> ReadFile:
    """A small comma-separated list as read; the first row is the header."""
    return read_file(csv_text(rows).encode())


def people(file: ReadFile) -> list[tuple[int, str | None, str, str | None, bool]]:
    """Line, id, name, address, and whether they cancelled, of everybody who was taken."""
    return [(row.line, row.external_id, row.name, row.email, row.is_cancelled) for row in file.rows]


def told(file: ReadFile) -> list[tuple[int | None, str]]:
    """The first sentence of each note, with its line."""
    return [(note.line, note.sentence.split(".")[0]) for note in file.notes]
