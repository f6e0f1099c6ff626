"""The statements of a closer look. Each reads one event's registrations or admissions once and answers few rows."""

from datetime import date
from typing import LiteralString
from uuid import UUID

from server.attendance.closer.models import LastScan, TicketTypeCount, TypicalStay
from server.db import Connection, one
from server.doors.models import CheckInVerdict

#: Kinds of tickets on a day, the largest first, at most $3 of them. Whoever was registered on the spot without a kind
#: is counted apart.
SELECT_TICKET_TYPES: LiteralString = """
    SELECT registrations.ticket_type AS name,
           registrations.ticket_type IS NULL AND registrations.walk_in_key IS NOT NULL AS is_walk_ins,
           count(*) FILTER (
               WHERE registrations.cancelled_at IS NULL AND registrations.walk_in_key IS NULL
           ) AS expected,
           count(admissions.registration_id) AS came,
           count(*) FILTER (WHERE admissions.is_in) AS here,
           count(*) FILTER (
               WHERE registrations.cancelled_at IS NULL AND registrations.walk_in_key IS NULL
                 AND admissions.registration_id IS NULL
           ) AS no_shows
    FROM registrations
    LEFT JOIN admissions ON admissions.event_id = registrations.event_id AND admissions.day = $2
        AND admissions.registration_id = registrations.id
    WHERE registrations.event_id = $1
    GROUP BY 1, 2
    HAVING count(admissions.registration_id) > 0 OR bool_or(registrations.cancelled_at IS NULL)
    ORDER BY expected DESC, came DESC, name, is_walk_ins
    LIMIT $3
"""


async def select_ticket_types(
    connection: Connection, *, event_id: UUID, day: date, limit: int
) -> list[TicketTypeCount]:
    return [TicketTypeCount(**row) for row in await connection.fetch(SELECT_TICKET_TYPES, event_id, day, limit)]


#: How long those stayed that day who are out at its end, or by now: the one in the middle, and how many they are.
SELECT_TYPICAL_STAY: LiteralString = """
    SELECT (percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM last_seen_at - first_in_at)) / 60)::integer
               AS minutes,
           count(*) AS people
    FROM admissions
    WHERE event_id = $1 AND day = $2 AND NOT is_in
"""


async def select_typical_stay(connection: Connection, *, event_id: UUID, day: date) -> TypicalStay | None:
    """None while nobody has gone."""
    row = one(await connection.fetchrow(SELECT_TYPICAL_STAY, event_id, day))
    return TypicalStay(**row) if row["people"] else None


#: What the doors scanned last on a day, in the order in which it arrived, the newest first. Ids grow with the time, so
#: the primary key is read from its end and no further than the page.
SELECT_LAST_SCANS: LiteralString = """
    SELECT check_ins.id, check_ins.happened_at, check_ins.received_at, doors.name AS door, check_ins.verdict,
           registrations.name, registrations.ticket_type, check_ins.is_offline
    FROM check_ins
    JOIN doors ON doors.event_id = check_ins.event_id AND doors.id = check_ins.door_id
    LEFT JOIN registrations ON registrations.event_id = check_ins.event_id
        AND registrations.id = check_ins.registration_id
    WHERE check_ins.event_id = $1 AND check_ins.day = $2
    ORDER BY check_ins.id DESC
    LIMIT $3
"""


async def select_last_scans(connection: Connection, *, event_id: UUID, day: date, limit: int) -> list[LastScan]:
    return [
        LastScan(
            row["id"], row["happened_at"], row["received_at"], row["door"], CheckInVerdict(row["verdict"]),
            row["name"], row["ticket_type"], row["is_offline"],
        )
        for row in await connection.fetch(SELECT_LAST_SCANS, event_id, day, limit)
    ]  # fmt: skip
