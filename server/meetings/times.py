"""Two or three times to offer two people who may live in different zones. A pure function; it asks nobody's calendar.

What is offered suits both clocks: by day, on weekdays first, on different days, never the same hour three times.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

MOST_OFFERED = 3
#: Nobody is asked for an answer within a day, and a time further off than a fortnight is forgotten.
EARLIEST = timedelta(hours=24)
LATEST = timedelta(days=14)
#: Two talks are kept at least so far apart.
_APART = timedelta(hours=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Daytime:
    """The hours in which a talk may begin and must end, by a clock on the wall."""

    begins: time
    ends: time

    def holds(self, start: datetime, minutes: int) -> bool:
        """Whether a talk that begins at `start`, in that clock's zone, lies within these hours of one day."""
        wall = start.replace(tzinfo=None)
        return self.begins <= wall.time() and wall + timedelta(minutes=minutes) <= datetime.combine(wall, self.ends)


#: The day as most people keep it; where two zones share none of it, the longer day they do share.
DAYTIMES = (Daytime(time(9), time(18)), Daytime(time(8), time(21)))

#: The hours that suit people best come first; noon and the edges of the day come last.
_LIKED = (10, 15, 11, 14, 16, 9, 17, 13, 12)
#: On the hour where there is such a time in both daytimes, else on the half or the quarter.
_STEPS = (60, 30, 15)


@dataclass(frozen=True, slots=True)
class _Slot:
    """One start on both clocks."""

    mine: datetime
    theirs: datetime

    @property
    def is_on_weekdays(self) -> bool:
        return self.mine.weekday() < _SATURDAY and self.theirs.weekday() < _SATURDAY

    @property
    def dislike(self) -> int:
        """How ill the hour suits the two, the one it suits worse before all."""
        each = sorted((_rank(self.mine.hour), _rank(self.theirs.hour)))
        return each[1] * len(_LIKED) + each[0]


def times_for(
    my_zone: str,
    their_zone: str,
    now: datetime,
    *,
    minutes: int = 20,
    busy: Collection[datetime] = (),
) -> list[datetime]:
    """At most three starts of a talk, as instants in UTC, earliest first; the same facts always give the same.

    They lie by day on both clocks, from a day after `now` to a fortnight, at least an hour from each of `busy`. Zones
    are IANA names. There are fewer than three only where there are no three, such as a single hour common to both days.
    """
    slots = [
        _Slot(start.astimezone(ZoneInfo(my_zone)), start.astimezone(ZoneInfo(their_zone)))
        for start in _quarters(now)
        if all(abs(start - taken) >= _APART for taken in busy)
    ]
    for daytime in DAYTIMES:
        common = [each for each in slots if daytime.holds(each.mine, minutes) and daytime.holds(each.theirs, minutes)]
        if common:
            return sorted(_chosen(_roundest(common)))
    return []


def _quarters(now: datetime) -> Iterable[datetime]:
    """Every quarter of an hour that could be offered, as instants: no clock change makes or loses one."""
    quarter = timedelta(minutes=15)
    first = (now + EARLIEST).astimezone(UTC)
    start = first - (first - datetime.min.replace(tzinfo=UTC)) % quarter + quarter
    while start <= now + LATEST:
        yield start
        start += quarter


def _roundest(common: Sequence[_Slot]) -> list[_Slot]:
    """Those at the roundest minutes of my clock that there are."""
    by_step = ([slot for slot in common if slot.mine.minute % step == 0] for step in _STEPS)
    return next((slots for slots in by_step if slots), list(common))


def _chosen(slots: Sequence[_Slot]) -> list[datetime]:
    """The best time of each of three days, a day between them where it can be, each hour at most twice."""
    had: list[_Slot] = []
    for on_weekdays in (True, False):
        days: dict[int, list[_Slot]] = {}
        for slot in slots:
            if slot.is_on_weekdays is on_weekdays:
                days.setdefault(slot.mine.toordinal(), []).append(slot)
        for day in _spread(list(days)):
            if len(had) == MOST_OFFERED:
                break
            hours = [each.mine.hour for each in had]
            fresh = [slot for slot in days[day] if hours.count(slot.mine.hour) < MOST_OFFERED - 1]
            if fresh:
                had.append(min(fresh, key=lambda slot: (hours.count(slot.mine.hour), slot.dislike, slot.mine)))
    return [slot.mine.astimezone(UTC) for slot in had]


def _spread(days: Sequence[int]) -> list[int]:
    """Every other day first, then those between."""
    return [*days[::2], *days[1::2]]


def _rank(hour: int) -> int:
    return _LIKED.index(hour) if hour in _LIKED else len(_LIKED) - 1
