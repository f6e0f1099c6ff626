"""A closer look at a day whose figures somebody was let see. Where who came is no longer kept, it says nothing."""

from server.attendance.closer import queries
from server.attendance.closer.models import LastScan, TicketTypeCount, TypicalStay
from server.attendance.models import Attendance
from server.db import Connection
from server.errors import InputNotValid

#: The largest kinds of tickets that are told apart.
MOST_TICKET_TYPES = 50
MOST_SCANS = 50


async def count_ticket_types(connection: Connection, *, attendance: Attendance) -> list[TicketTypeCount]:
    """Kinds of tickets with what came of them that day, the largest first."""
    if attendance.summary.is_aged:
        return []
    return await queries.select_ticket_types(
        connection, event_id=attendance.event.id, day=attendance.day, limit=MOST_TICKET_TYPES
    )


async def typical_stay(connection: Connection, *, attendance: Attendance) -> TypicalStay | None:
    """How long the one in the middle stayed; None where people are not scanned out, or nobody has gone yet."""
    if attendance.summary.is_aged or not attendance.event.scans_people_out:
        return None
    return await queries.select_typical_stay(connection, event_id=attendance.event.id, day=attendance.day)


async def last_scans(connection: Connection, *, attendance: Attendance, first: int) -> list[LastScan]:
    """What the doors scanned last that day, the newest first. Raises `InputNotValid`."""
    if not 1 <= first <= MOST_SCANS:
        raise InputNotValid("lastScans.first", f"Ask for 1 to {MOST_SCANS} scans at once.")
    return await queries.select_last_scans(connection, event_id=attendance.event.id, day=attendance.day, limit=first)
