"""Every statement about the people met, as an evening sees them. Read for many registrations at once."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.evening.models import Memory, MemoryKind, PersonMet, PromiseMade
from server.promises.models import PromiseKind
from server.registrations.models import Card

#: One end of a swap: whose evening it is, and which swap.
End = tuple[UUID, UUID]

#: The people those registrations met before $3, the latest first. A day of the event runs from four to four.
SELECT_PEOPLE_MET: LiteralString = """
    SELECT mine.registration_id, mine.swap_id,
           ((swaps.swapped_at AT TIME ZONE events.timezone) - interval '4 hours')::date AS met_on,
           mine.offers IS NOT NULL AND theirs.offers IS NOT NULL AND mine.declined_at IS NULL AS is_mutual,
           cards.name, cards.open_to_event,
           (SELECT count(*) FROM feelings
            WHERE feelings.event_id = mine.event_id AND feelings.swap_id = mine.swap_id
              AND feelings.feeling = 'TALK_AGAIN') = 2 AS both_would_talk_again
    FROM swap_sides AS mine
    JOIN events ON events.id = mine.event_id
    JOIN swaps ON swaps.event_id = mine.event_id AND swaps.id = mine.swap_id
        AND swaps.withdrawn_at IS NULL AND swaps.swapped_at < $3
    JOIN swap_sides AS theirs ON theirs.event_id = mine.event_id AND theirs.swap_id = mine.swap_id
        AND theirs.registration_id <> mine.registration_id
    JOIN cards ON cards.event_id = theirs.event_id AND cards.registration_id = theirs.registration_id
    WHERE mine.event_id = $1 AND mine.registration_id = ANY ($2::uuid[])
    ORDER BY mine.registration_id, swaps.swapped_at DESC, swaps.id DESC
"""


async def select_people_met(
    connection: Connection, *, event_id: UUID, registration_ids: Collection[UUID], day_ends_at: datetime
) -> dict[UUID, list[PersonMet]]:
    """By registration. Three statements, however many registrations there are."""
    batch = list(registration_ids)
    promises = await select_promises_made(connection, event_id=event_id, registration_ids=batch)
    memories = await select_memories(connection, event_id=event_id, registration_ids=batch)
    met: defaultdict[UUID, list[PersonMet]] = defaultdict(list)
    for row in await connection.fetch(SELECT_PEOPLE_MET, event_id, batch, day_ends_at):
        end = (row["registration_id"], row["swap_id"])
        card = Card(name=row["name"])
        met[row["registration_id"]].append(
            PersonMet(
                swap_id=row["swap_id"],
                name=card.name if row["open_to_event"] or row["is_mutual"] else card.first_name,
                met_on=row["met_on"],
                is_mutual=row["is_mutual"],
                both_would_talk_again=row["both_would_talk_again"],
                promises=tuple(promises[end]),
                memories=tuple(memories[end]),
            )
        )
    return met


#: What those registrations promised, oldest first.
SELECT_PROMISES_MADE: LiteralString = """
    SELECT promises.registration_id, promises.swap_id, promises.id, promises.kind, promises.text, promises.due_on,
           ((promises.made_at AT TIME ZONE events.timezone) - interval '4 hours')::date AS made_on,
           ((promises.kept_at AT TIME ZONE events.timezone) - interval '4 hours')::date AS kept_on
    FROM swap_sides
    JOIN promises ON promises.event_id = swap_sides.event_id AND promises.swap_id = swap_sides.swap_id
        AND promises.registration_id = swap_sides.registration_id
    JOIN events ON events.id = swap_sides.event_id
    WHERE swap_sides.event_id = $1 AND swap_sides.registration_id = ANY ($2::uuid[])
    ORDER BY promises.made_at, promises.id
"""


async def select_promises_made(
    connection: Connection, *, event_id: UUID, registration_ids: list[UUID]
) -> defaultdict[End, list[PromiseMade]]:
    found: defaultdict[End, list[PromiseMade]] = defaultdict(list)
    for row in await connection.fetch(SELECT_PROMISES_MADE, event_id, registration_ids):
        promise = PromiseMade(
            id=row["id"],
            kind=PromiseKind(row["kind"]),
            text=row["text"],
            made_on=row["made_on"],
            due_on=row["due_on"],
            kept_on=row["kept_on"],
        )
        found[row["registration_id"], row["swap_id"]].append(promise)
    return found


#: What those registrations wrote down about the people they met, oldest first.
SELECT_MEMORIES: LiteralString = """
    SELECT swap_sides.registration_id, swap_sides.swap_id, written.id, written.kind, written.text,
           ((written.at AT TIME ZONE events.timezone) - interval '4 hours')::date AS written_on
    FROM swap_sides
    JOIN events ON events.id = swap_sides.event_id
    CROSS JOIN LATERAL (
        SELECT agenda_prompts.id, 'INSIGHT' AS kind, agenda_prompts.insight AS text, agenda_prompts.marked_at AS at
        FROM agenda_prompts
        WHERE agenda_prompts.event_id = swap_sides.event_id AND agenda_prompts.swap_id = swap_sides.swap_id
          AND agenda_prompts.registration_id = swap_sides.registration_id AND agenda_prompts.insight IS NOT NULL
        UNION ALL
        SELECT notes.id, notes.kind, notes.text, notes.written_at
        FROM notes
        WHERE notes.event_id = swap_sides.event_id AND notes.swap_id = swap_sides.swap_id
          AND notes.registration_id = swap_sides.registration_id
    ) AS written
    WHERE swap_sides.event_id = $1 AND swap_sides.registration_id = ANY ($2::uuid[])
    ORDER BY written.at, written.id
"""


async def select_memories(
    connection: Connection, *, event_id: UUID, registration_ids: list[UUID]
) -> defaultdict[End, list[Memory]]:
    found: defaultdict[End, list[Memory]] = defaultdict(list)
    for row in await connection.fetch(SELECT_MEMORIES, event_id, registration_ids):
        memory = Memory(row["id"], MemoryKind(row["kind"]), row["text"], row["written_on"])
        found[row["registration_id"], row["swap_id"]].append(memory)
    return found
