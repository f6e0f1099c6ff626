"""Every statement that only the demo event needs."""

from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.demo.models import Place

#: The demo event goes, with everything that hangs from it and the introductions that came of it, once it is over.
DELETE_ENDED: LiteralString = """
    WITH ended AS (
        DELETE FROM events WHERE slug = $1 AND ends_at <= $2 RETURNING id
    )
    DELETE FROM introductions USING ended WHERE introductions.first_event_id = ended.id
"""


async def delete_ended(connection: Connection, *, slug: str, now: datetime) -> None:
    await connection.execute(DELETE_ENDED, slug, now)


#: One preparation at a time, should two servers start at once on the same database. Held until it is let go.
LOCK_DEMO: LiteralString = """
    SELECT pg_advisory_lock(hashtext('handsel/demo'))
"""


async def lock_demo(connection: Connection) -> None:
    await connection.execute(LOCK_DEMO)


#: The next one may prepare it.
UNLOCK_DEMO: LiteralString = """
    SELECT pg_advisory_unlock(hashtext('handsel/demo'))
"""


async def unlock_demo(connection: Connection) -> None:
    await connection.execute(UNLOCK_DEMO)


#: Who stands where: every registration with its live badge.
SELECT_PLACES: LiteralString = """
    SELECT registrations.external_id, registrations.id, badges.id AS badge_id
    FROM registrations
    JOIN badges ON badges.event_id = registrations.event_id AND badges.registration_id = registrations.id
        AND badges.revoked_at IS NULL
    WHERE registrations.event_id = $1
"""


async def select_places(connection: Connection, *, event_id: UUID) -> list[Place]:
    rows = await connection.fetch(SELECT_PLACES, event_id)
    return [Place(row["external_id"], row["id"], row["badge_id"]) for row in rows]
