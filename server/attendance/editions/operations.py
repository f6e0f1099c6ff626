"""Comparing a day with the last edition, for whoever organizes both. To others there is no last edition."""

from datetime import datetime
from uuid import UUID

from server.attendance.editions.models import LastEdition, opens_at, same_day
from server.attendance.models import Attendance
from server.attendance.operations import count_attendance
from server.db import Connection
from server.events.models import ORGANIZERS
from server.events.operations import find_event, role_of


async def find_last_edition(
    connection: Connection, *, attendance: Attendance, person_id: UUID, now: datetime
) -> LastEdition | None:
    """The same day of the edition before; None where there is none, it was shorter, or it is not theirs to see."""
    event, day = attendance.event, attendance.day
    if event.continues_id is None:
        return None
    if await role_of(connection, event_id=event.continues_id, person_id=person_id) not in ORGANIZERS:
        return None
    last = await find_event(connection, event_id=event.continues_id)
    on = same_day(event, day, last)
    if on is None:
        return None
    before = await count_attendance(connection, event_id=last.id, on=on, now=now)
    since_start = now - opens_at(event, day)
    return LastEdition(
        attendance, before, None if attendance.is_over else before.came_until(opens_at(last, on) + since_start)
    )
