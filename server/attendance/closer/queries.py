"""The statements of a closer look. Each reads one event's registrations or admissions once and answers few rows."""

from datetime import date
from typing import LiteralString
from uuid import UUID

from server.attendance.closer.models import TicketTypeCount, TypicalStay
from server.db import Connection, one

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
