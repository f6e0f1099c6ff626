"""Every statement about the telling of scans."""

from typing import LiteralString
from uuid import UUID

from server.db import Connection

#: The place at which somebody's badge was scanned, while that swap lives and they have not scanned back.
SELECT_UNANSWERED: LiteralString = """
    SELECT swap_sides.registration_id
    FROM swap_sides
    JOIN swaps ON swaps.event_id = swap_sides.event_id AND swaps.id = swap_sides.swap_id
    JOIN registrations ON registrations.event_id = swap_sides.event_id
        AND registrations.id = swap_sides.registration_id
    WHERE swap_sides.event_id = $1 AND swap_sides.swap_id = $2 AND registrations.person_id = $3
      AND swaps.withdrawn_at IS NULL AND swap_sides.scanned_at IS NULL
"""


async def select_unanswered(connection: Connection, *, event_id: UUID, swap_id: UUID, person_id: UUID) -> UUID | None:
    found: UUID | None = await connection.fetchval(SELECT_UNANSWERED, event_id, swap_id, person_id)
    return found
