"""The sessions of an event's programme, and what a scan at one comes to. Nothing here lets anybody into the event, and
nothing of it is attendance.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from server.doors.models import CheckInDirection, CheckInVerdict


@dataclass(frozen=True, slots=True)
class SessionDraft:
    """A session as an organizer writes it. `key` is made by their phone, once per session."""

    key: UUID
    title: str
    room: str | None
    starts_at: datetime
    ends_at: datetime
    capacity: int | None


@dataclass(frozen=True, slots=True)
class RoomSession:
    """A session with its counts. `here_now` is true only where people are scanned out as well."""

    event_id: UUID
    id: UUID
    title: str
    room: str | None
    starts_at: datetime
    ends_at: datetime
    capacity: int | None
    came: int
    here_now: int
    scans_people_out: bool


class RoomVerdict(StrEnum):
    """What one scan at a session came to. FULL is counted as well: the helper decides who stays."""

    COUNTED = "COUNTED"
    FULL = "FULL"
    ALREADY = "ALREADY"
    LEFT = "LEFT"
    NOT_RECOGNISED = "NOT_RECOGNISED"
    UNDONE = "UNDONE"


#: What a verdict is to the rules of doors, which say who is in. The others say nothing of anybody's whereabouts.
AS_AT_A_DOOR = {
    RoomVerdict.COUNTED: CheckInVerdict.ADMITTED,
    RoomVerdict.FULL: CheckInVerdict.ADMITTED,
    RoomVerdict.ALREADY: CheckInVerdict.ALREADY_IN,
    RoomVerdict.LEFT: CheckInVerdict.CHECKED_OUT,
}


@dataclass(frozen=True, slots=True)
class RoomScan:
    """One reading of a badge or a ticket as a phone sends it; both times are by the phone's own clock."""

    session_id: UUID
    key: UUID
    code: str = field(repr=False)
    direction: CheckInDirection
    is_offline: bool
    scanned_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class LoggedRoomScan:
    """One line of the rooms' log, as it was told then."""

    id: UUID
    key: UUID
    phone_id: UUID | None
    verdict: RoomVerdict
    registration_id: UUID | None
    name: str | None = field(repr=False)
    is_offline: bool
    received_at: datetime
    content_hash: bytes = field(repr=False)
    undone_by: UUID | None


@dataclass(frozen=True, slots=True)
class RoomCheckIn:
    """What a phone is told about one scan: the verdict of then, and the session's counts of now."""

    key: UUID
    verdict: RoomVerdict
    name: str | None = field(repr=False)
    is_offline: bool
    session: RoomSession
