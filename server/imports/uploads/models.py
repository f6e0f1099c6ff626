"""A list on its way into an event, as its organizer sees it, and what was found in it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from server.imports.mapping import ColumnUse
from server.imports.models import BadRow, Change, ListColumn, Note


class ImportWay(StrEnum):
    """How a list came."""

    FILE = "FILE"
    PASTED = "PASTED"
    COMMAND_LINE = "COMMAND_LINE"
    INTERFACE = "INTERFACE"


class ImportState(StrEnum):
    """How far an import has come."""

    READING = "READING"
    READ = "READ"
    NEEDS_NAMES = "NEEDS_NAMES"
    UNREADABLE = "UNREADABLE"
    WAITING = "WAITING"
    IMPORTING = "IMPORTING"
    DONE = "DONE"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class Sums:
    """What a list changes, or changed, in registrations; `skipped` and `bad` are rows. `cancelled` is among
    `updated`.
    """

    added: int = 0
    updated: int = 0
    cancelled: int = 0
    unchanged: int = 0
    skipped: int = 0
    bad: int = 0


@dataclass(frozen=True, slots=True)
class StoredImport:
    """An import without what is in its file. `reading` counts how often it was read; `rows` are its people, `done`
    those brought in so far. `by` is the name of whoever brought it, where they are known.
    """

    event_id: UUID
    id: UUID
    person_id: UUID | None
    by: str | None = field(repr=False)
    way: ImportWay
    file_name: str | None = field(repr=False)
    system: str | None
    sheet: str | None = field(repr=False)
    uses: tuple[ColumnUse, ...] | None
    state: ImportState
    refusal: str | None
    skip_bad: bool
    reading: int
    rows: int
    done: int
    sums: Sums
    made_at: datetime
    done_at: datetime | None
    #: When what is known of its rows is deleted; None once it is.
    kept_until: datetime | None


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in a list: kept sealed for a day, and forgotten."""

    columns: tuple[ListColumn, ...] = ()
    sheets: tuple[str, ...] = ()
    bad_rows: tuple[BadRow, ...] = ()
    notes: tuple[Note, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class PastImports:
    """Some imports, the newest first, and whether older ones follow."""

    imports: tuple[StoredImport, ...]
    has_next: bool
