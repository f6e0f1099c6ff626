"""What organizers may take out of an event's attendance, and the log of who did. Nothing in it is of who met whom."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class ExportContents(StrEnum):
    """What is in the file: a line for each registration and day, or one for each scan at a door."""

    PEOPLE = "PEOPLE"
    SCANS = "SCANS"


class ExportFormat(StrEnum):
    """How the file is written."""

    CSV = "CSV"
    XLSX = "XLSX"


class ExportState(StrEnum):
    """How far an export has come. `GONE`: its time is over, and only that it was made is still known."""

    WAITING = "WAITING"
    MAKING = "MAKING"
    READY = "READY"
    FAILED = "FAILED"
    GONE = "GONE"


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What is to be exported; without `day` all days of the event."""

    contents: ExportContents
    format: ExportFormat
    day: date | None


@dataclass(frozen=True, slots=True)
class Export:
    """An export and its place in the log. `person_id` and `asked_by` are None once that account is gone.

    `lines` is how many the file will have beneath its headings, `written` how many it has; `size` is in bytes.
    """

    event_id: UUID
    id: UUID
    person_id: UUID | None
    asked_by: str | None = field(repr=False)
    request: ExportRequest
    asked_at: datetime
    state: ExportState
    lines: int
    written: int
    size: int | None
    kept_until: datetime
    fetched_at: datetime | None


@dataclass(frozen=True, slots=True)
class SealedExport:
    """A file that is ready to be handed over."""

    sealed: bytes = field(repr=False)
    request: ExportRequest


@dataclass(frozen=True, slots=True)
class Layout:
    """What the writing process has to know before the first line. `times` are the places of instants in a line, which
    are told in `timezone`.
    """

    format: ExportFormat
    title: str
    headings: tuple[str, ...]
    times: tuple[int, ...]
    timezone: str


#: One line of a file; an instant is a `datetime`, what is empty is None.
Line = tuple[str | datetime | None, ...]
