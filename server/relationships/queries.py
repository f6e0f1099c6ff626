"""Every statement by which relationships begin, and of what was given and received. Reading them is `reading`, what
their owner does with them is `keeping`.
"""

from collections.abc import Collection
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.people.names import words_key
from server.relationships.models import GiftDirection, GiftKind

#: Both directions of the pair of a swap that is live and mutual, begun or found; the latest touch moves, never
#: backwards. Of which person an id is does not matter, so the two new ones are handed out by place.
BEGIN: LiteralString = """
    INSERT INTO relationships (person_id, id, other_id, met_event_id, met_event_title, met_on, began_at, last_touch_at)
    SELECT mine.person_id, CASE WHEN mine.id = swaps.lower_id THEN $3::uuid ELSE $4::uuid END, theirs.person_id,
           events.id, events.title,
           ((swaps.swapped_at AT TIME ZONE events.timezone) - interval '4 hours')::date,
           $6::timestamptz, COALESCE($5::timestamptz, swaps.swapped_at)
    FROM swaps
    JOIN events ON events.id = swaps.event_id
    JOIN swap_sides AS my_side ON my_side.event_id = swaps.event_id AND my_side.swap_id = swaps.id
    JOIN swap_sides AS their_side ON their_side.event_id = swaps.event_id AND their_side.swap_id = swaps.id
        AND their_side.registration_id <> my_side.registration_id
    JOIN registrations AS mine ON mine.event_id = my_side.event_id AND mine.id = my_side.registration_id
    JOIN registrations AS theirs ON theirs.event_id = their_side.event_id AND theirs.id = their_side.registration_id
    WHERE swaps.event_id = $1 AND swaps.id = $2 AND swaps.withdrawn_at IS NULL
      AND my_side.offers IS NOT NULL AND their_side.offers IS NOT NULL
      AND mine.person_id IS NOT NULL AND theirs.person_id IS NOT NULL
    ORDER BY mine.person_id
    ON CONFLICT ON CONSTRAINT relationships_one_per_pair DO UPDATE
        SET last_touch_at = GREATEST(relationships.last_touch_at, EXCLUDED.last_touch_at)
    RETURNING xmax = 0 AS is_new
"""


async def begin(
    connection: Connection,
    *,
    event_id: UUID,
    swap_id: UUID,
    new_ids: tuple[UUID, UUID],
    touched_at: datetime | None,
    now: datetime,
) -> bool:
    """Whether it began with this; not where it had begun before, nor where the swap is not mutual."""
    rows = await connection.fetch(BEGIN, event_id, swap_id, *new_ids, touched_at, now)
    return any(row["is_new"] for row in rows)


#: What either side kept of their promises in a swap, or one promise of it ($3), as something given: where there is a
#: relationship to remember it.
RECORD_KEPT_PROMISES: LiteralString = """
    INSERT INTO gifts (person_id, id, relationship_id, key, direction, kind, text, search_key, given_at)
    SELECT relationships.person_id, promises.id, relationships.id, promises.id, 'GAVE', 'PROMISE', promises.text,
           promises.search_key, promises.kept_at
    FROM promises
    JOIN swaps ON swaps.event_id = promises.event_id AND swaps.id = promises.swap_id
    JOIN registrations AS mine ON mine.event_id = promises.event_id AND mine.id = promises.registration_id
    JOIN registrations AS theirs ON theirs.event_id = promises.event_id
        AND theirs.id IN (swaps.lower_id, swaps.upper_id) AND theirs.id <> mine.id
    JOIN relationships ON relationships.person_id = mine.person_id AND relationships.other_id = theirs.person_id
    WHERE promises.event_id = $1 AND (promises.swap_id = $2 OR promises.id = $3) AND promises.kept_at IS NOT NULL
    ON CONFLICT ON CONSTRAINT gifts_one_per_key DO NOTHING
"""


async def record_kept_promises(
    connection: Connection, *, event_id: UUID, swap_id: UUID | None = None, promise_id: UUID | None = None
) -> None:
    await connection.execute(RECORD_KEPT_PROMISES, event_id, swap_id, promise_id)


#: The gift of a promise that is open again.
FORGET_OPEN_PROMISE: LiteralString = """
    DELETE FROM gifts
    USING promises, registrations
    WHERE promises.event_id = $1 AND promises.id = $2 AND promises.kept_at IS NULL
      AND registrations.event_id = $1 AND registrations.id = promises.registration_id
      AND gifts.person_id = registrations.person_id AND gifts.key = promises.id
"""


async def forget_open_promise(connection: Connection, *, event_id: UUID, promise_id: UUID) -> None:
    await connection.execute(FORGET_OPEN_PROMISE, event_id, promise_id)


#: The person on the other side of one's own swap, live or not; no row while nobody has taken their place.
SELECT_OTHER_PERSON: LiteralString = """
    SELECT theirs.person_id
    FROM registrations AS mine
    JOIN swaps ON swaps.event_id = mine.event_id AND mine.id IN (swaps.lower_id, swaps.upper_id)
    JOIN registrations AS theirs ON theirs.event_id = swaps.event_id
        AND theirs.id IN (swaps.lower_id, swaps.upper_id) AND theirs.id <> mine.id
    WHERE mine.event_id = $1 AND mine.person_id = $3 AND swaps.id = $2
"""


async def select_other_person(connection: Connection, *, event_id: UUID, swap_id: UUID, person_id: UUID) -> UUID | None:
    found: UUID | None = await connection.fetchval(SELECT_OTHER_PERSON, event_id, swap_id, person_id)
    return found


