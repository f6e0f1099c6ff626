"""Every statement about badges."""

from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.badges.models import IssuedFor, NewBadge
from server.db import Connection, one
from server.registrations.models import LiveBadge
from server.sessions.models import BadgeClaim

#: The place and address a live badge was issued for. The token alone is known here, so no event narrows the search.
SELECT_ISSUED_FOR: LiteralString = """
    SELECT badges.event_id, badges.registration_id, registrations.email_key
    FROM badges
    JOIN registrations
        ON registrations.event_id = badges.event_id AND registrations.id = badges.registration_id
    WHERE badges.token_hash = $1 AND badges.revoked_at IS NULL
      AND registrations.cancelled_at IS NULL AND registrations.email_key IS NOT NULL
"""


async def select_issued_for(connection: Connection, *, token_hash: bytes) -> IssuedFor | None:
    row = await connection.fetchrow(SELECT_ISSUED_FOR, token_hash)
    if row is None:
        return None
    return IssuedFor(BadgeClaim(row["event_id"], row["registration_id"]), row["email_key"])


#: Whose place this is; no row when there is no such place, null while nobody has taken it.
SELECT_OWNER: LiteralString = """
    SELECT person_id FROM registrations WHERE event_id = $1 AND id = $2
"""


async def select_is_owner(
    connection: Connection, *, event_id: UUID, registration_id: UUID, person_id: UUID
) -> bool | None:
    """Whether the place is this person's; None when there is no such place."""
    row = await connection.fetchrow(SELECT_OWNER, event_id, registration_id)
    return None if row is None else row["person_id"] == person_id


#: The badge in use ends at once, print and all.
REVOKE_BADGE: LiteralString = """
    UPDATE badges SET revoked_at = $3 WHERE event_id = $1 AND registration_id = $2 AND revoked_at IS NULL
"""


async def revoke_badge(connection: Connection, *, event_id: UUID, registration_id: UUID, now: datetime) -> None:
    await connection.execute(REVOKE_BADGE, event_id, registration_id, now)


#: A new badge in use; refused by its index where one is in use already.
INSERT_BADGE: LiteralString = """
    INSERT INTO badges (event_id, id, registration_id, key_id, token_hash, code_hash, issued_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
"""


async def insert_badge(
    connection: Connection, *, event_id: UUID, registration_id: UUID, badge: NewBadge, now: datetime
) -> None:
    await connection.execute(
        INSERT_BADGE, event_id, badge.id, registration_id, badge.key_id, badge.token_hash, badge.code_hash, now
    )


#: The badge in use.
SELECT_LIVE_BADGE: LiteralString = """
    SELECT id, key_id, issued_at
    FROM badges
    WHERE event_id = $1 AND registration_id = $2 AND revoked_at IS NULL
"""


async def select_live_badge(connection: Connection, *, event_id: UUID, registration_id: UUID) -> LiveBadge:
    row = one(await connection.fetchrow(SELECT_LIVE_BADGE, event_id, registration_id))
    return LiveBadge(row["id"], row["key_id"], row["issued_at"])
