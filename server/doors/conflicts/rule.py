"""When the scans of one ticket are a conflict: two on one coming let somebody in, and one of them was judged offline.

Pure: no database, no clock. Nothing here depends on the order in which scans arrived.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from server.doors.conflicts.models import ToldScan
from server.doors.models import CheckInDirection


def conflicts_of(scans: Iterable[ToldScan]) -> list[tuple[ToldScan, ...]]:
    """The conflicts among the scans of one registration and day, in true order; undone scans count for nothing.

    A coming lasts until they are scanned out. Of a coming in conflict only the scans that let somebody in are told.
    """
    return [
        let_in
        for coming in _comings(scans)
        if len(let_in := tuple(scan for scan in coming if scan.let_in)) > 1 and any(scan.is_offline for scan in let_in)
    ]


def _comings(scans: Iterable[ToldScan]) -> list[list[ToldScan]]:
    """The scans in, one list for each time they came."""
    comings: list[list[ToldScan]] = [[]]
    for scan in sorted((each for each in scans if not each.is_undone), key=_true_order):
        if scan.direction is CheckInDirection.IN:
            comings[-1].append(scan)
        elif comings[-1]:
            comings.append([])
    return comings


def _true_order(scan: ToldScan) -> tuple[datetime, datetime, UUID]:
    """By true time; at one instant by the phone's own, then by its key, which is the same whatever arrives first."""
    return scan.happened_at, scan.scanned_at, scan.key
