"""Every statement about an event's days as organizers see them."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Any, LiteralString
from uuid import UUID

from server.attendance.models import AttendanceRow, MinuteAtDoor, RowPlace, RowsAsked, Summary
from server.db import Connection, one
from server.doors.models import COUNTED, CheckInDirection, CheckInVerdict, state_of
from server.doors.timeline import LoggedScan
from server.events.models import ORGANIZERS

#: What stands beside the counters: how many are expected, how many of the cancelled came that day all the same, the
#: days on which anybody came, the line of the day's log that came in last, and whether who came has been forgotten
#: since.
SELECT_SUMMARY: LiteralString = """
    SELECT (
        SELECT count(*)
        FROM registrations
        WHERE event_id = $1 AND cancelled_at IS NULL AND walk_in_key IS NULL
    ) AS expected, (
        SELECT count(*)
        FROM registrations
        JOIN admissions ON admissions.event_id = registrations.event_id AND admissions.day = $2
            AND admissions.registration_id = registrations.id
        WHERE registrations.event_id = $1 AND registrations.cancelled_at IS NOT NULL
            AND registrations.walk_in_key IS NULL
    ) AS came_and_cancelled, ARRAY(
        SELECT day FROM attendance_counters WHERE event_id = $1 GROUP BY day HAVING sum(came) > 0
    ) AS days, (
        SELECT id FROM check_ins WHERE event_id = $1 AND day = $2 ORDER BY received_at DESC, id DESC LIMIT 1
    ) AS last_scan, EXISTS (SELECT FROM events WHERE id = $1 AND aged_at IS NOT NULL) AS is_aged
"""


async def select_summary(connection: Connection, *, event_id: UUID, day: date) -> Summary:
    row = one(await connection.fetchrow(SELECT_SUMMARY, event_id, day))
    return Summary(row["expected"], row["came_and_cancelled"], frozenset(row["days"]), row["last_scan"], row["is_aged"])


#: The doors of an event by name; of those that were removed the ones that counted somebody on the day.
SELECT_DOOR_NAMES: LiteralString = """
    SELECT id, name
    FROM doors
    WHERE event_id = $1 AND (removed_at IS NULL OR EXISTS (
        SELECT FROM attendance_counters
        WHERE attendance_counters.event_id = $1 AND attendance_counters.day = $2
          AND attendance_counters.door_id = doors.id
    ))
    ORDER BY name, id
"""


async def select_door_names(connection: Connection, *, event_id: UUID, day: date) -> list[tuple[UUID, str]]:
    return [(row["id"], row["name"]) for row in await connection.fetch(SELECT_DOOR_NAMES, event_id, day)]


#: What the doors counted on a day, minute by minute; where all was undone they counted nothing.
SELECT_COUNTERS: LiteralString = """
    SELECT door_id, minute, sum(came)::integer AS came, sum(walk_ins)::integer AS walk_ins,
           sum(arrivals)::integer AS arrivals, sum(departures)::integer AS departures
    FROM attendance_counters
    WHERE event_id = $1 AND day = $2
    GROUP BY door_id, minute
    HAVING sum(came) <> 0 OR sum(walk_ins) <> 0 OR sum(arrivals) <> 0 OR sum(departures) <> 0
    ORDER BY minute, door_id
