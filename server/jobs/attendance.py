"""Proves the attendance counters of the last days against the doors' log, once an hour."""

import structlog

from server.attendance.proof import prove_recent_days
from server.jobs.kinds import Timed, Tools

log = structlog.get_logger(__name__)

COUNTERS_PROVED = "attendance proved"


async def prove_attendance_counters(tools: Tools) -> int:
    """Log each day whose counters differ from the doors' log; how many do."""
    async with tools.pool.acquire() as connection:
        differing = await prove_recent_days(connection, now=tools.clock())
    for event_id, day, proof in differing:
        log.error(
            "attendance differs from the doors' log",
            event_id=str(event_id),
            day=str(day),
            counters=len(proof.counters),
            admissions=len(proof.admissions),
        )
    return len(differing)


KINDS = (Timed(COUNTERS_PROVED, "13 * * * *", prove_attendance_counters),)
