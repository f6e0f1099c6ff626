"""What organizers see of an event's days: sums, and one row for each registration. Never who met whom."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from server.doors.models import Door
from server.doors.timeline import Count
from server.events.models import Event
from server.registrations.models import RegistrationState


class AttendanceFilter(StrEnum):
    """Which rows to show of one day."""

    HERE = "HERE"
    LEFT = "LEFT"
    NOT_YET = "NOT_YET"
    CAME = "CAME"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class MinuteAtDoor:
    """What one door counted in one minute. `came` counts each person once a day, `arrivals` each time they come in."""

    door_id: UUID
    minute: datetime
    came: int
    walk_ins: int
    arrivals: int
    departures: int


@dataclass(frozen=True, slots=True)
class ArrivalBucket:
    """Arrivals and departures from `starts_at` on, for as long as the bucket that was asked for."""

    starts_at: datetime
    arrivals: int
    departures: int


@dataclass(frozen=True, slots=True)
class Peak:
    """The most people that were in at once, and the minute in which they first were."""

    people: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands beside the counters. `expected` leaves out cancelled registrations and walk-ins. `last_scan` is the
    line of the day's log that came in last, so that a refused scan moves a day as well. Once the event `is_aged`, who
    came is no longer kept, only how many.
    """

    expected: int
    came_and_cancelled: int
    days_with_somebody: frozenset[date]
    last_scan: UUID | None
    is_aged: bool


@dataclass(frozen=True, slots=True)
class Attendance:
    """One day of an event in figures."""

    event: Event
    day: date
    summary: Summary
    doors: tuple[Door, ...]
    minutes: tuple[MinuteAtDoor, ...]
    is_over: bool

    @property
    def days(self) -> list[date]:
        """The event's days, and any other on which somebody was let in, such as the evening before."""
        return sorted(self.summary.days_with_somebody.union(self.event.days()))

    @property
    def expected(self) -> int:
        """Registrations that are not cancelled, walk-ins apart."""
        return self.summary.expected

    @property
    def came(self) -> int:
        """Everybody admitted that day, walk-ins too, each counted once."""
        return sum(each.came for each in self.minutes)

    @property
    def walk_ins(self) -> int:
        """Those of them who were registered on the spot."""
        return sum(each.walk_ins for each in self.minutes)

    @property
    def here_now(self) -> int:
        """In and not out. Where people are not scanned out nobody knows, and it is all who came."""
        if not self.event.scans_people_out:
            return self.came
        return sum(each.arrivals - each.departures for each in self.minutes)

    @property
    def no_shows(self) -> int:
        """Expected and not admitted that day; "not yet" until `is_over`."""
        return max(0, self.expected - (self.came - self.walk_ins - self.summary.came_and_cancelled))

    @property
    def peak(self) -> Peak | None:
        """The most who were here at once; None where people are not scanned out, or nobody came."""
        if not self.event.scans_people_out:
            return None
        here, most = 0, None
        for minute, at_doors in groupby(self.minutes, key=lambda each: each.minute):
            here += sum(each.arrivals - each.departures for each in at_doors)
            if here > (most.people if most else 0):
                most = Peak(here, minute)
        return most

    def came_until(self, instant: datetime) -> int:
        """How many had come before that instant, to the minute."""
        return sum(each.came for each in self.minutes if each.minute < instant)

    def arrivals(self, bucket_minutes: int) -> list[ArrivalBucket]:
        """Buckets counted from the start of the day, first to last movement without a gap."""
        if not self.minutes:
            return []
        starts_at, width = self.event.day_starts_at(self.day).astimezone(UTC), timedelta(minutes=bucket_minutes)
        arrivals, departures = [0] * _buckets(width), [0] * _buckets(width)
        for each in self.minutes:
            place = (each.minute - starts_at) // width
            arrivals[place] += each.arrivals
            departures[place] += each.departures
        moved = [place for place, counts in enumerate(zip(arrivals, departures, strict=True)) if any(counts)]
        return [
            ArrivalBucket(starts_at + place * width, arrivals[place], departures[place])
            for place in (range(moved[0], moved[-1] + 1) if moved else ())
        ]


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row stands in the order: by name as it is compared, then by id."""

    name_key: str = field(repr=False)
    registration_id: UUID


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """One registration on one day, as organizers see it."""

    event_id: UUID
    day: date
    registration_id: UUID
    name: str = field(repr=False)
    place: RowPlace
    ticket_type: str | None
    state: RegistrationState
    first_in_at: datetime | None
    last_seen_at: datetime | None
    door_id: UUID | None
    is_walk_in: bool


@dataclass(frozen=True, slots=True)
class RowsAsked:
    """Which rows of a day. `words` are LIKE patterns over names as they are compared."""

    show: AttendanceFilter | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowPage:
    """One page, ordered by name; `has_next` tells that more follow."""

    rows: tuple[AttendanceRow, ...]
    has_next: bool


def _buckets(width: timedelta) -> int:
    """How many fit into the longest day there is: clocks go back once, by an hour in most zones."""
    return timedelta(hours=26) // width + 1


@dataclass(frozen=True, slots=True)
class CounterDifference:
    """A counter that does not say what the log says: how much stands in it, and how much there should be."""

    door_id: UUID
    minute: datetime
    count: Count
    kept: int
    proved: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What recounting a day from its log found: nothing, when all is well. Registrations are told by their ids."""

    counters: tuple[CounterDifference, ...]
    admissions: tuple[UUID, ...]

    @property
    def holds(self) -> bool:
        """Whether counters and admissions say what the log says."""
        return not self.counters and not self.admissions
