"""The ZIP file of an export, written as it grows: nothing of it is held whole. Paths in it are made here alone."""

import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import IO

from server.contacts.card_file import CardFile, FileNames

README = "README.txt"
DATA = "handsel.json"
CONTACTS = "contacts"


class Archive:
    """Takes the parts in the order in which they are given; at most one is open at a time."""

    def __init__(self, to: IO[bytes], *, now: datetime) -> None:
        self._zip = zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED)
        self._made_at = now
        self._names = FileNames()

    def add_readme(self, text: str) -> None:
        """The page to read first."""
        self._zip.writestr(self._entry(README), text.encode())

    def add_contact(self, file: CardFile) -> None:
        """One contact under its own name, told apart from others of the same name by a number."""
        self._zip.writestr(self._entry(f"{CONTACTS}/{self._names.apart(file.name)}"), file.content.encode())

    @contextmanager
    def data(self) -> Iterator["DataFile"]:
        """The JSON file, open until the block ends."""
        with self._zip.open(self._entry(DATA), "w", force_zip64=True) as entry:
            file = DataFile(entry)
            yield file
            file.end()

    def close(self) -> None:
        """Write the table of contents; without it there is no archive."""
        self._zip.close()

    def _entry(self, path: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(path, self._made_at.timetuple()[:6])
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o600 << 16
        return entry


class DataFile:
    """One JSON object, written member by member; the last one may be a list that grows item by item."""

    def __init__(self, to: IO[bytes]) -> None:
        self._to = to
        self._before = "{"
        self._end = "\n}\n"

    def add(self, name: str, value: object) -> None:
        """One member of the object."""
        self._write(f"{self._before}\n  {json.dumps(name)}: {_written(value, 2)}")
        self._before = ","

    def begin_list(self, name: str) -> None:
        """The last member: whatever is added by `add_item` from now on."""
        self._write(f"{self._before}\n  {json.dumps(name)}: [")
        self._before, self._end = "", "\n  ]\n}\n"

    def add_item(self, value: Mapping[str, object]) -> None:
        """One item of that list."""
        self._write(f"{self._before}\n    {_written(value, 4)}")
        self._before = ","

    def end(self) -> None:
        """Close what is open."""
        self._write(self._end)

    def _write(self, text: str) -> None:
        self._to.write(text.encode())


def _written(value: object, indent: int) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
    return text.replace("\n", "\n" + " " * indent)


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"an export holds no {type(value).__name__}")
