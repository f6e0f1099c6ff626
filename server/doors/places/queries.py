"""Every statement about the doors themselves: added, renamed, removed, listed."""

from datetime import date, datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.doors.models import Door

#: A door; refused by its constraint when the event has one of that name. A second of its key does nothing.
INSERT_DOOR: LiteralString = """
    INSERT INTO doors (event_id, id, name, key, created_at)
    SELECT $1, $2, $3, $4, $5
    ON CONFLICT ON CONSTRAINT doors_one_per_key DO NOTHING
"""


async def insert_door(
    connection: Connection, *, event_id: UUID, door_id: UUID, name: str, key: UUID | None, now: datetime
) -> None:
    await connection.execute(INSERT_DOOR, event_id, door_id, name, key, now)


#: The door that was added with a key.
SELECT_DOOR_BY_KEY: LiteralString = """
    SELECT id, name FROM doors WHERE event_id = $1 AND key = $2
"""


async def select_door_by_key(connection: Connection, *, event_id: UUID, key: UUID) -> Door | None:
    row = await connection.fetchrow(SELECT_DOOR_BY_KEY, event_id, key)
    return None if row is None else Door(event_id, row["id"], row["name"], 0)


#: Another name for a door; refused by its constraint when the event has one of that name.
UPDATE_DOOR_NAME: LiteralString = """
    UPDATE doors SET name = $3 WHERE event_id = $1 AND id = $2 AND removed_at IS NULL RETURNING id
"""


async def update_door_name(connection: Connection, *, event_id: UUID, door_id: UUID, name: str) -> bool:
    return await connection.fetchval(UPDATE_DOOR_NAME, event_id, door_id, name) is not None


#: The door takes no more scans; its log stays.
REMOVE_DOOR: LiteralString = """
    UPDATE doors SET removed_at = COALESCE(removed_at, $3) WHERE event_id = $1 AND id = $2 RETURNING id
"""


async def remove_door(connection: Connection, *, event_id: UUID, door_id: UUID, now: datetime) -> bool:
    return await connection.fetchval(REMOVE_DOOR, event_id, door_id, now) is not None


#: The doors of an event by name, each with how often somebody was let in there on the day. Removed ones are left out,
#: unless $3 names one.
SELECT_DOORS: LiteralString = """
    SELECT doors.id, doors.name, COALESCE(counted.arrivals, 0) AS check_ins
    FROM doors
    LEFT JOIN (
        SELECT door_id, sum(arrivals)::integer AS arrivals
        FROM attendance_counters
        WHERE event_id = $1 AND day = $2
        GROUP BY door_id
    ) AS counted ON counted.door_id = doors.id
    WHERE doors.event_id = $1 AND CASE WHEN $3::uuid IS NULL THEN doors.removed_at IS NULL ELSE doors.id = $3 END
    ORDER BY doors.name
"""


async def select_doors(connection: Connection, *, event_id: UUID, day: date, door_id: UUID | None = None) -> list[Door]:
    rows = await connection.fetch(SELECT_DOORS, event_id, day, door_id)
    return [Door(event_id, row["id"], row["name"], row["check_ins"]) for row in rows]
