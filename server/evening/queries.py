"""Every statement about evenings and the making of their lists.

What those are chosen from is read in `met`, what becomes of them stands in `follow_ups`.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.evening.models import FollowUpKind, FollowUpState, Listed, NewFollowUp, OwnEvening
from server.events.models import Event
from server.events.queries import read_event

#: Events near enough to $1 for one of their evenings to be under way in any time zone.
SELECT_EVENTS_AROUND: LiteralString = """
    SELECT id, slug, title, venue, starts_at, ends_at, timezone, evening_at, uses_check_in, scans_people_out
    FROM events
    WHERE starts_at < $1::timestamptz + interval '2 days' AND ends_at > $1::timestamptz - interval '3 days'
    ORDER BY id
"""


async def select_events_around(connection: Connection, *, now: datetime) -> list[Event]:
    return [read_event(row) for row in await connection.fetch(SELECT_EVENTS_AROUND, now)]


#: Registrations with an account and a live swap whose list of a day is missing, or, where $4 asks for it, older
#: than a change to one of their swaps. A change may be committed a little after the time it bears, so the last
#: minute before a list was made counts as later than it.
SELECT_WAITING: LiteralString = """
    SELECT registrations.id
    FROM registrations
    LEFT JOIN evenings ON evenings.event_id = registrations.event_id
        AND evenings.registration_id = registrations.id AND evenings.day = $2
    WHERE registrations.event_id = $1 AND registrations.person_id IS NOT NULL AND registrations.cancelled_at IS NULL
      AND (evenings.made_at IS NULL OR ($4 AND evenings.opened_at IS NULL))
      AND EXISTS (
          SELECT 1
          FROM swap_sides
          JOIN swaps ON swaps.event_id = swap_sides.event_id AND swaps.id = swap_sides.swap_id
          WHERE swap_sides.event_id = registrations.event_id AND swap_sides.registration_id = registrations.id
            AND swaps.withdrawn_at IS NULL AND swaps.swapped_at < $3
            AND (evenings.made_at IS NULL OR swaps.changed_at > evenings.made_at - interval '1 minute')
      )
    ORDER BY registrations.id
    LIMIT $5
"""


async def select_waiting(
    connection: Connection, *, event_id: UUID, day: date, day_ends_at: datetime, top_up: bool, limit: int | None = None
) -> list[UUID]:
    rows = await connection.fetch(SELECT_WAITING, event_id, day, day_ends_at, top_up, limit)
    return [row["id"] for row in rows]


#: Evenings that begin to exist. Makers of the same batch come in the same order, so they wait and never lock crosswise.
INSERT_EVENINGS: LiteralString = """
    INSERT INTO evenings (event_id, registration_id, day, made_at)
    SELECT $1, batch.id, $3, $4
    FROM unnest($2::uuid[]) AS batch (id)
    ORDER BY batch.id
    ON CONFLICT ON CONSTRAINT evenings_pkey DO NOTHING
    RETURNING registration_id
"""


async def insert_evenings(
    connection: Connection, *, event_id: UUID, registration_ids: Collection[UUID], day: date, now: datetime
) -> set[UUID]:
    rows = await connection.fetch(INSERT_EVENINGS, event_id, list(registration_ids), day, now)
    return {row["registration_id"] for row in rows}


#: Holds the evenings that nobody has opened yet until the transaction ends.
LOCK_UNOPENED: LiteralString = """
    SELECT registration_id
    FROM evenings
    WHERE event_id = $1 AND registration_id = ANY ($2::uuid[]) AND day = $3 AND opened_at IS NULL
    ORDER BY registration_id
    FOR UPDATE
"""


async def lock_unopened(
    connection: Connection, *, event_id: UUID, registration_ids: Collection[UUID], day: date
) -> list[UUID]:
    rows = await connection.fetch(LOCK_UNOPENED, event_id, list(registration_ids), day)
    return [row["registration_id"] for row in rows]


#: The follow-ups of those registrations up to a day, oldest first; whether their swap lives and their list was seen.
SELECT_LISTED: LiteralString = """
    SELECT follow_ups.registration_id, follow_ups.day, follow_ups.kind, follow_ups.subject_id, follow_ups.state,
           follow_ups.due_on, follow_ups.place, swaps.withdrawn_at IS NULL AS is_live,
           evenings.opened_at IS NOT NULL AS is_opened
    FROM follow_ups
    JOIN evenings ON evenings.event_id = follow_ups.event_id
        AND evenings.registration_id = follow_ups.registration_id AND evenings.day = follow_ups.day
    JOIN swaps ON swaps.event_id = follow_ups.event_id AND swaps.id = follow_ups.swap_id
    WHERE follow_ups.event_id = $1 AND follow_ups.registration_id = ANY ($2::uuid[]) AND follow_ups.day <= $3
    ORDER BY follow_ups.day, follow_ups.place
