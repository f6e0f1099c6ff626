"""An event's days for its organizers: figures from the counters, rows by name. Door helpers and attendees see none."""

from datetime import date, datetime
from uuid import UUID

from server.attendance import queries
from server.attendance.models import (
    Attendance,
    AttendanceFilter,
    AttendanceRow,
    MinuteAtDoor,
    RowPage,
    RowPlace,
    RowsAsked,
)
from server.db import Connection
from server.desk.finding import anywhere
from server.doors.models import Door
from server.errors import InputNotValid, NotFound
from server.events.models import ORGANIZERS, Event
from server.events.operations import find_event, require_role
from server.people.names import name_key

MOST_ROWS = 100
LONGEST_SEARCH = 120

#: Before every row.
_START = RowPlace("", UUID(int=0))


async def read_attendance(
    connection: Connection, *, event_id: UUID, person_id: UUID, on: date | None, now: datetime
) -> Attendance:
    """One day in figures; without `on` the day it is at the event, or its first or last one before and after it.

    Raises `NotAllowed` for whoever does not organize it, and `NotFound` for strangers.
    """
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    return await count_attendance(connection, event_id=event_id, on=on, now=now)


async def count_attendance(connection: Connection, *, event_id: UUID, on: date | None, now: datetime) -> Attendance:
    """The same for whoever has been let in already. Raises `NotFound` when the event is gone."""
    event = await find_event(connection, event_id=event_id)
    day = on or day_shown(event, now)
    minutes = await queries.select_counters(connection, event_id=event_id, day=day)
    summary = await queries.select_summary(connection, event_id=event_id, day=day)
    names = await queries.select_door_names(connection, event_id=event_id, day=day)
    return Attendance(
        event=event,
        day=day,
        summary=summary,
        doors=tuple(Door(event_id, door_id, name, _arrivals_at(door_id, minutes)) for door_id, name in names),
        minutes=tuple(minutes),
        is_over=event.day_of(now) > day,
    )


def day_shown(event: Event, now: datetime) -> date:
    """Today; the first day while nobody can come yet, and the last one when the event is past."""
    days, today = event.days(), event.day_of(now)
    if today < days[0] and not event.takes_scans_at(now):
        return days[0]
    return min(today, days[-1])


async def list_rows(
    connection: Connection, *, attendance: Attendance, asked: RowsAsked, first: int, after: RowPlace | None
) -> RowPage:
    """At most `first` rows by name, from after that place on. Raises `InputNotValid`."""
    if not 1 <= first <= MOST_ROWS:
        raise InputNotValid("rows.first", f"Ask for 1 to {MOST_ROWS} rows at once, and page through the rest.")
    rows = await queries.select_rows(
        connection, event_id=attendance.event.id, day=attendance.day, asked=asked, after=after or _START,
        limit=first + 1,
    )  # fmt: skip
    return RowPage(tuple(rows[:first]), has_next=len(rows) > first)


async def find_row(
    connection: Connection, *, event_id: UUID, registration_id: UUID, day: date, person_id: UUID, now: datetime
) -> tuple[Attendance, AttendanceRow]:
    """One row of a day, with the day's figures. Raises `NotFound`, and `NotAllowed` for who does not organize it."""
    attendance = await read_attendance(connection, event_id=event_id, person_id=person_id, on=day, now=now)
    row = await queries.select_row(connection, event_id=event_id, day=day, registration_id=registration_id)
    if row is None:
        raise NotFound
    return attendance, row


async def count_rows(connection: Connection, *, attendance: Attendance, asked: RowsAsked) -> int:
    """How many rows there are in all pages."""
    return await queries.select_row_count(connection, event_id=attendance.event.id, day=attendance.day, asked=asked)


def ask_for(show: AttendanceFilter | None, search: str | None) -> RowsAsked:
    """The rows to read: by filter, and with every word of `search` in their name, accents and case apart."""
    return RowsAsked(show, tuple(anywhere(word) for word in name_key((search or "")[:LONGEST_SEARCH]).split()))


async def may_watch(
    connection: Connection, *, event_id: UUID, person_id: UUID, session_id: UUID, now: datetime
) -> bool:
    """Whether somebody who was let in may go on watching: role and session can end meanwhile."""
    return await queries.select_may_watch(
        connection, event_id=event_id, person_id=person_id, session_id=session_id, now=now
    )


def _arrivals_at(door_id: UUID, minutes: list[MinuteAtDoor]) -> int:
    return sum(each.arrivals for each in minutes if each.door_id == door_id)
