"""Every statement about sessions, sign-in attempts and invitations."""

from datetime import datetime
from typing import LiteralString

from server.db import Connection
from server.sessions.models import Viewer

#: The live session with this token. `last_seen_at` moves at most once in an hour, so that reading stays reading.
TOUCH_SESSION: LiteralString = """
    WITH live AS (
        SELECT id, person_id, kind, last_seen_at
        FROM sessions
        WHERE token_hash = $1 AND ended_at IS NULL AND expires_at > $2
    ), touched AS (
        UPDATE sessions SET last_seen_at = $2
        FROM live
        WHERE sessions.id = live.id AND live.last_seen_at < $2 - interval '1 hour'
    )
    SELECT id, person_id, kind FROM live
"""


async def touch_session(connection: Connection, *, token_hash: bytes, now: datetime) -> Viewer | None:
    row = await connection.fetchrow(TOUCH_SESSION, token_hash, now)
    if row is None:
        return None
    return Viewer(person_id=row["person_id"], session_id=row["id"], is_bearer=row["kind"] == "BEARER")
