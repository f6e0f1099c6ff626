"""Two doors that both let somebody in on one ticket and one coming: what each scan was, and what its helper heard."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from server.doors.models import CheckInDirection, CheckInVerdict


@dataclass(frozen=True, slots=True)
class ToldScan:
    """One scan with what its helper was told: `shown` where the phone judged by itself, else the verdict.

    `key` is the phone's own; `is_offline` says that the phone judged, also where only the answer was lost;
    `happened_at` is the true time, `scanned_at` by the phone's clock. `helper_name` is None for somebody of the team
    who gave no name. `seen_at` is when the desk saw it in a conflict, `seen_by` who that was.
    """

    id: UUID
    key: UUID
    door_id: UUID
    door_name: str
    helper_name: str | None = field(repr=False)
    direction: CheckInDirection
    happened_at: datetime
    scanned_at: datetime
    received_at: datetime
    is_offline: bool
    shown: CheckInVerdict | None
    verdict: CheckInVerdict
    is_undone: bool
    seen_at: datetime | None
    seen_by: str | None = field(repr=False)

    @property
    def let_in(self) -> bool:
        """Whether the helper was told to let somebody in."""
        return self.direction is CheckInDirection.IN and (self.shown or self.verdict) is CheckInVerdict.ADMITTED


@dataclass(frozen=True, slots=True)
class Conflict:
    """The scans of one coming that each let somebody in, in true order; at least two. `day` is the event's own."""

    event_id: UUID
    registration_id: UUID
    day: date
    name: str = field(repr=False)
    ticket_type: str | None
    scans: tuple[ToldScan, ...]

    @property
    def id(self) -> UUID:
        """The check-in that came first."""
        return self.scans[0].id

    @property
    def found_at(self) -> datetime:
        """When the log first held two of them of which one was judged offline."""
        arrived = sorted(self.scans, key=lambda scan: scan.received_at)
        for number in range(2, len(arrived) + 1):
            if any(scan.is_offline for scan in arrived[:number]):
                return arrived[number - 1].received_at
        return arrived[-1].received_at

    @property
    def seen(self) -> ToldScan | None:
        """The scan that the desk saw last; None while one of them was not seen."""
        times = [scan.seen_at for scan in self.scans if scan.seen_at is not None]
        if len(times) < len(self.scans):
            return None
        return next(scan for scan in self.scans if scan.seen_at == max(times))