"""


async def select_counters(connection: Connection, *, event_id: UUID, day: date) -> list[MinuteAtDoor]:
    return [
        MinuteAtDoor(row["door_id"], row["minute"], row["came"], row["walk_ins"], row["arrivals"], row["departures"])
        for row in await connection.fetch(SELECT_COUNTERS, event_id, day)
    ]


#: One page of rows by name, from the place ($3, $4) on; the index on names stops reading when the page is full.
#: The conditions stand in CASE because PostgreSQL takes LIKE ALL of unknown words to fit next to nobody, and would
#: then read and sort all rows for each page.
SELECT_ROWS: LiteralString = """
    SELECT registrations.id, registrations.name, registrations.name_key, registrations.ticket_type,
           registrations.cancelled_at IS NOT NULL AS is_cancelled, registrations.walk_in_key IS NOT NULL AS is_walk_in,
           admissions.is_in, admissions.first_in_at, admissions.last_seen_at, admissions.door_id
    FROM registrations
    LEFT JOIN admissions ON admissions.event_id = registrations.event_id AND admissions.day = $2
        AND admissions.registration_id = registrations.id
    WHERE registrations.event_id = $1
        AND (registrations.name_key, registrations.id) > ($3, $4::uuid)
        AND CASE WHEN registrations.name_key LIKE ALL ($5::text[]) THEN true ELSE false END
        AND CASE $6::text
            WHEN 'HERE' THEN admissions.is_in
            WHEN 'LEFT' THEN NOT admissions.is_in
            WHEN 'CAME' THEN admissions.is_in IS NOT NULL
            WHEN 'NOT_YET' THEN admissions.is_in IS NULL AND registrations.cancelled_at IS NULL
            WHEN 'CANCELLED' THEN registrations.cancelled_at IS NOT NULL
            ELSE true
        END
    ORDER BY registrations.name_key, registrations.id
    LIMIT $7
"""


async def select_rows(
    connection: Connection, *, event_id: UUID, day: date, asked: RowsAsked, after: RowPlace, limit: int
) -> list[AttendanceRow]:
    rows = await connection.fetch(
        SELECT_ROWS, event_id, day, after.name_key, after.registration_id, asked.words, asked.show, limit
    )
    return [_row(row, event_id, day) for row in rows]


#: One row of a day.
SELECT_ROW: LiteralString = """
    SELECT registrations.id, registrations.name, registrations.name_key, registrations.ticket_type,
           registrations.cancelled_at IS NOT NULL AS is_cancelled, registrations.walk_in_key IS NOT NULL AS is_walk_in,
           admissions.is_in, admissions.first_in_at, admissions.last_seen_at, admissions.door_id
    FROM registrations
    LEFT JOIN admissions ON admissions.event_id = registrations.event_id AND admissions.day = $2
        AND admissions.registration_id = registrations.id
    WHERE registrations.event_id = $1 AND registrations.id = $3
"""


async def select_row(
    connection: Connection, *, event_id: UUID, day: date, registration_id: UUID
) -> AttendanceRow | None:
    row = await connection.fetchrow(SELECT_ROW, event_id, day, registration_id)
    return None if row is None else _row(row, event_id, day)


#: How many rows there are in all pages.
SELECT_ROW_COUNT: LiteralString = """
    SELECT count(*)
    FROM registrations
    LEFT JOIN admissions ON admissions.event_id = registrations.event_id AND admissions.day = $2
        AND admissions.registration_id = registrations.id
    WHERE registrations.event_id = $1
        AND CASE WHEN registrations.name_key LIKE ALL ($3::text[]) THEN true ELSE false END
        AND CASE $4::text
            WHEN 'HERE' THEN admissions.is_in
            WHEN 'LEFT' THEN NOT admissions.is_in
            WHEN 'CAME' THEN admissions.is_in IS NOT NULL
            WHEN 'NOT_YET' THEN admissions.is_in IS NULL AND registrations.cancelled_at IS NULL
            WHEN 'CANCELLED' THEN registrations.cancelled_at IS NOT NULL
            ELSE true
        END
"""


async def select_row_count(connection: Connection, *, event_id: UUID, day: date, asked: RowsAsked) -> int:
    count: int = await connection.fetchval(SELECT_ROW_COUNT, event_id, day, asked.words, asked.show)
    return count


#: Whether somebody who watches still may: organizer or owner there, and their session is live.
SELECT_MAY_WATCH: LiteralString = """
    SELECT EXISTS (SELECT 1 FROM event_roles WHERE event_id = $1 AND person_id = $2 AND role = ANY($3::text[]))
        AND EXISTS (SELECT 1 FROM sessions WHERE id = $4 AND ended_at IS NULL AND expires_at > $5)
