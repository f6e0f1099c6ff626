"""Every statement about the programme: its sessions with their counts. The log of scans is in `scanning`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from server.db import Connection
from server.rooms.models import RoomSession, SessionDraft

#: The sessions of an event that are not removed, in the order of the day.
SELECT_SESSIONS: LiteralString = """
    SELECT room_sessions.event_id, room_sessions.id, room_sessions.title, room_sessions.room, room_sessions.starts_at,
           room_sessions.ends_at, room_sessions.capacity, room_sessions.came, room_sessions.here_now,
           events.scans_people_out
    FROM room_sessions
    JOIN events ON events.id = room_sessions.event_id
    WHERE room_sessions.event_id = $1 AND room_sessions.removed_at IS NULL
    ORDER BY room_sessions.starts_at, room_sessions.ends_at, room_sessions.title, room_sessions.id
"""


async def select_sessions(connection: Connection, *, event_id: UUID) -> list[RoomSession]:
    return [_session(row) for row in await connection.fetch(SELECT_SESSIONS, event_id)]


#: One session, removed or not.
SELECT_SESSION: LiteralString = """
    SELECT room_sessions.event_id, room_sessions.id, room_sessions.title, room_sessions.room, room_sessions.starts_at,
           room_sessions.ends_at, room_sessions.capacity, room_sessions.came, room_sessions.here_now,
           events.scans_people_out
    FROM room_sessions
    JOIN events ON events.id = room_sessions.event_id
    WHERE room_sessions.event_id = $1 AND room_sessions.id = $2
"""


async def select_session(connection: Connection, *, event_id: UUID, session_id: UUID) -> RoomSession | None:
    row = await connection.fetchrow(SELECT_SESSION, event_id, session_id)
    return None if row is None else _session(row)


#: New sessions; those whose key was used before are left as they are.
INSERT_SESSIONS: LiteralString = """
    INSERT INTO room_sessions (event_id, id, key, title, room, starts_at, ends_at, capacity, created_at)
    SELECT $1, added.id, added.key, added.title, added.room, added.starts_at, added.ends_at, added.capacity, $9
    FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::integer[])
        AS added (id, key, title, room, starts_at, ends_at, capacity)
    ON CONFLICT ON CONSTRAINT room_sessions_one_per_key DO NOTHING
"""


async def insert_sessions(
    connection: Connection, *, event_id: UUID, ids: Sequence[UUID], drafts: Sequence[SessionDraft], now: datetime
) -> None:
    await connection.execute(
        INSERT_SESSIONS, event_id, ids, [each.key for each in drafts], [each.title for each in drafts],
        [each.room for each in drafts], [each.starts_at for each in drafts], [each.ends_at for each in drafts],
        [each.capacity for each in drafts], now,
    )  # fmt: skip


#: The sessions that these keys made, in the order of the keys.
SELECT_SESSIONS_BY_KEY: LiteralString = """
    SELECT room_sessions.event_id, room_sessions.id, room_sessions.title, room_sessions.room, room_sessions.starts_at,
           room_sessions.ends_at, room_sessions.capacity, room_sessions.came, room_sessions.here_now,
           events.scans_people_out
    FROM room_sessions
    JOIN events ON events.id = room_sessions.event_id
    WHERE room_sessions.event_id = $1 AND room_sessions.key = ANY($2::uuid[])
    ORDER BY array_position($2::uuid[], room_sessions.key)
"""


async def select_sessions_by_key(connection: Connection, *, event_id: UUID, keys: Sequence[UUID]) -> list[RoomSession]:
    return [_session(row) for row in await connection.fetch(SELECT_SESSIONS_BY_KEY, event_id, keys)]


#: How many sessions the programme has.
SELECT_SESSION_COUNT: LiteralString = """
    SELECT count(*) FROM room_sessions WHERE event_id = $1 AND removed_at IS NULL
"""


async def select_session_count(connection: Connection, *, event_id: UUID) -> int:
    count: int = await connection.fetchval(SELECT_SESSION_COUNT, event_id)
    return count


#: What a session is called, where and when it is, and how many it takes. Its counts are the log's.
UPDATE_SESSION: LiteralString = """
    UPDATE room_sessions
    SET title = $3, room = $4, starts_at = $5, ends_at = $6, capacity = $7
    WHERE event_id = $1 AND id = $2
"""


async def update_session(connection: Connection, *, event_id: UUID, session_id: UUID, draft: SessionDraft) -> None:
    await connection.execute(
        UPDATE_SESSION, event_id, session_id, draft.title, draft.room, draft.starts_at, draft.ends_at, draft.capacity
    )


#: Takes a session out of the programme (a time), or back into it (null).
SET_REMOVED: LiteralString = """
    UPDATE room_sessions SET removed_at = $3 WHERE event_id = $1 AND id = $2
"""


async def set_removed(connection: Connection, *, event_id: UUID, session_id: UUID, removed_at: datetime | None) -> None:
    await connection.execute(SET_REMOVED, event_id, session_id, removed_at)


#: Whether a session of somebody who watches is live still.
SELECT_IS_LIVE: LiteralString = """
    SELECT EXISTS (SELECT 1 FROM sessions WHERE id = $1 AND ended_at IS NULL AND expires_at > $2)
"""


async def select_is_live(connection: Connection, *, session_id: UUID, now: datetime) -> bool:
    is_live: bool = await connection.fetchval(SELECT_IS_LIVE, session_id, now)
    return is_live


def _session(row: Any) -> RoomSession:
    return RoomSession(
        event_id=row["event_id"],
        id=row["id"],
        title=row["title"],
        room=row["room"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        capacity=row["capacity"],
        came=row["came"],
        here_now=row["here_now"],
        scans_people_out=row["scans_people_out"],
    )
