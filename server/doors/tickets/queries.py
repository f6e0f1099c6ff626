"""Every statement about what a door read: whose ticket it is, or else what it is instead."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from server.db import Connection
from server.doors.models import Ticketholder
from server.events.models import DOOR_TEAM

#: Whose ticket it was at $3, under any of the hashes, the first one first. A scan may come long after it was made, and
#: the code have been replaced or given to another ticket since. The row stays locked until the transaction ends: doors
#: that read the same ticket at once queue here, one after the other.
LOCK_TICKETHOLDER: LiteralString = """
    SELECT registrations.id, registrations.cancelled_at IS NOT NULL AS is_cancelled,
           registrations.walk_in_key IS NOT NULL AS is_walk_in
    FROM ticket_holders
    JOIN registrations ON registrations.event_id = ticket_holders.event_id
        AND registrations.id = ticket_holders.registration_id
    WHERE ticket_holders.event_id = $1 AND ticket_holders.code_hash = ANY($2::bytea[])
      AND ticket_holders.held_until > $3
    ORDER BY array_position($2::bytea[], ticket_holders.code_hash), ticket_holders.held_until
    LIMIT 1
    FOR NO KEY UPDATE OF registrations
"""


async def lock_ticketholder(
    connection: Connection, *, event_id: UUID, ticket_hashes: Sequence[bytes], at: datetime
) -> Ticketholder | None:
    return _ticketholder(await connection.fetchrow(LOCK_TICKETHOLDER, event_id, ticket_hashes, at))


#: The registration itself, locked in the same way.
LOCK_REGISTRATION: LiteralString = """
    SELECT id, cancelled_at IS NOT NULL AS is_cancelled, walk_in_key IS NOT NULL AS is_walk_in
    FROM registrations
    WHERE event_id = $1 AND id = $2
    FOR NO KEY UPDATE
"""


async def lock_registration(connection: Connection, *, event_id: UUID, registration_id: UUID) -> Ticketholder | None:
    return _ticketholder(await connection.fetchrow(LOCK_REGISTRATION, event_id, registration_id))


#: Whoever the same phone registered on the spot with this key, locked in the same way.
LOCK_WALK_IN: LiteralString = """
    SELECT id, cancelled_at IS NOT NULL AS is_cancelled, true AS is_walk_in
    FROM registrations
    WHERE event_id = $1 AND walk_in_key = $2
    FOR NO KEY UPDATE
"""


async def lock_walk_in(connection: Connection, *, event_id: UUID, key: UUID | None) -> Ticketholder | None:
    return _ticketholder(await connection.fetchrow(LOCK_WALK_IN, event_id, key))


#: Whose badge it is, of those that were in use at $4: by what its QR code holds, or by the code to type; locked in the
#: same way. A scan may come long after it was made, and the badge have been replaced since.
LOCK_BADGE_HOLDER: LiteralString = """
    SELECT registrations.id, registrations.cancelled_at IS NOT NULL AS is_cancelled,
           registrations.walk_in_key IS NOT NULL AS is_walk_in
    FROM badges
    JOIN registrations ON registrations.event_id = badges.event_id AND registrations.id = badges.registration_id
    WHERE badges.event_id = $1 AND (badges.revoked_at IS NULL OR badges.revoked_at > $4)
        AND (badges.token_hash = $2 OR badges.code_hash = $3)
    LIMIT 1
    FOR NO KEY UPDATE OF registrations
"""


async def lock_badge_holder(
    connection: Connection, *, event_id: UUID, token_hash: bytes, code_hash: bytes, at: datetime
) -> Ticketholder | None:
    return _ticketholder(await connection.fetchrow(LOCK_BADGE_HOLDER, event_id, token_hash, code_hash, at))


#: Whether it is a badge of this event, now or once: by what its QR code holds, or by the code to type.
SELECT_IS_BADGE: LiteralString = """
    SELECT EXISTS (SELECT 1 FROM badges WHERE event_id = $1 AND token_hash = $2)
        OR EXISTS (SELECT 1 FROM badges WHERE event_id = $1 AND code_hash = $3)
"""


async def select_is_badge(connection: Connection, *, event_id: UUID, token_hash: bytes, code_hash: bytes) -> bool:
    found: bool = await connection.fetchval(SELECT_IS_BADGE, event_id, token_hash, code_hash)
    return found


#: The other events at whose doors this person helps.
SELECT_OTHER_EVENTS: LiteralString = """
    SELECT event_id FROM event_roles WHERE person_id = $1 AND event_id <> $2 AND role = ANY($3::text[])
"""


async def select_other_events(connection: Connection, *, person_id: UUID, event_id: UUID) -> list[UUID]:
    rows = await connection.fetch(SELECT_OTHER_EVENTS, person_id, event_id, sorted(DOOR_TEAM))
    return [row["event_id"] for row in rows]


#: Whether one of these is a ticket; events and hashes go in pairs.
SELECT_IS_TICKET: LiteralString = """
    SELECT EXISTS (
        SELECT 1
        FROM unnest($1::uuid[], $2::bytea[]) AS asked (event_id, code_hash)
        JOIN ticket_codes ON ticket_codes.event_id = asked.event_id AND ticket_codes.code_hash = asked.code_hash
    )
"""


async def select_is_ticket(connection: Connection, *, hashes: Sequence[tuple[UUID, bytes]]) -> bool:
    found: bool = await connection.fetchval(
        SELECT_IS_TICKET, [event_id for event_id, _ in hashes], [code_hash for _, code_hash in hashes]
    )
    return found


def _ticketholder(row: Any) -> Ticketholder | None:
    return None if row is None else Ticketholder(row["id"], row["is_cancelled"], row["is_walk_in"])
