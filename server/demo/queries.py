"""Every statement that only the demo event needs."""

from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.demo.models import Place

#: The demo event goes, with everything that hangs from it, once it is over.
DELETE_ENDED: LiteralString = """
    DELETE FROM events WHERE slug = $1 AND ends_at <= $2
"""


async def delete_ended(connection: Connection, *, slug: str, now: datetime) -> None:
    await connection.execute(DELETE_ENDED, slug, now)


#: One preparation at a time, should two servers start at once on the same database.
LOCK_DEMO: LiteralString = """
    SELECT pg_advisory_xact_lock(hashtext('handsel/demo'))
"""


async def lock_demo(connection: Connection) -> None:
    await connection.execute(LOCK_DEMO)


#: Who stands where: registration and live badge by the mail address in lower case.
SELECT_PLACES: LiteralString = """
    SELECT registrations.email_key, registrations.id, badges.id AS badge_id
    FROM registrations
    JOIN badges ON badges.event_id = registrations.event_id AND badges.registration_id = registrations.id
        AND badges.revoked_at IS NULL
    WHERE registrations.event_id = $1 AND registrations.email_key IS NOT NULL
"""


async def select_places(connection: Connection, *, event_id: UUID) -> dict[str, Place]:
    rows = await connection.fetch(SELECT_PLACES, event_id)
    return {row["email_key"]: Place(row["id"], row["badge_id"]) for row in rows}
