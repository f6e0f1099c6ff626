"""The doors' log as organizers read it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from server.doors.models import CheckInDirection, CheckInVerdict


class DoorLogFilter(StrEnum):
    """Which lines of the log to show."""

    REFUSED = "REFUSED"
    OFFLINE = "OFFLINE"
    UNDONE = "UNDONE"


@dataclass(frozen=True, slots=True)
class LogPlace:
    """Where a line stands in the log: when it was received, then its id."""

    received_at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class LogAsked:
    """Which lines: of one day, perhaps of one door, perhaps only some."""

    day: date
    door_id: UUID | None
    show: DoorLogFilter | None


@dataclass(frozen=True, slots=True)
class LogLine:
    """One scan, or the undoing of one, which has no direction.

    `happened_at` is the true time of the scan, `place` when it came in. `helper_name` is None for somebody of
    the team who gave no name.
    """

    event_id: UUID
    place: LogPlace
    direction: CheckInDirection | None
    verdict: CheckInVerdict
    shown: CheckInVerdict | None
    is_offline: bool
    is_undone: bool
    happened_at: datetime
    name: str | None = field(repr=False)
    ticket_type: str | None
    door_name: str
    helper_name: str | None = field(repr=False)
    phone_id: UUID | None


@dataclass(frozen=True, slots=True)
class LogPage:
    """One page, newest first; `has_next` tells that older lines follow."""

    lines: tuple[LogLine, ...]
    has_next: bool
