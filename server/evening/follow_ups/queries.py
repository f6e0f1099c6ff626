"""Every statement about follow-ups as their person sees them, and what becomes of them and of their promise."""

from datetime import date, datetime
from typing import LiteralString
from uuid import UUID

from asyncpg import Record

from server.db import Connection
from server.evening.met.models import SwapAt
from server.evening.models import FollowUpKind, FollowUpState, StoredFollowUp

#: What a list shows: promises first, then by kind and by the order of making. Only what the view `live_follow_ups`
#: lets be seen now. A promise that was kept elsewhere shows as done.
SELECT_FOLLOW_UPS: LiteralString = """
    SELECT follow_ups.event_id, follow_ups.id, follow_ups.swap_event_id, follow_ups.swap_id,
           follow_ups.other_event_id, follow_ups.other_swap_id, follow_ups.kind, follow_ups.subject_id,
           CASE WHEN follow_ups.state = 'OPEN' AND promises.kept_at IS NOT NULL THEN 'DONE'
                ELSE follow_ups.state END AS state,
           follow_ups.reason, follow_ups.draft, follow_ups.gift, follow_ups.due_on
    FROM follow_ups
    JOIN live_follow_ups AS live ON live.event_id = follow_ups.event_id AND live.id = follow_ups.id
    LEFT JOIN promises ON promises.event_id = follow_ups.swap_event_id AND promises.id = follow_ups.subject_id
    WHERE follow_ups.event_id = $1 AND follow_ups.registration_id = $2 AND follow_ups.day = $3
    ORDER BY array_position(
                 ARRAY['KEEP_PROMISE', 'INTRODUCE', 'MEET', 'SHARE', 'SPEAK_UP', 'THANK', 'ASK'], follow_ups.kind),
             follow_ups.place, follow_ups.id
    LIMIT $4
"""


async def select_follow_ups(
    connection: Connection, *, event_id: UUID, registration_id: UUID, day: date, first: int
) -> list[StoredFollowUp]:
    rows = await connection.fetch(SELECT_FOLLOW_UPS, event_id, registration_id, day, first)
    return [_follow_up(row) for row in rows]


#: Holds one of the person's own follow-ups, while it may be seen, until the transaction ends.
LOCK_FOLLOW_UP: LiteralString = """
    SELECT follow_ups.event_id, follow_ups.id, follow_ups.swap_event_id, follow_ups.swap_id,
           follow_ups.other_event_id, follow_ups.other_swap_id, follow_ups.kind, follow_ups.subject_id,
           follow_ups.state, follow_ups.reason, follow_ups.draft, follow_ups.gift, follow_ups.due_on
    FROM follow_ups
    JOIN live_follow_ups AS live ON live.event_id = follow_ups.event_id AND live.id = follow_ups.id
    WHERE follow_ups.event_id = $1 AND follow_ups.id = $2 AND live.reader_id = $3
    FOR UPDATE OF follow_ups
"""


async def lock_follow_up(
    connection: Connection, *, event_id: UUID, follow_up_id: UUID, person_id: UUID
) -> StoredFollowUp | None:
    row = await connection.fetchrow(LOCK_FOLLOW_UP, event_id, follow_up_id, person_id)
    return None if row is None else _follow_up(row)


#: A follow-up settled or opened again. Without a day in $5 it is due on the day of its evening. As in the list, one
#: whose promise was kept elsewhere is done.
UPDATE_FOLLOW_UP: LiteralString = """
    UPDATE follow_ups
    SET state = $3, settled_at = $4, due_on = COALESCE($5, day)
    WHERE event_id = $1 AND id = $2
    RETURNING event_id, id, swap_event_id, swap_id, other_event_id, other_swap_id, kind, subject_id,
              CASE WHEN state = 'OPEN' AND EXISTS (
                  SELECT 1 FROM promises
                  WHERE promises.event_id = follow_ups.swap_event_id AND promises.id = follow_ups.subject_id
                    AND promises.kept_at IS NOT NULL
              ) THEN 'DONE' ELSE state END AS state,
              reason, draft, gift, due_on
"""


async def update_follow_up(
    connection: Connection,
    *,
    follow_up: StoredFollowUp,
    state: FollowUpState,
    settled_at: datetime | None,
    until: date | None = None,
) -> StoredFollowUp:
    rows = await connection.fetch(UPDATE_FOLLOW_UP, follow_up.event_id, follow_up.id, state, settled_at, until)
    return _follow_up(rows[0])


#: The promise behind a follow-up is kept by it, unless it was kept already; which of the two is remembered.
KEEP_PROMISE: LiteralString = """
    WITH kept AS (
        UPDATE promises SET kept_at = $3
        FROM follow_ups
        JOIN swaps ON swaps.event_id = follow_ups.swap_event_id AND swaps.id = follow_ups.swap_id
            AND swaps.withdrawn_at IS NULL
        WHERE follow_ups.event_id = $1 AND follow_ups.id = $2
          AND promises.event_id = follow_ups.swap_event_id AND promises.id = follow_ups.subject_id
          AND promises.swap_id = follow_ups.swap_id AND promises.kept_at IS NULL
        RETURNING promises.id, promises.text
    ), noted AS (
        UPDATE follow_ups SET kept_promise = true
        FROM kept
        WHERE follow_ups.event_id = $1 AND follow_ups.id = $2
    )
    SELECT text FROM kept
"""


async def keep_promise(connection: Connection, *, follow_up: StoredFollowUp, now: datetime) -> str | None:
    text: str | None = await connection.fetchval(KEEP_PROMISE, follow_up.event_id, follow_up.id, now)
    return text


#: Takes back what `KEEP_PROMISE` did, and nothing that was kept in another way.
UNKEEP_PROMISE: LiteralString = """
    WITH taken_back AS (
        UPDATE follow_ups SET kept_promise = false
        WHERE event_id = $1 AND id = $2 AND kept_promise
        RETURNING swap_event_id, subject_id
    )
    UPDATE promises SET kept_at = NULL
    FROM taken_back
    WHERE promises.event_id = taken_back.swap_event_id AND promises.id = taken_back.subject_id
    RETURNING promises.id
"""


async def unkeep_promise(connection: Connection, *, follow_up: StoredFollowUp) -> UUID | None:
    promise_id: UUID | None = await connection.fetchval(UNKEEP_PROMISE, follow_up.event_id, follow_up.id)
    return promise_id


def _follow_up(row: Record) -> StoredFollowUp:
    other = row["other_swap_id"]
    return StoredFollowUp(
        event_id=row["event_id"],
        id=row["id"],
        at=SwapAt(row["swap_event_id"], row["swap_id"]),
        other=None if other is None else SwapAt(row["other_event_id"], other),
        kind=FollowUpKind(row["kind"]),
        state=FollowUpState(row["state"]),
        subject_id=row["subject_id"],
        reason=row["reason"],
        draft=row["draft"],
        gift=row["gift"],
        due_on=row["due_on"],
    )