"""


async def select_listed(
    connection: Connection, *, event_id: UUID, registration_ids: Collection[UUID], day: date
) -> list[Listed]:
    return [
        Listed(
            registration_id=row["registration_id"],
            day=row["day"],
            kind=FollowUpKind(row["kind"]),
            subject_id=row["subject_id"],
            state=FollowUpState(row["state"]),
            due_on=row["due_on"],
            place=row["place"],
            is_live=row["is_live"],
            is_opened=row["is_opened"],
        )
        for row in await connection.fetch(SELECT_LISTED, event_id, list(registration_ids), day)
    ]


#: New follow-ups, all rows at once. One that is there already stays as it is.
INSERT_FOLLOW_UPS: LiteralString = """
    INSERT INTO follow_ups (event_id, registration_id, day, due_on, made_at, id, kind, subject_id, swap_id, place,
                            reason, draft)
    SELECT $1, new.registration_id, $2, $2, $3, new.id, new.kind, new.subject_id, new.swap_id, new.place,
           new.reason, new.draft
    FROM unnest($4::uuid[], $5::uuid[], $6::text[], $7::uuid[], $8::uuid[], $9::smallint[], $10::text[], $11::text[])
        AS new (registration_id, id, kind, subject_id, swap_id, place, reason, draft)
    ON CONFLICT ON CONSTRAINT follow_ups_one_per_subject DO NOTHING
"""


async def insert_follow_ups(
    connection: Connection, *, event_id: UUID, day: date, now: datetime, new: Sequence[NewFollowUp]
) -> None:
    await connection.execute(
        INSERT_FOLLOW_UPS,
        event_id,
        day,
        now,
        [each.registration_id for each in new],
        [each.id for each in new],
        [each.suggestion.kind for each in new],
        [each.suggestion.subject_id for each in new],
        [each.suggestion.swap_id for each in new],
        [each.place for each in new],
        [each.suggestion.reason for each in new],
        [each.suggestion.draft for each in new],
    )


#: When these lists were last brought up to date; a clock set back does not count.
STAMP_EVENINGS: LiteralString = """
    UPDATE evenings SET made_at = GREATEST(made_at, $4)
    WHERE event_id = $1 AND registration_id = ANY ($2::uuid[]) AND day = $3
"""


async def stamp_evenings(
    connection: Connection, *, event_id: UUID, registration_ids: Collection[UUID], day: date, now: datetime
) -> None:
    await connection.execute(STAMP_EVENINGS, event_id, list(registration_ids), day, now)


#: The first look at a list: nothing is added to it any more. An empty one was not seen; it can still be filled.
MARK_OPENED: LiteralString = """
    UPDATE evenings SET opened_at = $4
    WHERE event_id = $1 AND registration_id = $2 AND day = $3 AND opened_at IS NULL
      AND EXISTS (
          SELECT 1 FROM follow_ups
          WHERE follow_ups.event_id = $1 AND follow_ups.registration_id = $2 AND follow_ups.day = $3
      )
"""


async def mark_opened(
    connection: Connection, *, event_id: UUID, registration_id: UUID, day: date, now: datetime
) -> None:
    await connection.execute(MARK_OPENED, event_id, registration_id, day, now)


#: A person's place at an event, and what became of their evening of a day there.
SELECT_OWN_EVENING: LiteralString = """
    SELECT registrations.id, evenings.made_at IS NOT NULL AS is_made, evenings.opened_at IS NOT NULL AS is_opened
    FROM registrations
    LEFT JOIN evenings ON evenings.event_id = registrations.event_id
        AND evenings.registration_id = registrations.id AND evenings.day = $3
    WHERE registrations.event_id = $1 AND registrations.person_id = $2 AND registrations.cancelled_at IS NULL
"""


async def select_own_evening(
    connection: Connection, *, event_id: UUID, person_id: UUID, day: date
) -> OwnEvening | None:
    row = await connection.fetchrow(SELECT_OWN_EVENING, event_id, person_id, day)
    return None if row is None else OwnEvening(row["id"], is_made=row["is_made"], is_opened=row["is_opened"])


#: How many evenings of a day hold how many follow-ups of live swaps.
COUNT_FOLLOW_UPS: LiteralString = """
    SELECT held.follow_ups, count(*) AS people
    FROM (
        SELECT evenings.registration_id, count(swaps.id) AS follow_ups
        FROM evenings
        LEFT JOIN follow_ups ON follow_ups.event_id = evenings.event_id
            AND follow_ups.registration_id = evenings.registration_id AND follow_ups.day = evenings.day
        LEFT JOIN swaps ON swaps.event_id = follow_ups.event_id AND swaps.id = follow_ups.swap_id
            AND swaps.withdrawn_at IS NULL
        WHERE evenings.event_id = $1 AND evenings.day = $2
        GROUP BY evenings.registration_id
    ) AS held
    GROUP BY held.follow_ups
    ORDER BY held.follow_ups
"""


async def count_follow_ups(connection: Connection, *, event_id: UUID, day: date) -> dict[int, int]:
    rows = await connection.fetch(COUNT_FOLLOW_UPS, event_id, day)
    return {row["follow_ups"]: row["people"] for row in rows}
