"""Quiet hours: when something may be sent, by the clock of the person. A pure function of times and zones."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from server.notifications.models import QuietHours


def is_quiet(quiet: QuietHours, *, zone: str, at: datetime) -> bool:
    """Whether `at` falls into the quiet hours of that IANA zone. They may go over midnight."""
    local = at.astimezone(ZoneInfo(zone)).time()
    if quiet.starts <= quiet.ends:
        return quiet.starts <= local < quiet.ends
    return local >= quiet.starts or local < quiet.ends


def first_moment(quiet: QuietHours, *, zone: str, at: datetime) -> datetime:
    """`at`, or the end of the quiet hours that it falls into, in UTC.

    Where a clock that is put forward leaves their end out, they end a moment later, by the clock.
    """
    if not is_quiet(quiet, zone=zone, at=at):
        return at
    local = at.astimezone(ZoneInfo(zone))
    for days in (0, 1):
        day = local.date() + timedelta(days=days)
        ends = datetime.combine(day, quiet.ends, ZoneInfo(zone)).astimezone(UTC)
        if ends > at:
            return ends
    raise ValueError("quiet hours that do not end within a day")