"""


async def select_may_watch(
    connection: Connection, *, event_id: UUID, person_id: UUID, session_id: UUID, now: datetime
) -> bool:
    may: bool = await connection.fetchval(SELECT_MAY_WATCH, event_id, person_id, sorted(ORGANIZERS), session_id, now)
    return may


#: Every scan of a day that counts, registration by registration, with what undid it.
SELECT_LOG_OF_DAY: LiteralString = """
    SELECT check_ins.registration_id, registrations.walk_in_key IS NOT NULL AS is_walk_in, check_ins.id,
           check_ins.door_id, check_ins.direction, check_ins.verdict, check_ins.happened_at, check_ins.scanned_at,
           undo.id AS undone_by
    FROM check_ins
    JOIN registrations ON registrations.event_id = check_ins.event_id
        AND registrations.id = check_ins.registration_id
    LEFT JOIN check_ins AS undo ON undo.event_id = check_ins.event_id AND undo.undoes_id = check_ins.id
    WHERE check_ins.event_id = $1 AND check_ins.day = $2 AND check_ins.verdict = ANY($3::text[])
    ORDER BY check_ins.registration_id
"""


async def select_log_of_day(
    connection: Connection, *, event_id: UUID, day: date
) -> AsyncIterator[tuple[UUID, bool, LoggedScan]]:
    """Registration, whether it is a walk-in, and the scan. Needs a transaction: the log is read in portions."""
    async for row in connection.cursor(SELECT_LOG_OF_DAY, event_id, day, sorted(COUNTED)):
        yield row["registration_id"], row["is_walk_in"], LoggedScan(
            row["id"], row["door_id"], CheckInDirection(row["direction"]), CheckInVerdict(row["verdict"]),
            row["happened_at"], row["scanned_at"], row["undone_by"],
        )  # fmt: skip


#: Who is kept as having come on a day: registration, in or out, and since when at which door.
SELECT_ADMISSIONS: LiteralString = """
    SELECT registration_id, is_in, first_in_at, last_seen_at, first_check_in_id, door_id
    FROM admissions
    WHERE event_id = $1 AND day = $2
"""


async def select_admissions(
    connection: Connection, *, event_id: UUID, day: date
) -> dict[UUID, tuple[bool, datetime, datetime, UUID, UUID]]:
    return {
        row["registration_id"]: (
            row["is_in"], row["first_in_at"], row["last_seen_at"], row["first_check_in_id"], row["door_id"],
        )
        for row in await connection.fetch(SELECT_ADMISSIONS, event_id, day)
    }  # fmt: skip


#: The days on which doors counted something, of all events whose log is still kept at $2.
SELECT_DAYS_SINCE: LiteralString = """
    SELECT DISTINCT attendance_counters.event_id, attendance_counters.day
    FROM attendance_counters
    JOIN events ON events.id = attendance_counters.event_id
    WHERE attendance_counters.day >= $1 AND events.aged_at IS NULL
        AND events.ends_at + make_interval(days => events.retention_days) > $2
    ORDER BY attendance_counters.event_id, attendance_counters.day
"""


async def select_days_since(connection: Connection, *, since: date, now: datetime) -> list[tuple[UUID, date]]:
    return [(row["event_id"], row["day"]) for row in await connection.fetch(SELECT_DAYS_SINCE, since, now)]


def _row(row: Any, event_id: UUID, day: date) -> AttendanceRow:
    return AttendanceRow(
        event_id=event_id,
        day=day,
        registration_id=row["id"],
        name=row["name"],
        place=RowPlace(row["name_key"], row["id"]),
        ticket_type=row["ticket_type"],
        state=state_of(is_cancelled=row["is_cancelled"], is_in=row["is_in"]),
        first_in_at=row["first_in_at"],
        last_seen_at=row["last_seen_at"],
        door_id=row["door_id"],
        is_walk_in=row["is_walk_in"],
    )
