"""Every statement about promises."""

from collections.abc import Collection
from datetime import date, datetime
from typing import LiteralString
from uuid import UUID

from asyncpg import Record

from server.db import Connection, one
from server.people.names import words_key
from server.promises.models import DueDay, Promise, PromiseKind, Reminded
from server.swaps.models import Side
from server.swaps.sides import by_side, columns_of

#: A promise under the phone's key; a key seen before answers the promise it made then.
INSERT_PROMISE: LiteralString = """
    INSERT INTO promises (event_id, id, swap_id, registration_id, key, kind, text, due_on, made_at, search_key)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT ON CONSTRAINT promises_one_per_key DO UPDATE SET key = EXCLUDED.key
    RETURNING event_id, id, key, kind, text, due_on, kept_at
"""


async def insert_promise(
    connection: Connection,
    *,
    side: Side,
    promise_id: UUID,
    key: UUID,
    kind: PromiseKind,
    text: str,
    due_on: date | None,
    now: datetime,
) -> Promise:
    return _promise(
        one(
            await connection.fetchrow(
                INSERT_PROMISE,
                side.event_id,
                promise_id,
                side.swap_id,
                side.registration_id,
                key,
                kind,
                text,
                due_on,
                now,
                words_key(text),
            )
        )
    )


#: What those sides promised in their swaps, oldest first.
SELECT_PROMISES: LiteralString = """
    SELECT promises.swap_id, promises.registration_id, promises.event_id, promises.id, promises.key, promises.kind,
           promises.text, promises.due_on, promises.kept_at
    FROM unnest((SELECT $1::uuid[]), (SELECT $2::uuid[]), (SELECT $3::uuid[]))
        AS side (event_id, swap_id, registration_id)
    JOIN promises ON promises.event_id = side.event_id AND promises.swap_id = side.swap_id
        AND promises.registration_id = side.registration_id
    ORDER BY promises.made_at, promises.id
"""


async def select_promises(connection: Connection, *, sides: Collection[Side]) -> dict[Side, list[Promise]]:
    rows = await connection.fetch(SELECT_PROMISES, *columns_of(sides))
    return by_side(sides, rows, _promise)


#: One of the person's own promises kept, named by its id or by the phone's key; kept once, the first time counts.
KEEP_PROMISE: LiteralString = """
    UPDATE promises SET kept_at = COALESCE(promises.kept_at, $4)
    FROM registrations, swaps
    WHERE registrations.event_id = promises.event_id AND registrations.id = promises.registration_id
      AND registrations.person_id = $1
      AND swaps.event_id = promises.event_id AND swaps.id = promises.swap_id AND swaps.withdrawn_at IS NULL
      AND (($2::uuid IS NOT NULL AND promises.event_id = $2 AND promises.id = $3)
           OR ($2::uuid IS NULL AND promises.key = $3))
    RETURNING promises.event_id, promises.id, promises.key, promises.kind, promises.text, promises.due_on,
              promises.kept_at
"""


async def keep_promise(
    connection: Connection, *, person_id: UUID, event_id: UUID | None, promise: UUID, now: datetime
) -> Promise | None:
    row = await connection.fetchrow(KEEP_PROMISE, person_id, event_id, promise, now)
    return None if row is None else _promise(row)


#: One of the person's own promises open again, named in the same way. A follow-up that had kept it did not.
REOPEN_PROMISE: LiteralString = """
    WITH reopened AS (
        UPDATE promises SET kept_at = NULL
        FROM registrations, swaps
        WHERE registrations.event_id = promises.event_id AND registrations.id = promises.registration_id
          AND registrations.person_id = $1
          AND swaps.event_id = promises.event_id AND swaps.id = promises.swap_id AND swaps.withdrawn_at IS NULL
          AND (($2::uuid IS NOT NULL AND promises.event_id = $2 AND promises.id = $3)
               OR ($2::uuid IS NULL AND promises.key = $3))
        RETURNING promises.event_id, promises.id, promises.key, promises.kind, promises.text, promises.due_on,
                  promises.kept_at
    ), forgotten AS (
        UPDATE follow_ups SET kept_promise = false
        FROM reopened
        WHERE follow_ups.swap_event_id = reopened.event_id AND follow_ups.subject_id = reopened.id
    )
    SELECT event_id, id, key, kind, text, due_on, kept_at FROM reopened
"""


