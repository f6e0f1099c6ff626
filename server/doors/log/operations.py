"""The doors' log for an event's organizers: every scan, refused ones too, with who scanned it and both its times."""

from datetime import date, datetime
from uuid import UUID

from server.db import Connection
from server.doors.log import queries
from server.doors.log.models import DoorLogFilter, LogAsked, LogPage, LogPlace
from server.errors import InputNotValid
from server.events.models import ORGANIZERS
from server.events.operations import find_event, require_role

MOST_LINES = 100


async def read_log(
    connection: Connection,
    *,
    event_id: UUID,
    person_id: UUID,
    on: date | None,
    door_id: UUID | None,
    show: DoorLogFilter | None,
    first: int,
    after: LogPlace | None,
    now: datetime,
) -> LogPage:
    """At most `first` lines of a day, today's without `on`, newest first. Raises `NotAllowed`, `NotFound`,
    `InputNotValid`.
    """
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    if not 1 <= first <= MOST_LINES:
        raise InputNotValid("first", f"Ask for 1 to {MOST_LINES} lines at once, and page through the rest.")
    event = await find_event(connection, event_id=event_id)
    asked = LogAsked(on or event.day_of(now), door_id, show)
    lines = await queries.select_log(connection, event_id=event_id, asked=asked, after=after, limit=first + 1)
    return LogPage(tuple(lines[:first]), has_next=len(lines) > first)
