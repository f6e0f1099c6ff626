"""Every statement about helpers with PINs."""

from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from server.db import Connection
from server.doors.helpers.models import DoorHelper

#: A helper; a second of its key does nothing, and constraints refuse a name or PIN that is in use.
INSERT_HELPER: LiteralString = """
    INSERT INTO door_helpers (event_id, id, name, pin_hash, key, created_at)
    SELECT $1, $2, $3, $4, $5, $6
    ON CONFLICT ON CONSTRAINT door_helpers_one_per_key DO NOTHING
"""


async def insert_helper(
    connection: Connection, *, helper: DoorHelper, pin_hash: bytes, key: UUID, now: datetime
) -> None:
    await connection.execute(INSERT_HELPER, helper.event_id, helper.id, helper.name, pin_hash, key, now)


#: The helper that was added with a key.
SELECT_HELPER_BY_KEY: LiteralString = """
    SELECT event_id, id, name FROM door_helpers WHERE event_id = $1 AND key = $2
"""


async def select_helper_by_key(connection: Connection, *, event_id: UUID, key: UUID) -> DoorHelper | None:
    return _helper(await connection.fetchrow(SELECT_HELPER_BY_KEY, event_id, key))


#: Whose PIN it is.
SELECT_HELPER_BY_PIN: LiteralString = """
    SELECT event_id, id, name FROM door_helpers WHERE event_id = $1 AND pin_hash = $2 AND removed_at IS NULL
"""


async def select_helper_by_pin(connection: Connection, *, event_id: UUID, pin_hash: bytes) -> DoorHelper | None:
    return _helper(await connection.fetchrow(SELECT_HELPER_BY_PIN, event_id, pin_hash))


#: The helpers of an event by name.
SELECT_HELPERS: LiteralString = """
    SELECT event_id, id, name FROM door_helpers WHERE event_id = $1 AND removed_at IS NULL ORDER BY name
"""


async def select_helpers(connection: Connection, *, event_id: UUID) -> list[DoorHelper]:
    rows = await connection.fetch(SELECT_HELPERS, event_id)
    return [DoorHelper(row["event_id"], row["id"], row["name"]) for row in rows]


#: The PIN opens nothing any more; the name stays in the log.
REMOVE_HELPER: LiteralString = """
    UPDATE door_helpers SET removed_at = COALESCE(removed_at, $3) WHERE event_id = $1 AND id = $2 RETURNING id
"""


async def remove_helper(connection: Connection, *, event_id: UUID, helper_id: UUID, now: datetime) -> bool:
    """Whether there ever was one."""
    return await connection.fetchval(REMOVE_HELPER, event_id, helper_id, now) is not None


def _helper(row: Any) -> DoorHelper | None:
    return None if row is None else DoorHelper(row["event_id"], row["id"], row["name"])
