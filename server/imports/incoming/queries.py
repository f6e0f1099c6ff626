"""Every statement about keys of other programs, and what they deliver."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from server.db import Connection
from server.events.models import ORGANIZERS
from server.imports.incoming.models import ImportKey, ImportSender

#: A new key; the same id again changes nothing.
INSERT_KEY: LiteralString = """
    INSERT INTO import_keys (event_id, id, person_id, sender, name, token_hash, sealed_secret, made_at)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8
    WHERE (SELECT count(*) FROM import_keys WHERE event_id = $1 AND revoked_at IS NULL) < $9
    ON CONFLICT ON CONSTRAINT import_keys_pkey DO NOTHING
"""


async def insert_key(connection: Connection, *, key: ImportKey, token_hash: bytes | None, at_most: int) -> None:
    await connection.execute(
        INSERT_KEY, key.event_id, key.id, key.person_id, key.sender, key.name, token_hash, key.sealed_secret,
        key.made_at, at_most,
    )  # fmt: skip


#: The keys of an event, or one of them: the newest first, revoked ones after those in use. One rests while whoever
#: answers for it holds none of the roles $2.
SELECT_KEYS: LiteralString = """
    SELECT import_keys.event_id, import_keys.id, import_keys.person_id, import_keys.sender, import_keys.name,
           import_keys.sealed_secret, import_keys.made_at, import_keys.revoked_at, import_keys.last_used_at,
           import_keys.taken, import_keys.trouble, people.name AS answered_by,
           import_keys.revoked_at IS NULL AND event_roles.person_id IS NULL AS rests,
           (SELECT count(*) FROM import_deliveries
            WHERE import_deliveries.event_id = import_keys.event_id AND import_deliveries.key_id = import_keys.id
              AND import_deliveries.sealed_body IS NOT NULL) AS held
    FROM import_keys
    LEFT JOIN people ON people.id = import_keys.person_id
    LEFT JOIN event_roles ON event_roles.event_id = import_keys.event_id
        AND event_roles.person_id = import_keys.person_id AND event_roles.role = ANY($2::text[])
    WHERE import_keys.event_id = $1 AND ($3::uuid IS NULL OR import_keys.id = $3)
    ORDER BY import_keys.revoked_at IS NOT NULL, import_keys.made_at DESC, import_keys.id
    LIMIT 50
"""


async def select_keys(connection: Connection, *, event_id: UUID, key_id: UUID | None = None) -> list[ImportKey]:
    return [_key(row) for row in await connection.fetch(SELECT_KEYS, event_id, sorted(ORGANIZERS), key_id)]


#: The key in use of an event with this token, whose answerer holds one of the roles $3.
SELECT_IN_USE: LiteralString = """
    SELECT import_keys.id
    FROM import_keys
    JOIN event_roles ON event_roles.event_id = import_keys.event_id AND event_roles.person_id = import_keys.person_id
        AND event_roles.role = ANY($3::text[])
    WHERE import_keys.event_id = $1 AND import_keys.token_hash = $2 AND import_keys.revoked_at IS NULL
"""


async def select_by_token(connection: Connection, *, event_id: UUID, token_hash: bytes) -> UUID | None:
    key_id: UUID | None = await connection.fetchval(SELECT_IN_USE, event_id, token_hash, sorted(ORGANIZERS))
    return key_id


#: A token was used.
NOTE_USE: LiteralString = """
    UPDATE import_keys SET last_used_at = $3, taken = taken + 1
    WHERE event_id = $1 AND id = $2 AND revoked_at IS NULL
    RETURNING id
"""


async def note_use(connection: Connection, *, event_id: UUID, key_id: UUID, now: datetime) -> bool:
    """Whether it is in use still."""
    return await connection.fetchval(NOTE_USE, event_id, key_id, now) is not None


#: Somebody answers for a key from now on.
TAKE_OVER_KEY: LiteralString = """
    UPDATE import_keys SET person_id = $3 WHERE event_id = $1 AND id = $2 AND revoked_at IS NULL RETURNING id
"""


async def take_over_key(connection: Connection, *, event_id: UUID, key_id: UUID, person_id: UUID) -> bool:
    return await connection.fetchval(TAKE_OVER_KEY, event_id, key_id, person_id) is not None


#: What was delivered by a key and is not brought in, in the order in which it came.
SELECT_HELD: LiteralString = """
    SELECT id FROM import_deliveries
    WHERE event_id = $1 AND key_id = $2 AND sealed_body IS NOT NULL
    ORDER BY received_at, id
