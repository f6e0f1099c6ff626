"""Every statement about the making of evening lists.

What those are chosen from is read in `met` and `written`, how their person opens and ends them in `own`, and what
becomes of what stands on them in `follow_ups`.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.evening.met.models import SwapAt
from server.evening.models import FollowUpKind, FollowUpState, Listed, NewFollowUp
from server.events.models import Event
from server.events.queries import read_event

#: Events near enough to $1 for one of their evenings to be under way in any time zone.
SELECT_EVENTS_AROUND: LiteralString = """
    SELECT id, slug, title, venue, starts_at, ends_at, timezone, evening_at, uses_check_in, scans_people_out,
           capacity, checks_in_with, card_questions, languages, continues_id, retention_days
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


#: What was suggested to the people of those registrations up to a day, at any event, oldest first; whether its swap
#: lives and its list was seen. $1 and $2 name the registrations, `reader_id` is the one of them that it belongs to.
SELECT_LISTED: LiteralString = """
    SELECT readers.id AS reader_id, follow_ups.registration_id, follow_ups.day, follow_ups.kind,
           follow_ups.subject_id, follow_ups.person_id, follow_ups.state, follow_ups.due_on, follow_ups.place,
           swaps.withdrawn_at IS NULL AS is_live, evenings.opened_at IS NOT NULL AS is_opened,
           COALESCE(evenings.at_most, people.evening_limit) AS at_most
    FROM registrations AS readers
    JOIN people ON people.id = readers.person_id
    JOIN registrations AS own ON own.person_id = readers.person_id
    JOIN follow_ups ON follow_ups.event_id = own.event_id AND follow_ups.registration_id = own.id
    JOIN evenings ON evenings.event_id = follow_ups.event_id
        AND evenings.registration_id = follow_ups.registration_id AND evenings.day = follow_ups.day
    JOIN swaps ON swaps.event_id = follow_ups.swap_event_id AND swaps.id = follow_ups.swap_id
    WHERE readers.event_id = $1 AND readers.id = ANY ($2::uuid[]) AND follow_ups.day <= $3
    ORDER BY follow_ups.day, follow_ups.registration_id, follow_ups.place
"""


async def select_listed(
    connection: Connection, *, event_id: UUID, registration_ids: Collection[UUID], day: date
) -> dict[UUID, list[Listed]]:
    listed: dict[UUID, list[Listed]] = {each: [] for each in registration_ids}
    for row in await connection.fetch(SELECT_LISTED, event_id, list(registration_ids), day):
        listed[row["reader_id"]].append(
            Listed(
                registration_id=row["registration_id"],
                day=row["day"],
                kind=FollowUpKind(row["kind"]),
                subject_id=row["subject_id"],
                person_id=row["person_id"],
                state=FollowUpState(row["state"]),
                due_on=row["due_on"],
                place=row["place"],
                is_live=row["is_live"],
                is_opened=row["is_opened"],
                at_most=row["at_most"],
            )
        )
    return listed


#: New follow-ups, all rows at once. One that is there already stays as it is.
INSERT_FOLLOW_UPS: LiteralString = """
    INSERT INTO follow_ups (event_id, registration_id, day, due_on, made_at, id, kind, subject_id, swap_event_id,
                            swap_id, other_event_id, other_swap_id, person_id, place, reason, draft, their_words, gift,
                            other_words)
    SELECT $1, new.registration_id, $2, $2, $3, new.id, new.kind, new.subject_id, new.swap_event_id,
           new.swap_id, new.other_event_id, new.other_swap_id, new.person_id, new.place, new.reason, new.draft,
           new.their_words, new.gift, new.other_words
    FROM unnest($4::uuid[], $5::uuid[], $6::text[], $7::uuid[], $8::uuid[], $9::uuid[], $10::uuid[], $11::uuid[],
                $12::uuid[], $13::smallint[], $14::text[], $15::text[], $16::text[], $17::text[],
                $18::text[])
        AS new (registration_id, id, kind, subject_id, swap_event_id, swap_id, other_event_id, other_swap_id,
                person_id, place, reason, draft, their_words, gift, other_words)
    ON CONFLICT ON CONSTRAINT follow_ups_one_per_subject DO NOTHING
"""


async def insert_follow_ups(
    connection: Connection, *, event_id: UUID, day: date, now: datetime, new: Sequence[NewFollowUp]
) -> None:
    said = [each.suggestion for each in new]
    await connection.execute(
        INSERT_FOLLOW_UPS,
        event_id,
        day,
        now,
        [each.registration_id for each in new],
        [each.id for each in new],
        [each.kind for each in said],
        [each.subject_id for each in said],
        [each.at.event_id for each in said],
        [each.at.swap_id for each in said],
        [each.other.event_id if each.other else None for each in said],
        [each.other.swap_id if each.other else None for each in said],
        [each.person_id for each in said],
        [each.place for each in new],
        [each.reason for each in said],
        [each.draft for each in said],
        [each.their_words for each in said],
        [each.gift for each in said],
        [each.other_words for each in said],
    )


#: When these lists were last brought up to date, and whom each could ask later; a clock set back does not count.
STAMP_EVENINGS: LiteralString = """
    UPDATE evenings
    SET made_at = GREATEST(made_at, $3), ask_waits_event_id = new.event_id, ask_waits_swap_id = new.swap_id
    FROM unnest($4::uuid[], $5::uuid[], $6::uuid[]) AS new (registration_id, event_id, swap_id)
    WHERE evenings.event_id = $1 AND evenings.day = $2 AND evenings.registration_id = new.registration_id
"""


async def stamp_evenings(
    connection: Connection, *, event_id: UUID, day: date, now: datetime, asks_wait: Mapping[UUID, SwapAt | None]
) -> None:
    waiting = list(asks_wait.values())
    await connection.execute(
        STAMP_EVENINGS,
        event_id,
        day,
        now,
        list(asks_wait),
        [each.event_id if each else None for each in waiting],
        [each.swap_id if each else None for each in waiting],
    )
