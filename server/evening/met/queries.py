"""Every statement about who reads an evening and whom they met. Read for many registrations at once.

What they wrote down about them is read in `written`.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import LiteralString
from uuid import UUID

from asyncpg import Record

from server.db import Connection
from server.evening.met.models import Memory, PersonMet, PromiseMade, Reader, SwapAt
from server.evening.written.queries import select_memories, select_promises_made
from server.registrations.queries import read_card
from server.swaps.models import Feeling, Side

#: Whose evenings these are: their language, how much they want of one, and their own card.
SELECT_READERS: LiteralString = """
    SELECT registrations.id AS registration_id, registrations.person_id, people.locale, people.evening_limit,
           cards.name, cards.pronouns, cards.up_to, cards.seeking, cards.offering, cards.ask_me_about,
           cards.good_introduction, cards.new_here, cards.been_here, cards.between_things, cards.topics,
           cards.open_to_event, cards.open_to_introductions, cards.dropped_topics
    FROM registrations
    JOIN people ON people.id = registrations.person_id
    JOIN cards ON cards.event_id = registrations.event_id AND cards.registration_id = registrations.id
    WHERE registrations.event_id = $1 AND registrations.id = ANY ($2::uuid[])
"""


async def select_readers(
    connection: Connection, *, event_id: UUID, registration_ids: Collection[UUID]
) -> dict[UUID, Reader]:
    rows = await connection.fetch(SELECT_READERS, event_id, list(registration_ids))
    return {
        row["registration_id"]: Reader(
            registration_id=row["registration_id"],
            person_id=row["person_id"],
            language=row["locale"],
            evening_limit=row["evening_limit"],
            card=read_card(row),
            dropped_topics=tuple(row["dropped_topics"]),
        )
        for row in rows
    }


#: Every live swap from before $3 of the people whose evenings these are, at this event and at all others, newest
#: first. Left out are those who asked that nobody is reminded of them, and those whom the reader lets rest on day $4.
#: Each OFFSET 0 keeps PostgreSQL on the way from the reader to their swaps to the other side, whatever it believes of
#: the tables: freely joined, an event's rows met each with each.
SELECT_PEOPLE_MET: LiteralString = """
    SELECT readers.id AS reader_id, COALESCE(them.person_id, them.id) AS them_id,
           mine.event_id, mine.swap_id, mine.registration_id,
           ((swaps.swapped_at AT TIME ZONE events.timezone) - interval '4 hours')::date AS met_on,
           mine.offers IS NOT NULL AND theirs.offers IS NOT NULL AND mine.declined_at IS NULL AS is_mutual,
           (SELECT count(*) FROM feelings
            WHERE feelings.event_id = mine.event_id AND feelings.swap_id = mine.swap_id
              AND feelings.feeling = 'TALK_AGAIN') = 2 AS both_would_talk_again,
           ARRAY(SELECT feeling FROM feelings
                 WHERE feelings.event_id = mine.event_id AND feelings.swap_id = mine.swap_id
                   AND feelings.registration_id = mine.registration_id) AS feelings,
           EXISTS (SELECT 1 FROM gifts
                   WHERE gifts.person_id = readers.person_id AND gifts.relationship_id = relationships.id
                     AND gifts.direction = 'GAVE') AS has_my_gift,
           cards.name, cards.pronouns, cards.up_to, cards.seeking, cards.offering, cards.ask_me_about,
           cards.good_introduction, cards.new_here, cards.been_here, cards.between_things, cards.topics,
           cards.open_to_event, cards.open_to_introductions, cards.dropped_topics
    FROM registrations AS readers
    JOIN registrations AS own ON own.person_id = readers.person_id
    JOIN events ON events.id = own.event_id
    CROSS JOIN LATERAL (
        SELECT event_id, swap_id, registration_id, offers, declined_at FROM swap_sides
        WHERE event_id = own.event_id AND registration_id = own.id
        OFFSET 0
    ) AS mine
    CROSS JOIN LATERAL (
        SELECT id, swapped_at FROM swaps
        WHERE event_id = own.event_id AND id = mine.swap_id AND withdrawn_at IS NULL AND swapped_at < $3
        OFFSET 0
    ) AS swaps
    CROSS JOIN LATERAL (
        SELECT registration_id, offers FROM swap_sides
        WHERE event_id = own.event_id AND swap_id = mine.swap_id AND registration_id <> own.id
        OFFSET 0
    ) AS theirs
    JOIN registrations AS them ON them.event_id = own.event_id AND them.id = theirs.registration_id
        AND them.person_id IS DISTINCT FROM readers.person_id
    JOIN cards ON cards.event_id = own.event_id AND cards.registration_id = theirs.registration_id
    LEFT JOIN people ON people.id = them.person_id
    LEFT JOIN relationships ON relationships.person_id = readers.person_id
        AND relationships.other_id = them.person_id
    WHERE readers.event_id = $1 AND readers.id = ANY ($2::uuid[])
      AND people.quiet_since IS NULL
      AND (relationships.resting_until IS NULL OR relationships.resting_until <= $4)
    ORDER BY readers.id, swaps.swapped_at DESC, swaps.id DESC
"""


async def select_people_met(
    connection: Connection, *, event_id: UUID, registration_ids: Collection[UUID], day: date, day_ends_at: datetime
) -> dict[UUID, list[PersonMet]]:
    """By registration, each person once, newest first. Three statements, however many registrations there are."""
    rows = await connection.fetch(SELECT_PEOPLE_MET, event_id, list(registration_ids), day_ends_at, day)
    sides = {_side(row) for row in rows}
    promises = await select_promises_made(connection, sides=sides)
    memories = await select_memories(connection, sides=sides)
    met: dict[UUID, list[PersonMet]] = {}
    for reader_id, found in groupby(rows, key=lambda row: row["reader_id"]):
        by_person: defaultdict[UUID, list[Record]] = defaultdict(list)
        for row in found:
            by_person[row["them_id"]].append(row)
        met[reader_id] = [_person(who, swaps, promises, memories, day) for who, swaps in by_person.items()]
    return met


def _person(
    who: UUID,
    swaps: Sequence[Record],
    promises: Mapping[Side, Sequence[PromiseMade]],
    memories: Mapping[Side, Sequence[Memory]],
    day: date,
) -> PersonMet:
    """One person, from the rows of all swaps with them, newest first."""
    newest = next((row for row in swaps if row["is_mutual"]), swaps[0])
    sides = [_side(row) for row in reversed(swaps)]
    card = read_card(newest)
    return PersonMet(
        person_id=who,
        at=SwapAt(newest["event_id"], newest["swap_id"]),
        card=card if card.open_to_event or newest["is_mutual"] else card.closed(),
        met_on=newest["met_on"],
        is_mutual=newest["is_mutual"],
        both_would_talk_again=newest["both_would_talk_again"],
        is_known_longer=any(row["met_on"] < day for row in swaps),
        has_my_gift=newest["has_my_gift"],
        feelings=frozenset(map(Feeling, newest["feelings"])),
        dropped_topics=tuple(newest["dropped_topics"]),
        promises=tuple(each for side in sides for each in promises[side]),
        memories=tuple(each for side in sides for each in memories[side]),
    )


def _side(row: Record) -> Side:
    return Side(row["event_id"], row["swap_id"], row["registration_id"])