#: Something given or received, in the memory of one person about another; under a key seen before, nothing new.
INSERT_GIFT: LiteralString = """
    INSERT INTO gifts (person_id, id, relationship_id, key, direction, kind, text, search_key, given_at)
    SELECT person_id, $3, id, $4, $5, $6, $7, $9, $8
    FROM relationships
    WHERE person_id = $1 AND other_id = $2
    ON CONFLICT ON CONSTRAINT gifts_one_per_key DO NOTHING
"""


async def insert_gift(
    connection: Connection,
    *,
    person_id: UUID,
    other_id: UUID,
    gift_id: UUID,
    key: UUID,
    direction: GiftDirection,
    kind: GiftKind,
    text: str,
    now: datetime,
) -> None:
    await connection.execute(
        INSERT_GIFT, person_id, other_id, gift_id, key, direction, kind, text, now, words_key(text)
    )


#: A gift taken back by its key.
DELETE_GIFT: LiteralString = """
    DELETE FROM gifts WHERE person_id = $1 AND key = $2
"""


async def delete_gift(connection: Connection, *, person_id: UUID, key: UUID) -> None:
    await connection.execute(DELETE_GIFT, person_id, key)


#: To whom of those the person has given something.
SELECT_GIVEN: LiteralString = """
    SELECT relationships.other_id
    FROM relationships
    WHERE relationships.person_id = $1 AND relationships.other_id = ANY ($2::uuid[])
      AND EXISTS (
          SELECT 1 FROM gifts
          WHERE gifts.person_id = relationships.person_id AND gifts.relationship_id = relationships.id
            AND gifts.direction = 'GAVE'
      )
"""


async def select_given(connection: Connection, *, person_id: UUID, other_ids: Collection[UUID]) -> set[UUID]:
    rows = await connection.fetch(SELECT_GIVEN, person_id, list(other_ids))
    return {row["other_id"] for row in rows}


#: The latest touch, as one of the two remembers it; with the one before, where this moved it.
TOUCH: LiteralString = """
    WITH held AS (
        SELECT person_id, id, last_touch_at
        FROM relationships
        WHERE person_id = $1 AND other_id = $2 AND last_touch_at < $3
        FOR UPDATE
    )
    UPDATE relationships SET last_touch_at = $3
    FROM held
    WHERE relationships.person_id = held.person_id AND relationships.id = held.id
    RETURNING held.last_touch_at AS before
"""


async def touch(connection: Connection, *, person_id: UUID, other_id: UUID, now: datetime) -> datetime | None:
    before: datetime | None = await connection.fetchval(TOUCH, person_id, other_id, now)
    return before


#: Takes back the touch of $3, unless there has been another one since.
TAKE_BACK_TOUCH: LiteralString = """
    UPDATE relationships SET last_touch_at = $4 WHERE person_id = $1 AND other_id = $2 AND last_touch_at = $3
"""


async def take_back_touch(
    connection: Connection, *, person_id: UUID, other_id: UUID, touched_at: datetime, before: datetime
) -> None:
    await connection.execute(TAKE_BACK_TOUCH, person_id, other_id, touched_at, before)


#: The cards of an event as they are open to each side of a mutual swap, for those who remember each other. Copied from
#: the swaps on, since asking for all pairs of an event would be asking for everybody with everybody.
KEEP_CARDS: LiteralString = """
    INSERT INTO kept_cards (person_id, relationship_id, met_event_id, met_swap_id, name, pronouns, up_to, seeking,
                            offering, ask_me_about, good_introduction, new_here, been_here, between_things, topics,
                            open_to_event, open_to_introductions, search_key, kept_at)
    SELECT relationships.person_id, relationships.id, swaps.event_id, swaps.id, cards.name, cards.pronouns,
           cards.up_to, cards.seeking, cards.offering, cards.ask_me_about, cards.good_introduction, cards.new_here,
           cards.been_here, cards.between_things, cards.topics, cards.open_to_event, cards.open_to_introductions,
           cards.search_key, $2
    FROM swaps
    JOIN swap_sides AS my_side ON my_side.event_id = swaps.event_id AND my_side.swap_id = swaps.id
        AND my_side.offers IS NOT NULL
    JOIN swap_sides AS their_side ON their_side.event_id = swaps.event_id AND their_side.swap_id = swaps.id
        AND their_side.registration_id <> my_side.registration_id AND their_side.offers IS NOT NULL
    JOIN registrations AS mine ON mine.event_id = swaps.event_id AND mine.id = my_side.registration_id
    JOIN registrations AS theirs ON theirs.event_id = swaps.event_id AND theirs.id = their_side.registration_id
    JOIN relationships ON relationships.person_id = mine.person_id AND relationships.other_id = theirs.person_id
    JOIN cards ON cards.event_id = swaps.event_id AND cards.registration_id = theirs.id
    WHERE swaps.event_id = $1 AND swaps.withdrawn_at IS NULL
    ON CONFLICT ON CONSTRAINT kept_cards_pkey DO NOTHING
"""


async def keep_cards(connection: Connection, *, event_id: UUID, now: datetime) -> None:
    await connection.execute(KEEP_CARDS, event_id, now)


#: Copies that nobody may read any more.
FORGET_CARDS: LiteralString = """
    DELETE FROM kept_cards WHERE met_event_id = $1 AND met_swap_id = ANY ($2::uuid[])
"""


async def forget_cards(connection: Connection, *, event_id: UUID, swap_ids: Collection[UUID]) -> None:
    await connection.execute(FORGET_CARDS, event_id, list(swap_ids))
