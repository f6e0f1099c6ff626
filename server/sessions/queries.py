"""Every statement about sessions and sign-in attempts, and the use of an invitation."""

from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from server.db import Connection, one
from server.sessions.models import SESSION_LASTS, SESSION_LASTS_UNUSED, TRIES, Attempt, BadgeClaim, Viewer

#: The live session with this token. Use moves its end, at most once in an hour, so that reading stays reading.
TOUCH_SESSION: LiteralString = """
    WITH live AS (
        SELECT id, person_id, kind, last_seen_at
        FROM sessions
        WHERE token_hash = $1 AND ended_at IS NULL AND expires_at > $2
    ), touched AS (
        UPDATE sessions SET last_seen_at = $2, expires_at = LEAST($2 + $3::interval, created_at + $4::interval)
        FROM live
        WHERE sessions.id = live.id AND live.last_seen_at < $2 - interval '1 hour'
    )
    SELECT id, person_id, kind FROM live
"""


async def touch_session(connection: Connection, *, token_hash: bytes, now: datetime) -> Viewer | None:
    row = await connection.fetchrow(TOUCH_SESSION, token_hash, now, SESSION_LASTS_UNUSED, SESSION_LASTS)
    if row is None:
        return None
    return Viewer(person_id=row["person_id"], session_id=row["id"], is_bearer=row["kind"] == "BEARER")


#: A new session.
INSERT_SESSION: LiteralString = """
    INSERT INTO sessions (id, person_id, token_hash, kind, created_at, last_seen_at, expires_at)
    VALUES ($1, $2, $3, $4, $5::timestamptz, $5, $5 + $6::interval)
"""


async def insert_session(
    connection: Connection, *, session_id: UUID, person_id: UUID, token_hash: bytes, is_bearer: bool, now: datetime
) -> None:
    kind = "BEARER" if is_bearer else "COOKIE"
    await connection.execute(INSERT_SESSION, session_id, person_id, token_hash, kind, now, SESSION_LASTS_UNUSED)


#: End a session for good.
END_SESSION: LiteralString = """
    UPDATE sessions SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL
"""


async def end_session(connection: Connection, *, session_id: UUID, now: datetime) -> None:
    await connection.execute(END_SESSION, session_id, now)


#: End the session that a cookie names.
END_SESSION_OF_COOKIE: LiteralString = """
    UPDATE sessions SET ended_at = $2 WHERE token_hash = $1 AND ended_at IS NULL
"""


async def end_session_of_cookie(connection: Connection, *, token_hash: bytes, now: datetime) -> None:
    await connection.execute(END_SESSION_OF_COOKIE, token_hash, now)


#: Sessions of a person that no longer open anything.
DELETE_OLD_SESSIONS: LiteralString = """
    DELETE FROM sessions WHERE person_id = $1 AND (expires_at <= $2 OR ended_at IS NOT NULL)
"""


async def delete_old_sessions(connection: Connection, *, person_id: UUID, now: datetime) -> None:
    await connection.execute(DELETE_OLD_SESSIONS, person_id, now)


#: One request for an address at a time, until the transaction ends: counting and adding are then one step.
LOCK_ADDRESS: LiteralString = """
    SELECT pg_advisory_xact_lock(hashtextextended('sign-in ' || $1, 0))
"""


async def lock_address(connection: Connection, *, email_key: str) -> None:
    await connection.execute(LOCK_ADDRESS, email_key)


#: How many codes were mailed to an address since $2.
COUNT_MAILED: LiteralString = """
    SELECT count(*) AS mailed
    FROM sign_in_attempts
    WHERE email_key = $1 AND created_at > $2 AND stands_for IS NULL
"""


async def count_mailed(connection: Connection, *, email_key: str, since: datetime) -> int:
    mailed: int = one(await connection.fetchrow(COUNT_MAILED, email_key, since))["mailed"]
    return mailed


#: Earlier codes of an address stop working: only the newest does.
RETIRE_ATTEMPTS: LiteralString = """
    UPDATE sign_in_attempts SET expires_at = $2 WHERE email_key = $1 AND expires_at > $2
"""


