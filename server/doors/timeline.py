"""What one registration's scans of one day come to: the same state, whatever order they arrived in.

Pure: no database, no clock. The log is the truth; admissions and counters only repeat what is worked out here.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from server.doors.models import CheckInDirection, CheckInVerdict
from server.ids import new_id


@dataclass(frozen=True, slots=True)
class LoggedScan:
    """A scan that counts, as the log keeps it. `verdict` is None while it is being judged.

    Ids of one registration's scans and undoings grow in the order in which they arrived (`next_id`). `undone_by` is
    the id of what undid it.
    """

    id: UUID
    door_id: UUID
    direction: CheckInDirection
    verdict: CheckInVerdict | None
    happened_at: datetime
    scanned_at: datetime
    undone_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Presence:
    """Where somebody is at the end of their scans, and how they came and went. Nothing when never admitted."""

    is_in: bool = False
    last_seen_at: datetime | None = None
    arrivals: tuple[LoggedScan, ...] = ()
    departures: tuple[LoggedScan, ...] = ()

    @property
    def first(self) -> LoggedScan | None:
        """The scan that admitted them: the earliest true time, whichever arrived first."""
        return self.arrivals[0] if self.arrivals else None


def presence(scans: Iterable[LoggedScan]) -> Presence:
    """What the scans of one registration and day come to, read in the order in which they truly happened.

    An undone scan counts for nothing. When it had let somebody in, the repeats that were answered "already in"
    because of it, before it was undone, fall with it.
    """
    is_in = False
    last_seen_at: datetime | None = None
    arrivals: list[LoggedScan] = []
    departures: list[LoggedScan] = []
    undone: list[LoggedScan] = []
    for scan in sorted(scans, key=_true_order):
        if scan.undone_by is not None:
            if scan.direction is CheckInDirection.IN and not is_in:
                undone.append(scan)
            continue
        if any(_leans_on(scan, each) for each in undone):
            continue
        undone.clear()
        last_seen_at = scan.happened_at
        if scan.direction is CheckInDirection.IN and not is_in:
            arrivals.append(scan)
            is_in = True
        elif scan.direction is CheckInDirection.OUT and is_in:
            departures.append(scan)
            is_in = False
    if not arrivals:
        return Presence()
    return Presence(is_in, last_seen_at, tuple(arrivals), tuple(departures))


def judge(before: Presence, after: Presence, direction: CheckInDirection, *, is_cancelled: bool) -> CheckInVerdict:
    """The verdict on a scan: `before` without it, `after` with it.

    Somebody is admitted when the scan brings them in once more; of several scans of one coming, only one does.
    """
    if is_cancelled and (direction is CheckInDirection.IN or before.first is None):
        return CheckInVerdict.CANCELLED
    if direction is CheckInDirection.OUT:
        return CheckInVerdict.CHECKED_OUT
    return CheckInVerdict.ADMITTED if len(after.arrivals) > len(before.arrivals) else CheckInVerdict.ALREADY_IN


class Count(StrEnum):
    """The columns of the counters."""

    CAME = "came"
    WALK_INS = "walk_ins"
    ARRIVALS = "arrivals"
    DEPARTURES = "departures"


#: How much is counted, by door, minute and column. Differences may be negative; zeros are left out.
Tally = Counter[tuple[UUID, datetime, Count]]


def tally(state: Presence, *, is_walk_in: bool) -> Tally:
    """What the state adds to the counters."""
    counts: Tally = Counter()
    for scan in state.arrivals:
        counts[scan.door_id, _minute(scan), Count.ARRIVALS] += 1
    for scan in state.departures:
        counts[scan.door_id, _minute(scan), Count.DEPARTURES] += 1
    if state.first is not None:
        counts[state.first.door_id, _minute(state.first), Count.CAME] += 1
        counts[state.first.door_id, _minute(state.first), Count.WALK_INS] += is_walk_in
    return counts


def change(before: Tally, after: Tally) -> Tally:
    """What has to be added to the counters to come from one to the other."""
    counts: Tally = Counter(after)
    counts.subtract(before)
    return Counter({place: count for place, count in counts.items() if count})


def without(scans: Sequence[LoggedScan], undone: UUID, *, by: UUID) -> list[LoggedScan]:
    """The scans after one of them has been undone."""
    return [replace(scan, undone_by=by) if scan.id == undone else scan for scan in scans]


def next_id(scans: Iterable[LoggedScan]) -> UUID:
    """An id that sorts after all of these, however the clocks of several servers or one millisecond's ids fall."""
    ids = [each for scan in scans for each in (scan.id, scan.undone_by) if each is not None]
    newest = max(ids, default=UUID(int=0))
    return max(new_id(), UUID(int=newest.int + 1))


def _leans_on(scan: LoggedScan, undone: LoggedScan) -> bool:
    """Whether the scan was answered "already in" while the undone one still stood."""
    is_repeat = scan.verdict is CheckInVerdict.ALREADY_IN
    return is_repeat and undone.undone_by is not None and scan.id < undone.undone_by


def _true_order(scan: LoggedScan) -> tuple[datetime, datetime, UUID]:
    """By true time; at one instant the phone's own time decides, then the order of arrival."""
    return scan.happened_at, scan.scanned_at, scan.id


def _minute(scan: LoggedScan) -> datetime:
    return scan.happened_at.replace(second=0, microsecond=0)
