"""Every statement about the telling of evenings."""

from collections.abc import Collection
from datetime import date
from typing import LiteralString
from uuid import UUID

from server.db import Connection

#: Whose list of a day holds something to do and has not been opened, of these registrations. Who asked for quiet
#: hours or switched it off is told nothing, but that is decided elsewhere.
SELECT_PEOPLE_TO_TELL: LiteralString = """
    SELECT registrations.person_id
    FROM registrations
    JOIN evenings ON evenings.event_id = registrations.event_id AND evenings.registration_id = registrations.id
        AND evenings.day = $3 AND evenings.opened_at IS NULL
    WHERE registrations.event_id = $1 AND registrations.id = ANY ($2::uuid[]) AND registrations.person_id IS NOT NULL
      AND EXISTS (
          SELECT 1
          FROM follow_ups
          JOIN live_follow_ups AS live ON live.event_id = follow_ups.event_id AND live.id = follow_ups.id
          WHERE follow_ups.event_id = registrations.event_id AND follow_ups.registration_id = registrations.id
            AND follow_ups.day = $3 AND follow_ups.state = 'OPEN'
      )
    ORDER BY registrations.person_id
"""


async def select_people_to_tell(
    connection: Connection, *, event_id: UUID, registration_ids: Collection[UUID], day: date
) -> list[UUID]:
    rows = await connection.fetch(SELECT_PEOPLE_TO_TELL, event_id, list(registration_ids), day)
    return [row["person_id"] for row in rows]