async def reopen_promise(
    connection: Connection, *, person_id: UUID, event_id: UUID | None, promise: UUID
) -> Promise | None:
    row = await connection.fetchrow(REOPEN_PROMISE, person_id, event_id, promise)
    return None if row is None else _promise(row)


#: One of the person's own promises in a live swap.
SELECT_PROMISE: LiteralString = """
    SELECT promises.event_id, promises.id, promises.key, promises.kind, promises.text, promises.due_on, promises.kept_at
    FROM promises
    JOIN registrations ON registrations.event_id = promises.event_id AND registrations.id = promises.registration_id
    JOIN swaps ON swaps.event_id = promises.event_id AND swaps.id = promises.swap_id
    WHERE promises.event_id = $1 AND promises.id = $2 AND registrations.person_id = $3 AND swaps.withdrawn_at IS NULL
"""


async def select_promise(
    connection: Connection, *, event_id: UUID, promise_id: UUID, person_id: UUID
) -> Promise | None:
    row = await connection.fetchrow(SELECT_PROMISE, event_id, promise_id, person_id)
    return None if row is None else _promise(row)


#: The zones of people with open promises for a day from $1 to $2.
SELECT_ZONES_WITH_PROMISES: LiteralString = """
    SELECT DISTINCT people.timezone
    FROM promises
    JOIN registrations ON registrations.event_id = promises.event_id AND registrations.id = promises.registration_id
    JOIN people ON people.id = registrations.person_id
    WHERE promises.kept_at IS NULL AND promises.due_on BETWEEN $1 AND $2
"""


async def select_zones_with_promises(connection: Connection, *, since: date, until: date) -> list[str]:
    return [row["timezone"] for row in await connection.fetch(SELECT_ZONES_WITH_PROMISES, since, until)]


#: People in zone $1 with a promise to remind of for day $2, made before $3, with whom the first of them was promised;
#: without those who were told of that day already. At most $4.
SELECT_PEOPLE_TO_REMIND: LiteralString = """
    SELECT DISTINCT ON (people.id) people.id, due.event_id, promises.swap_id, relationships.id AS relationship_id
    FROM promises_to_remind_of AS due
    JOIN promises ON promises.event_id = due.event_id AND promises.id = due.id
    JOIN people ON people.id = due.person_id
    JOIN swaps ON swaps.event_id = promises.event_id AND swaps.id = promises.swap_id
    JOIN registrations AS theirs ON theirs.event_id = swaps.event_id
        AND theirs.id IN (swaps.lower_id, swaps.upper_id) AND theirs.id <> promises.registration_id
    LEFT JOIN relationships ON relationships.person_id = people.id AND relationships.other_id = theirs.person_id
    WHERE people.timezone = $1 AND due.due_on = $2 AND due.made_at < $3
      AND NOT EXISTS (
          SELECT FROM notices
          WHERE notices.person_id = due.person_id AND notices.kind = 'PROMISE_DUE' AND notices.key = $2::date::text
      )
    ORDER BY people.id, due.made_at, due.id
    LIMIT $4
"""


async def select_people_to_remind(connection: Connection, *, due: DueDay, at_most: int) -> list[Reminded]:
    rows = await connection.fetch(SELECT_PEOPLE_TO_REMIND, due.zone, due.day, due.since, at_most)
    return [Reminded(row["id"], row["event_id"], row["swap_id"], row["relationship_id"]) for row in rows]


#: Whether there still is a promise to remind somebody of, for that day.
SELECT_IS_TO_REMIND: LiteralString = """
    SELECT EXISTS (SELECT 1 FROM promises_to_remind_of AS due WHERE due.person_id = $1 AND due.due_on = $2)
"""


async def select_is_to_remind(connection: Connection, *, person_id: UUID, day: date) -> bool:
    return bool(await connection.fetchval(SELECT_IS_TO_REMIND, person_id, day))


def _promise(row: Record) -> Promise:
    return Promise(
        event_id=row["event_id"],
        id=row["id"],
        key=row["key"],
        kind=PromiseKind(row["kind"]),
        text=row["text"],
        due_on=row["due_on"],
        kept_at=row["kept_at"],
    )
