"""Every statement about keys of other programs, and what they deliver."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from server.db import Connection
from server.imports.incoming.models import ImportKey, ImportSender, WaitingDelivery

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


#: The keys of an event, the newest first; revoked ones after those in use.
SELECT_KEYS: LiteralString = """
    SELECT event_id, id, person_id, sender, name, sealed_secret, made_at, revoked_at, last_used_at, taken, trouble
    FROM import_keys WHERE event_id = $1 ORDER BY revoked_at IS NOT NULL, made_at DESC, id LIMIT 50
"""


async def select_keys(connection: Connection, *, event_id: UUID) -> list[ImportKey]:
    return [_key(row) for row in await connection.fetch(SELECT_KEYS, event_id)]


#: One key.
SELECT_KEY: LiteralString = """
    SELECT event_id, id, person_id, sender, name, sealed_secret, made_at, revoked_at, last_used_at, taken, trouble
    FROM import_keys WHERE event_id = $1 AND id = $2
"""


async def select_key(connection: Connection, *, event_id: UUID, key_id: UUID) -> ImportKey | None:
    row = await connection.fetchrow(SELECT_KEY, event_id, key_id)
    return None if row is None else _key(row)


#: The key in use of an event with this token, which is noted as used.
NOTE_USE: LiteralString = """
    UPDATE import_keys SET last_used_at = $3, taken = taken + 1
    WHERE event_id = $1 AND token_hash = $2 AND revoked_at IS NULL
    RETURNING event_id, id, person_id, sender, name, sealed_secret, made_at, revoked_at, last_used_at, taken, trouble
"""


async def use_token(connection: Connection, *, event_id: UUID, token_hash: bytes, now: datetime) -> ImportKey | None:
    row = await connection.fetchrow(NOTE_USE, event_id, token_hash, now)
    return None if row is None else _key(row)


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


#: A delivery that waits, held until its end.
LOCK_DELIVERY: LiteralString = """
    SELECT import_keys.event_id, import_keys.id, import_keys.person_id, import_keys.sender, import_keys.name,
           import_keys.sealed_secret, import_keys.made_at, import_keys.revoked_at, import_keys.last_used_at,
           import_keys.taken, import_keys.trouble, import_deliveries.sealed_body
    FROM import_deliveries
    JOIN import_keys ON import_keys.event_id = import_deliveries.event_id AND import_keys.id = import_deliveries.key_id
    WHERE import_deliveries.event_id = $1 AND import_deliveries.key_id = $2 AND import_deliveries.id = $3
      AND import_deliveries.sealed_body IS NOT NULL
    FOR UPDATE OF import_deliveries
"""


async def lock_delivery(
    connection: Connection, *, event_id: UUID, key_id: UUID, delivery_id: UUID
) -> WaitingDelivery | None:
    row = await connection.fetchrow(LOCK_DELIVERY, event_id, key_id, delivery_id)
    return None if row is None else WaitingDelivery(_key(row), row["sealed_body"])


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
    )
