"""Every statement about setting up an event: who may, what has happened already, and whom a copy takes along."""

from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection, one
from server.organizing.models import Happened

#: Whether the host of the server lets this person create events.
SELECT_MAY_CREATE: LiteralString = """
    SELECT EXISTS (SELECT 1 FROM people WHERE id = $1 AND may_create_events)
"""


async def select_may_create(connection: Connection, *, person_id: UUID) -> bool:
    may: bool = await connection.fetchval(SELECT_MAY_CREATE, person_id)
    return may


#: The days of an event on which somebody was admitted, as counters still tell when it is no longer known who, or two
#: people met, whether anybody was mailed an invitation, and whether other programs hold a key.
SELECT_HAPPENED: LiteralString = """
    SELECT ARRAY(
               SELECT day FROM admissions WHERE event_id = $1
               UNION
               SELECT day FROM attendance_counters WHERE event_id = $1 GROUP BY day HAVING sum(came) > 0
               UNION
               SELECT day FROM conversations WHERE event_id = $1
               ORDER BY day
           ) AS days,
           EXISTS (SELECT 1 FROM invitations WHERE event_id = $1 AND sent_at IS NOT NULL) AS is_invited,
           EXISTS (SELECT 1 FROM import_keys WHERE event_id = $1 AND revoked_at IS NULL) AS has_programs
"""


async def select_happened(connection: Connection, *, event_id: UUID) -> Happened:
    row = one(await connection.fetchrow(SELECT_HAPPENED, event_id))
    return Happened(tuple(row["days"]), row["is_invited"], row["has_programs"])


#: The team of one event in another, but for whoever owns that one; the owner of the first becomes an organizer.
COPY_TEAM: LiteralString = """
    INSERT INTO event_roles (event_id, person_id, role, granted_at)
    SELECT $2, person_id, CASE WHEN role = 'OWNER' THEN 'ORGANIZER' ELSE role END, $4
    FROM event_roles
    WHERE event_id = $1 AND person_id <> $3
"""


async def copy_team(connection: Connection, *, event_id: UUID, to: UUID, owner_id: UUID, now: datetime) -> None:
    await connection.execute(COPY_TEAM, event_id, to, owner_id, now)
