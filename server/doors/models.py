"""What doors send and what they are told."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from server.events.models import SCANS_OPEN_FOR, Event
from server.registrations.models import RegistrationState


class CheckInDirection(StrEnum):
    """Which way somebody goes through a door."""

    IN = "IN"
    OUT = "OUT"


class CheckInVerdict(StrEnum):
    """What one scan at a door came to."""

    ADMITTED = "ADMITTED"
    ALREADY_IN = "ALREADY_IN"
    CANCELLED = "CANCELLED"
    NOT_RECOGNISED = "NOT_RECOGNISED"
    NOT_A_TICKET = "NOT_A_TICKET"
    WRONG_EVENT = "WRONG_EVENT"
    CHECKED_OUT = "CHECKED_OUT"
    UNDONE = "UNDONE"


#: Verdicts on scans that say where somebody is. The others are refusals: logged, and nothing follows from them.
COUNTED = frozenset({CheckInVerdict.ADMITTED, CheckInVerdict.ALREADY_IN, CheckInVerdict.CHECKED_OUT})


def true_time(event: Event, *, scanned_at: datetime, sent_at: datetime | None, now: datetime) -> datetime:
    """When a scan truly was: as long before `now` as the phone says the scan was before the sending.

    So a wrong clock does not matter, only how far it went on. Never after `now`, and never before scans of the
    event count. Without `sent_at` the phone's clock is taken to be right.
    """
    age = (now if sent_at is None else sent_at) - scanned_at
    oldest = now - (event.starts_at - SCANS_OPEN_FOR)
    return now - max(min(age, oldest), timedelta())


@dataclass(frozen=True, slots=True)
class DoorScan:
    """One reading as a door's phone sends it; `scanned_at` and `sent_at` are by the phone's own clock.

    Either `code` is what was read or typed, or `registration_id` names somebody who was found by name, or
    `walk_in_key` somebody whom the same phone registered. `shown` is what the phone told its helper when it judged by
    itself.
    """

    door_id: UUID
    key: UUID
    code: str = field(repr=False)
    registration_id: UUID | None
    direction: CheckInDirection
    is_offline: bool
    scanned_at: datetime
    sent_at: datetime | None
    walk_in_key: UUID | None = None
    shown: CheckInVerdict | None = None

    @property
    def is_entry_by_code(self) -> bool:
        """Whether somebody held up a code and wants to come in; all that a kiosk takes."""
        return self.direction is CheckInDirection.IN and self.registration_id is None and self.walk_in_key is None

    def happened_at(self, event: Event, now: datetime) -> datetime:
        """The true time, as `true_time` says."""
        return true_time(event, scanned_at=self.scanned_at, sent_at=self.sent_at, now=now)


@dataclass(frozen=True, slots=True)
class Door:
    """A place where people are checked in. `check_ins` is how often somebody was let in there on the day asked for."""

    event_id: UUID
    id: UUID
    name: str
    check_ins: int


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What a door was told about one scan. `first_in_at` and `door_id` tell of an earlier admission of that day.

    `at_door_id` is where it was scanned; `badge_printed_at` tells of the badge that is in use now.
    """

    event_id: UUID
    id: UUID
    verdict: CheckInVerdict
    registration_id: UUID | None
    day: date
    name: str | None = field(repr=False)
    ticket_type: str | None
    first_in_at: datetime | None
    door_id: UUID | None
    at_door_id: UUID
    is_offline: bool
    badge_printed_at: datetime | None
    content_hash: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ticketholder:
    """The registration that a door has before it."""

    registration_id: UUID
    is_cancelled: bool
    is_walk_in: bool


def state_of(*, is_cancelled: bool, is_in: bool | None) -> RegistrationState:
    """The state of a registration on a day; `is_in` is None when no door has admitted it then."""
    if is_cancelled:
        return RegistrationState.CANCELLED
    if is_in is None:
        return RegistrationState.REGISTERED
    return RegistrationState.CHECKED_IN if is_in else RegistrationState.CHECKED_OUT
