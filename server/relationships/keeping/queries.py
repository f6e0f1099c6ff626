"""Every statement by which somebody says what a relationship is to them, and that the two were in touch."""

from datetime import date, datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.relationships.models import GiftDirection, GiftKind, RelationshipKind

#: Holds one of the person's own relationships until the transaction ends; the time of its last touch.
LOCK_RELATIONSHIP: LiteralString = """
    SELECT last_touch_at FROM relationships WHERE person_id = $1 AND id = $2 FOR UPDATE
"""


async def lock_relationship(connection: Connection, *, person_id: UUID, relationship_id: UUID) -> datetime | None:
    found: datetime | None = await connection.fetchval(LOCK_RELATIONSHIP, person_id, relationship_id)
    return found


#: What it is to its owner.
UPDATE_KIND: LiteralString = """
    UPDATE relationships SET kind = $3 WHERE person_id = $1 AND id = $2
"""


async def update_kind(
    connection: Connection, *, person_id: UUID, relationship_id: UUID, kind: RelationshipKind | None
) -> None:
    await connection.execute(UPDATE_KIND, person_id, relationship_id, kind)


#: Until when its owner does not want to be reminded of it.
UPDATE_RESTING: LiteralString = """
    UPDATE relationships SET resting_until = $3 WHERE person_id = $1 AND id = $2
"""


async def update_resting(connection: Connection, *, person_id: UUID, relationship_id: UUID, until: date | None) -> None:
    await connection.execute(UPDATE_RESTING, person_id, relationship_id, until)


#: A touch under the phone's key, with the one before it; false for a key seen before.
INSERT_TOUCH: LiteralString = """
    INSERT INTO touches (person_id, key, relationship_id, touched_at, before_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT ON CONSTRAINT touches_pkey DO NOTHING
    RETURNING true
"""


async def insert_touch(
    connection: Connection, *, person_id: UUID, key: UUID, relationship_id: UUID, at: datetime, before: datetime
) -> bool:
    return bool(await connection.fetchval(INSERT_TOUCH, person_id, key, relationship_id, at, before))


#: The clock of a relationship moved on, never back.
MOVE_TOUCH: LiteralString = """
    UPDATE relationships SET last_touch_at = $3 WHERE person_id = $1 AND id = $2 AND last_touch_at < $3
"""


async def move_touch(connection: Connection, *, person_id: UUID, relationship_id: UUID, at: datetime) -> None:
    await connection.execute(MOVE_TOUCH, person_id, relationship_id, at)


#: A touch taken back. Where nothing happened since, the clock stands where it stood before.
TAKE_BACK_TOUCH: LiteralString = """
    WITH taken_back AS (
        DELETE FROM touches WHERE person_id = $1 AND relationship_id = $2 AND key = $3
        RETURNING touched_at, before_at
    )
    UPDATE relationships SET last_touch_at = LEAST(relationships.last_touch_at, taken_back.before_at)
    FROM taken_back
    WHERE relationships.person_id = $1 AND relationships.id = $2
      AND relationships.last_touch_at = taken_back.touched_at
"""


async def take_back_touch(connection: Connection, *, person_id: UUID, relationship_id: UUID, key: UUID) -> None:
    await connection.execute(TAKE_BACK_TOUCH, person_id, relationship_id, key)


#: What was given or received with a touch.
INSERT_GIFT: LiteralString = """
    INSERT INTO gifts (person_id, id, relationship_id, key, direction, kind, text, search_key, given_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT ON CONSTRAINT gifts_one_per_key DO NOTHING
"""


async def insert_gift(
    connection: Connection,
    *,
    person_id: UUID,
    relationship_id: UUID,
    gift_id: UUID,
    key: UUID,
    direction: GiftDirection,
    kind: GiftKind,
    text: str,
    search_key: str,
    at: datetime,
) -> None:
    await connection.execute(
        INSERT_GIFT, person_id, gift_id, relationship_id, key, direction, kind, text, search_key, at
    )


#: One of the person's own gifts forgotten; of which relationship it was.
DELETE_GIFT: LiteralString = """
    DELETE FROM gifts WHERE person_id = $1 AND id = $2 RETURNING relationship_id
"""


async def delete_gift(connection: Connection, *, person_id: UUID, gift_id: UUID) -> UUID | None:
    found: UUID | None = await connection.fetchval(DELETE_GIFT, person_id, gift_id)
    return found
