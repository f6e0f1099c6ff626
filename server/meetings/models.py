"""A 1-2-1 as it is kept, and as one of its two sides sees it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from server.agenda.models import AskedPrompt
from server.swaps.models import Side, Swap


class MeetingState(StrEnum):
    """How far the two have come."""

    PROPOSED = "PROPOSED"
    AGREED = "AGREED"
    DECLINED = "DECLINED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A 1-2-1 of the two of a swap. Instants are UTC.

    `options` are the times last offered, in order; `turn_of` is the registration whose answer is awaited, None once
    nothing is. `starts_at` is the time last agreed on, which calendars know it by: it holds while `state` is AGREED
    and is a memory in every other. `sequence` rises with each change. `suggestion_keys` are the phones' keys of the
    suggestions made since.
    """

    event_id: UUID
    id: UUID
    swap_id: UUID
    proposed_by: UUID
    key: UUID
    state: MeetingState
    turn_of: UUID | None
    options: tuple[datetime, ...]
    starts_at: datetime | None
    minutes: int
    place: str | None = field(repr=False)
    sequence: int
    suggestion_keys: tuple[UUID, ...]
    proposed_at: datetime
    changed_at: datetime

    @property
    def agreed_at(self) -> datetime | None:
        """The time that holds; None while there is none."""
        return self.starts_at if self.state is MeetingState.AGREED else None

    def has_begun(self, now: datetime) -> bool:
        """Whether the agreed time is reached."""
        return self.agreed_at is not None and self.agreed_at <= now

    def has_ended(self, now: datetime) -> bool:
        """Whether the agreed time and the minutes after it are over."""
        return self.agreed_at is not None and self.agreed_at + timedelta(minutes=self.minutes) <= now

    def has_times_left(self, now: datetime) -> bool:
        """Whether one of the offered times still lies ahead."""
        return any(option > now for option in self.options)


@dataclass(frozen=True, slots=True)
class MeetingReference:
    """How a client names a 1-2-1: by its id, or by the key under which its own phone proposed it."""

    event_id: UUID | None = None
    meeting_id: UUID | None = None
    key: UUID | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A 1-2-1 from one side: `took_place` is what this side said of it, None while it has said nothing.

    Zones are IANA names, each as that person set it last.
    """

    meeting: Meeting
    side: Side
    my_zone: str
    their_zone: str
    my_locale: str
    took_place: bool | None


@dataclass(frozen=True, slots=True)
class OneToOne:
    """A 1-2-1 as its screen shows it: with whom, and this side's guided agenda, which is empty until both agreed."""

    seen: Seen
    swap: Swap
    agenda: tuple[AskedPrompt, ...]


@dataclass(frozen=True, slots=True)
class GoneMeeting:
    """A 1-2-1 that was in calendars and is not any more, since the swap behind it ended, or the other's account did
    (`has_left`). It tells of nobody.
    """

    event_id: UUID
    id: UUID
    starts_at: datetime
    minutes: int
    sequence: int
    changed_at: datetime
    zone: str
    locale: str
    has_left: bool


@dataclass(frozen=True, slots=True)
class OfferedTimes:
    """Times to propose, instants in UTC, and the zones they suit; the other's is None until both share."""

    times: tuple[datetime, ...]
    my_zone: str
    their_zone: str | None


@dataclass(frozen=True, slots=True)
class Participants:
    """The two of a live swap in which both share, from one side."""

    side: Side
    person_id: UUID
    other_registration_id: UUID
    other_person_id: UUID
