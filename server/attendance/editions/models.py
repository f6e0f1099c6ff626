"""A day beside the same day of the last edition, counted from the start of each. Pure: no database, no clock."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from server.attendance.models import Attendance
from server.events.models import Event


@dataclass(frozen=True, slots=True)
class ComparedBucket:
    """Arrivals of both editions from so many minutes after the start on; negative before it."""

    minutes: int
    arrivals: int
    last_arrivals: int


@dataclass(frozen=True, slots=True)
class LastEdition:
    """The same day of the edition that this one continues. `came_by_then` is how many had come as long after its start
    as it is now after this one; None once this day is over.
    """

    this: Attendance
    last: Attendance
    came_by_then: int | None

    def arrivals(self, bucket_minutes: int) -> list[ComparedBucket]:
        """Buckets without a gap, from the first arrival of either to the last of either."""
        now, before = _arrivals(self.this, bucket_minutes), _arrivals(self.last, bucket_minutes)
        places = [place for counts in (now, before) for place, arrivals in counts.items() if arrivals]
        if not places:
            return []
        return [
            ComparedBucket(place * bucket_minutes, now[place], before[place])
            for place in range(min(places), max(places) + 1)
        ]


def same_day(event: Event, day: date, last: Event) -> date | None:
    """The day of the last edition that was as far into it as `day` is into this one; None where it had none."""
    number = (day - event.days()[0]).days
    days = last.days()
    return days[number] if 0 <= number < len(days) else None


def opens_at(event: Event, day: date) -> datetime:
    """When the event starts, in UTC; on its later days at the same time by the local clock.

    In UTC, since what is counted from it is time that went by: a local clock may be put back on the way.
    """
    local = event.starts_at.astimezone(ZoneInfo(event.timezone))
    return (local + timedelta(days=(day - event.days()[0]).days)).astimezone(UTC)


def _arrivals(attendance: Attendance, bucket_minutes: int) -> Counter[int]:
    """How many arrived, by the number of the bucket; the one that begins with the start is number 0."""
    start, width = opens_at(attendance.event, attendance.day), timedelta(minutes=bucket_minutes)
    counts: Counter[int] = Counter()
    for each in attendance.minutes:
        counts[(each.minute - start) // width] += each.arrivals
    return counts
