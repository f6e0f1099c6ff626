"""Every statement about the telling of evenings."""

from collections.abc import Collection
from datetime import date
from typing import LiteralString
from uuid import UUID

from server.db import Connection

#: Whose list of a day holds something to do and has not been opened, of these registrations. Who asked for quiet
#: hours or switched it off is told nothing, but that is decided elsewhere. Each list is looked into by itself (LIMIT):
#: while an evening is being made PostgreSQL takes its tables for empty, and would read all of it for each list.
SELECT_PEOPLE_TO_TELL: LiteralString = """
    SELECT registrations.person_id
    FROM unnest($2::uuid[]) AS asked (registration_id)
    JOIN evenings ON evenings.event_id = $1 AND evenings.registration_id = asked.registration_id
        AND evenings.day = $3 AND evenings.opened_at IS NULL
    JOIN registrations ON registrations.event_id = $1 AND registrations.id = asked.registration_id
        AND registrations.person_id IS NOT NULL
    CROSS JOIN LATERAL (
        SELECT 1
        FROM follow_ups
        JOIN live_follow_ups AS live ON live.event_id = follow_ups.event_id AND live.id = follow_ups.id
        WHERE follow_ups.event_id = $1 AND follow_ups.registration_id = asked.registration_id
          AND follow_ups.day = $3 AND follow_ups.state = 'OPEN'
        LIMIT 1
    ) AS something_to_do
    ORDER BY registrations.person_id
"""


async def select_people_to_tell(
    connection: Connection, *, event_id: UUID, registration_ids: Collection[UUID], day: date
) -> list[UUID]:
    rows = await connection.fetch(SELECT_PEOPLE_TO_TELL, event_id, list(registration_ids), day)
    return [row["person_id"] for row in rows]
