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