async def retire_attempts(connection: Connection, *, email_key: str, now: datetime) -> None:
    await connection.execute(RETIRE_ATTEMPTS, email_key, now)


#: A code that is about to be mailed.
INSERT_ATTEMPT: LiteralString = """
    INSERT INTO sign_in_attempts (id, email, email_key, code_hash, claims_event_id, claims_registration_id,
                                  created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""


async def insert_attempt(
    connection: Connection, *, attempt: Attempt, email_key: str, now: datetime, expires_at: datetime
) -> None:
    claim = attempt.claim
    await connection.execute(
        INSERT_ATTEMPT, attempt.id, attempt.email, email_key, attempt.code_hash,
        claim.event_id if claim else None, claim.registration_id if claim else None, now, expires_at,
    )  # fmt: skip


#: An attempt that nothing is mailed for: it takes the code of the newest one mailed to the address, while that lives.
INSERT_STAND_IN: LiteralString = """
    INSERT INTO sign_in_attempts (id, email, email_key, code_hash, stands_for, created_at, expires_at)
    SELECT $1, email, email_key, code_hash, id, $3, expires_at
    FROM sign_in_attempts
    WHERE email_key = $2 AND expires_at > $3 AND used_at IS NULL AND stands_for IS NULL
"""


async def insert_stand_in(connection: Connection, *, attempt_id: UUID, email_key: str, now: datetime) -> None:
    await connection.execute(INSERT_STAND_IN, attempt_id, email_key, now)


#: Attempts hold addresses, so old ones go; those that another request is just removing are left to it.
DELETE_OLD_ATTEMPTS: LiteralString = """
    DELETE FROM sign_in_attempts
    WHERE id IN (
        SELECT old.id FROM sign_in_attempts AS old WHERE old.created_at < $1 LIMIT 1000 FOR UPDATE SKIP LOCKED
    )
"""


async def delete_old_attempts(connection: Connection, *, before: datetime) -> None:
    await connection.execute(DELETE_OLD_ATTEMPTS, before)


#: Count a try at an attempt, or at the one it stands for, while it takes tries. The row stays locked until the
#: transaction ends, so that two tries at once are two.
COUNT_TRY: LiteralString = """
    UPDATE sign_in_attempts SET tries = tries + 1
    WHERE id = (SELECT COALESCE(asked.stands_for, asked.id) FROM sign_in_attempts AS asked WHERE asked.id = $1)
      AND used_at IS NULL AND tries < $3 AND expires_at > $2
    RETURNING id, email, code_hash, claims_event_id, claims_registration_id
"""


async def count_try(connection: Connection, *, attempt_id: UUID, now: datetime) -> Attempt | None:
    row = await connection.fetchrow(COUNT_TRY, attempt_id, now, TRIES)
    return None if row is None else _attempt(row)


#: The code was right: it is used up.
USE_ATTEMPT: LiteralString = """
    UPDATE sign_in_attempts SET used_at = $2 WHERE id = $1
"""


async def use_attempt(connection: Connection, *, attempt_id: UUID, now: datetime) -> None:
    await connection.execute(USE_ATTEMPT, attempt_id, now)


#: Use an invitation up; of two at once, one finds it used.
USE_INVITATION: LiteralString = """
    UPDATE invitations SET used_at = $2
    WHERE code_hash = $1 AND used_at IS NULL AND expires_at > $2
    RETURNING email
"""


async def use_invitation(connection: Connection, *, code_hash: bytes, now: datetime) -> str | None:
    """The address it was mailed to; None when it opens nothing."""
    email: str | None = await connection.fetchval(USE_INVITATION, code_hash, now)
    return email


def _attempt(row: Any) -> Attempt:
    claim = None
    if row["claims_event_id"] is not None:
        claim = BadgeClaim(row["claims_event_id"], row["claims_registration_id"])
    return Attempt(id=row["id"], email=row["email"], code_hash=row["code_hash"], claim=claim)
