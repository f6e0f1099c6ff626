"""An event, its days, and the roles people hold there."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

#: A day of an event runs from four in the morning to four in the morning: people stay up late.
DAY_BREAKS_AT = time(4)

#: Scans count from twelve hours before the start to twelve hours after the end.
SCANS_OPEN_FOR = timedelta(hours=12)

#: How long what was kept for the day stays after the end unless the event says otherwise, in days; and what it may say.
KEPT_DAYS = 90
SHORTEST_KEPT, LONGEST_KEPT = 1, 730


class Role(StrEnum):
    """What somebody may do at one event beyond attending it."""

    OWNER = "OWNER"
    ORGANIZER = "ORGANIZER"
    DOOR_HELPER = "DOOR_HELPER"


class ChecksInWith(StrEnum):
    """What a door admits by: the ticket, the badge, or either."""

    TICKET = "TICKET"
    BADGE = "BADGE"
    BOTH = "BOTH"


class CardQuestion(StrEnum):
    """A question that an event's cards may ask. What is not asked is not shown to others and grows no prompt."""

    UP_TO = "UP_TO"
    SEEKING = "SEEKING"
    OFFERING = "OFFERING"
    ASK_ME_ABOUT = "ASK_ME_ABOUT"
    GOOD_INTRODUCTION = "GOOD_INTRODUCTION"


ORGANIZERS = frozenset({Role.OWNER, Role.ORGANIZER})
DOOR_TEAM = frozenset({Role.OWNER, Role.ORGANIZER, Role.DOOR_HELPER})


def attendance_topic(event_id: UUID) -> str:
    """What is woken when the attendance of an event changes, or who may see it."""
    return f"attendance:{event_id}"


def rooms_topic(event_id: UUID) -> str:
    """What is woken when the programme of an event or a count in it changes, or who may see it."""
    return f"rooms:{event_id}"


def day_of(timezone: str, instant: datetime) -> date:
    """The day of events that `instant` falls in, from 04:00 to 04:00 by the clocks of `timezone` (an IANA name)."""
    local = instant.astimezone(ZoneInfo(timezone))
    return local.date() if local.time() >= DAY_BREAKS_AT else local.date() - timedelta(days=1)


def day_starts_at(timezone: str, instant: datetime) -> datetime:
    """When the day of events that `instant` falls in began, 04:00 by the clocks of `timezone`."""
    return datetime.combine(day_of(timezone, instant), DAY_BREAKS_AT, ZoneInfo(timezone))


@dataclass(frozen=True, slots=True)
class Event:
    """One event. Instants are UTC; `timezone` is an IANA name and decides what a day and an evening are.

    `capacity` counts places, None for no limit. `languages` are those that people are asked in, tags such as `en`;
    where none is named, every one that there are questions in. `continues_id` is the edition before this one.
    `retention_days` are counted from its end; see docs/retention.md.
    """

    id: UUID
    slug: str
    title: str
    venue: str | None
    starts_at: datetime
    ends_at: datetime
    timezone: str
    evening_at: time
    uses_check_in: bool
    scans_people_out: bool
    capacity: int | None = None
    checks_in_with: ChecksInWith = ChecksInWith.TICKET
    card_questions: frozenset[CardQuestion] = frozenset(CardQuestion)
    languages: tuple[str, ...] = ()
    continues_id: UUID | None = None
    retention_days: int = KEPT_DAYS

    def day_of(self, instant: datetime) -> date:
        """The event's local day that `instant` falls in, from 04:00 to 04:00."""
        return day_of(self.timezone, instant)

    def day_starts_at(self, day: date) -> datetime:
        """The instant at which `day` begins, 04:00 by the local clock."""
        return datetime.combine(day, DAY_BREAKS_AT, ZoneInfo(self.timezone))

    def evening_starts_at(self, day: date) -> datetime:
        """When the evening list of `day` is due. An hour before 04:00 belongs to the night after that day."""
        on = day if self.evening_at >= DAY_BREAKS_AT else day + timedelta(days=1)
        return datetime.combine(on, self.evening_at, ZoneInfo(self.timezone))

    def days(self) -> list[date]:
        """The event's days in order, the first one's start to the last one's end."""
        first, last = self.day_of(self.starts_at), self.day_of(self.ends_at)
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]

    def is_over_at(self, instant: datetime) -> bool:
        """Whether the last scan that counts lies behind that instant."""
        return instant > self.ends_at + SCANS_OPEN_FOR

    def takes_scans_at(self, instant: datetime) -> bool:
        """Whether a scan made then counts."""
        return self.starts_at - SCANS_OPEN_FOR <= instant <= self.ends_at + SCANS_OPEN_FOR


@dataclass(frozen=True, slots=True)
class EventRole:
    """A role at an event, as its holder sees it."""

    event: Event
    role: Role


@dataclass(frozen=True, slots=True)
class Settings:
    """What organizers see of an event's set-up. `places_taken` counts registrations that are not cancelled."""

    event: Event
    places_taken: int
    continues: Event | None


@dataclass(frozen=True, slots=True)
class Made:
    """Who makes an event; from a phone with a key, once per event, and a hash of what it is made of."""

    by: UUID
    key: UUID | None = None
    of: bytes | None = None