"""


async def select_held(connection: Connection, *, event_id: UUID, key_id: UUID) -> list[UUID]:
    return [row["id"] for row in await connection.fetch(SELECT_HELD, event_id, key_id)]


#: What was delivered by a key and is not brought in is let go.
DELETE_HELD: LiteralString = """
    DELETE FROM import_deliveries WHERE event_id = $1 AND key_id = $2 AND sealed_body IS NOT NULL
"""


async def delete_held(connection: Connection, *, event_id: UUID, key_id: UUID) -> None:
    await connection.execute(DELETE_HELD, event_id, key_id)


#: The key ends; what came by it stays.
REVOKE_KEY: LiteralString = """
    UPDATE import_keys SET revoked_at = COALESCE(revoked_at, $3) WHERE event_id = $1 AND id = $2 RETURNING id
"""


async def revoke_key(connection: Connection, *, event_id: UUID, key_id: UUID, now: datetime) -> bool:
    return await connection.fetchrow(REVOKE_KEY, event_id, key_id, now) is not None


#: A delivery, once; the same again changes nothing.
INSERT_DELIVERY: LiteralString = """
    INSERT INTO import_deliveries (event_id, key_id, delivery_hash, id, sealed_body, received_at)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT ON CONSTRAINT import_deliveries_pkey DO NOTHING
    RETURNING id
"""


async def insert_delivery(
    connection: Connection,
    *,
    event_id: UUID,
    key_id: UUID,
    delivery_hash: bytes,
    delivery_id: UUID,
    sealed: bytes,
    now: datetime,
) -> bool:
    """Whether it is new."""
    row = await connection.fetchrow(INSERT_DELIVERY, event_id, key_id, delivery_hash, delivery_id, sealed, now)
    return row is not None


#: A delivery that waits, locked until the transaction ends.
LOCK_DELIVERY: LiteralString = """
    SELECT sealed_body FROM import_deliveries
    WHERE event_id = $1 AND key_id = $2 AND id = $3 AND sealed_body IS NOT NULL
    FOR UPDATE
"""


async def lock_delivery(connection: Connection, *, event_id: UUID, key_id: UUID, delivery_id: UUID) -> bytes | None:
    """Its sealed body; None where it is brought in, or was let go."""
    sealed: bytes | None = await connection.fetchval(LOCK_DELIVERY, event_id, key_id, delivery_id)
    return sealed


#: Those of some tickets of which this key has told something later already.
SELECT_TOLD_LATER: LiteralString = """
    SELECT DISTINCT told.ticket
    FROM import_deliveries CROSS JOIN unnest(import_deliveries.tickets) AS told (ticket)
    WHERE event_id = $1 AND key_id = $2 AND told_at > $3 AND told.ticket = ANY($4::bytea[])
"""


async def select_told_later(
    connection: Connection, *, event_id: UUID, key_id: UUID, told_at: datetime, tickets: Sequence[bytes]
) -> set[bytes]:
    rows = await connection.fetch(SELECT_TOLD_LATER, event_id, key_id, told_at, tickets)
    return {row["ticket"] for row in rows}


#: It is brought in, or cannot be; what it said is forgotten but for when it told of which tickets, and its key says how
#: it went.
END_DELIVERY: LiteralString = """
    WITH ended AS (
        UPDATE import_deliveries SET sealed_body = NULL, told_at = $6, tickets = $7
        WHERE event_id = $1 AND key_id = $2 AND id = $3
    )
    UPDATE import_keys SET last_used_at = $4, taken = taken + 1, trouble = $5 WHERE event_id = $1 AND id = $2
"""


async def end_delivery(
    connection: Connection,
    *,
    event_id: UUID,
    key_id: UUID,
    delivery_id: UUID,
    now: datetime,
    trouble: str | None,
    told_at: datetime | None,
    tickets: Sequence[bytes],
) -> None:
    await connection.execute(
        END_DELIVERY, event_id, key_id, delivery_id, now, trouble, told_at, tickets
    )  # fmt: skip


#: Deliveries so old that no signature of theirs is taken any more.
DELETE_OLD_DELIVERIES: LiteralString = """
    DELETE FROM import_deliveries WHERE received_at < $1
"""


async def delete_old_deliveries(connection: Connection, *, before: datetime) -> None:
    await connection.execute(DELETE_OLD_DELIVERIES, before)


def _key(row: Any) -> ImportKey:
    return ImportKey(
        event_id=row["event_id"],
        id=row["id"],
        person_id=row["person_id"],
        sender=ImportSender(row["sender"]),
        name=row["name"],
        made_at=row["made_at"],
        revoked_at=row["revoked_at"],
        last_used_at=row["last_used_at"],
        taken=row["taken"],
        trouble=row["trouble"],
        sealed_secret=row["sealed_secret"],
        answered_by=row["answered_by"],
        rests=row["rests"],
        held=row["held"],
    )
