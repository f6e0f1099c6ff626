"""Every statement that reads relationships. What of the other may be read follows from the view `pair_swaps`."""

from collections.abc import Collection
from typing import LiteralString
from uuid import UUID

from asyncpg import Record

from server.db import Connection
from server.registrations.models import Card
from server.registrations.queries import read_card
from server.relationships.models import Gift, GiftDirection, GiftKind, RelationshipKind, StoredRelationship
from server.relationships.reading.models import Insight, Meeting, Place
from server.swaps.models import Side
from server.swaps.sides import by_side, columns_of

#: A person's relationships, the latest touch first: those with a mutual swap, and ended ones about which the person
#: wrote something. $2 narrows to a kind, $6 to the ones named. Each OFFSET 0 keeps PostgreSQL from asking about all
#: people at once, where a page needs few of them.
SELECT_RELATIONSHIPS: LiteralString = """
    SELECT person_id, id, other_id, kind, met_event_title, met_on, began_at, last_touch_at, resting_until
    FROM relationships AS mine
    WHERE person_id = $1 AND ($2::text IS NULL OR kind = $2)
      AND ($3::timestamptz IS NULL OR (last_touch_at, id) < ($3, $4::uuid))
      AND ($6::uuid[] IS NULL OR id = ANY ($6))
      AND (EXISTS (SELECT 1 FROM pair_swaps
                   WHERE pair_swaps.person_id = $1 AND pair_swaps.other_id = mine.other_id AND is_mutual OFFSET 0)
           OR EXISTS (SELECT 1 FROM gifts
                      WHERE gifts.person_id = $1 AND gifts.relationship_id = mine.id OFFSET 0)
           OR EXISTS (SELECT 1 FROM pair_swaps JOIN notes USING (event_id, swap_id, registration_id)
                      WHERE pair_swaps.person_id = $1 AND pair_swaps.other_id = mine.other_id OFFSET 0)
           OR EXISTS (SELECT 1 FROM pair_swaps JOIN promises USING (event_id, swap_id, registration_id)
                      WHERE pair_swaps.person_id = $1 AND pair_swaps.other_id = mine.other_id OFFSET 0)
           OR EXISTS (SELECT 1 FROM pair_swaps JOIN agenda_prompts USING (event_id, swap_id, registration_id)
                      WHERE pair_swaps.person_id = $1 AND pair_swaps.other_id = mine.other_id
                        AND insight IS NOT NULL OFFSET 0))
    ORDER BY last_touch_at DESC, id DESC
    LIMIT $5
"""


async def select_relationships(
    connection: Connection,
    *,
    person_id: UUID,
    limit: int,
    kind: RelationshipKind | None = None,
    after: Place | None = None,
    only: Collection[UUID] | None = None,
) -> list[StoredRelationship]:
    rows = await connection.fetch(
        SELECT_RELATIONSHIPS,
        person_id,
        kind,
        after.last_touch_at if after else None,
        after.relationship_id if after else None,
        limit,
        None if only is None else list(only),
    )
    return [_stored(row) for row in rows]


#: Those of a person's relationships in whose words all patterns of $6 are found: in the other's cards as far as they
#: are open now, and in what the person wrote. All swaps of the person are gathered once, since any may hold the word.
SEARCH_RELATIONSHIPS: LiteralString = """
    WITH met AS MATERIALIZED (
        SELECT relationships.id AS relationship_id, my_side.event_id, my_side.swap_id, my_side.registration_id,
               their_side.registration_id AS other_registration_id,
               swaps.withdrawn_at IS NULL AND my_side.offers IS NOT NULL AND their_side.offers IS NOT NULL AS is_mutual
        FROM registrations AS mine
        JOIN swap_sides AS my_side ON my_side.event_id = mine.event_id AND my_side.registration_id = mine.id
        JOIN swaps ON swaps.event_id = my_side.event_id AND swaps.id = my_side.swap_id
        JOIN swap_sides AS their_side ON their_side.event_id = my_side.event_id
            AND their_side.swap_id = my_side.swap_id AND their_side.registration_id <> my_side.registration_id
        JOIN registrations AS theirs ON theirs.event_id = their_side.event_id
            AND theirs.id = their_side.registration_id
        JOIN relationships ON relationships.person_id = $1 AND relationships.other_id = theirs.person_id
        WHERE mine.person_id = $1
    ), said AS (
        SELECT relationship_id, search_key
        FROM met
        JOIN cards ON cards.event_id = met.event_id AND cards.registration_id = met.other_registration_id
        WHERE is_mutual
        UNION ALL
        SELECT met.relationship_id, kept_cards.search_key
        FROM met
        JOIN kept_cards ON kept_cards.person_id = $1 AND kept_cards.met_event_id = met.event_id
            AND kept_cards.met_swap_id = met.swap_id
        WHERE is_mutual
        UNION ALL
        SELECT relationship_id, search_key FROM met JOIN notes USING (event_id, swap_id, registration_id)
        UNION ALL
        SELECT relationship_id, search_key FROM met JOIN promises USING (event_id, swap_id, registration_id)
        UNION ALL
        SELECT relationship_id, search_key FROM met JOIN agenda_prompts USING (event_id, swap_id, registration_id)
        WHERE insight IS NOT NULL
        UNION ALL
        SELECT relationship_id, search_key FROM gifts WHERE person_id = $1
    ), found AS (
        SELECT relationship_id FROM said GROUP BY relationship_id
        HAVING string_agg(search_key, ' ') LIKE ALL ($6::text[])
    )
    SELECT person_id, id, other_id, kind, met_event_title, met_on, began_at, last_touch_at, resting_until
    FROM found
    JOIN relationships ON relationships.person_id = $1 AND relationships.id = found.relationship_id
    WHERE ($2::text IS NULL OR kind = $2) AND ($3::timestamptz IS NULL OR (last_touch_at, id) < ($3, $4::uuid))
    ORDER BY last_touch_at DESC, id DESC
    LIMIT $5
"""


async def search_relationships(
    connection: Connection,
    *,
    person_id: UUID,
    patterns: Collection[str],
    limit: int,
    kind: RelationshipKind | None = None,
    after: Place | None = None,
) -> list[StoredRelationship]:
    rows = await connection.fetch(
        SEARCH_RELATIONSHIPS,
        person_id,
        kind,
        after.last_touch_at if after else None,
        after.relationship_id if after else None,
        limit,
        list(patterns),
    )
    return [_stored(row) for row in rows]


#: Where and when the person met each of those, the latest first; withdrawn ones as well.
SELECT_MEETINGS: LiteralString = """
    SELECT pair_swaps.other_id, pair_swaps.event_id, pair_swaps.swap_id, pair_swaps.registration_id,
           pair_swaps.is_live, events.title, events.venue,
           ARRAY(SELECT day FROM conversations
                 WHERE conversations.event_id = pair_swaps.event_id AND conversations.swap_id = pair_swaps.swap_id
                 ORDER BY day) AS days
    FROM unnest($2::uuid[]) AS others (id)
    JOIN pair_swaps ON pair_swaps.person_id = $1 AND pair_swaps.other_id = others.id
    JOIN events ON events.id = pair_swaps.event_id
    ORDER BY pair_swaps.swapped_at DESC, pair_swaps.swap_id DESC
"""


async def select_meetings(connection: Connection, *, person_id: UUID, other_ids: Collection[UUID]) -> list[Meeting]:
    rows = await connection.fetch(SELECT_MEETINGS, person_id, list(other_ids))
    return [_meeting(row) for row in rows]


#: Copies of cards from events that were aged, of swaps that are mutual to this moment.
SELECT_KEPT_CARDS: LiteralString = """
    SELECT kept_cards.*
    FROM kept_cards
    JOIN pair_swaps ON pair_swaps.person_id = kept_cards.person_id AND pair_swaps.event_id = kept_cards.met_event_id
        AND pair_swaps.swap_id = kept_cards.met_swap_id AND pair_swaps.is_mutual
    WHERE kept_cards.person_id = $1 AND kept_cards.met_swap_id = ANY ($2::uuid[])
"""


async def select_kept_cards(connection: Connection, *, person_id: UUID, swap_ids: Collection[UUID]) -> dict[UUID, Card]:
    rows = await connection.fetch(SELECT_KEPT_CARDS, person_id, list(swap_ids))
    return {row["met_swap_id"]: read_card(row) for row in rows}


#: What the person gave and received in those relationships, the latest first.
SELECT_GIFTS: LiteralString = """
    SELECT relationship_id, id, key, direction, kind, text, given_at
    FROM gifts
    WHERE person_id = $1 AND relationship_id = ANY ($2::uuid[])
    ORDER BY given_at DESC, id DESC
"""


async def select_gifts(
    connection: Connection, *, person_id: UUID, relationship_ids: Collection[UUID]
) -> dict[UUID, list[Gift]]:
    found: dict[UUID, list[Gift]] = {each: [] for each in relationship_ids}
    for row in await connection.fetch(SELECT_GIFTS, person_id, list(relationship_ids)):
        found[row["relationship_id"]].append(_gift(row))
    return found


#: What those sides learned in their swaps, live or withdrawn, oldest first; without the other's words above it.
SELECT_INSIGHTS: LiteralString = """
    SELECT prompts.event_id, prompts.swap_id, prompts.registration_id, prompts.insight, prompts.text
    FROM unnest((SELECT $1::uuid[]), (SELECT $2::uuid[]), (SELECT $3::uuid[]))
        AS side (event_id, swap_id, registration_id)
    JOIN agenda_prompts AS prompts ON prompts.event_id = side.event_id AND prompts.swap_id = side.swap_id
        AND prompts.registration_id = side.registration_id
    WHERE prompts.insight IS NOT NULL
    ORDER BY prompts.marked_at, prompts.id
"""


async def select_insights(connection: Connection, *, sides: Collection[Side]) -> dict[Side, list[Insight]]:
    rows = await connection.fetch(SELECT_INSIGHTS, *columns_of(sides))
    return by_side(sides, rows, lambda row: Insight(row["insight"], row["text"]))


#: One of the person's own gifts.
SELECT_GIFT: LiteralString = """
    SELECT id, key, direction, kind, text, given_at FROM gifts WHERE person_id = $1 AND id = $2
"""


async def select_gift(connection: Connection, *, person_id: UUID, gift_id: UUID) -> Gift | None:
    row = await connection.fetchrow(SELECT_GIFT, person_id, gift_id)
    return None if row is None else _gift(row)


def _stored(row: Record) -> StoredRelationship:
    return StoredRelationship(
        person_id=row["person_id"],
        id=row["id"],
        other_id=row["other_id"],
        kind=None if row["kind"] is None else RelationshipKind(row["kind"]),
        met_event_title=row["met_event_title"],
        met_on=row["met_on"],
        began_at=row["began_at"],
        last_touch_at=row["last_touch_at"],
        resting_until=row["resting_until"],
    )


def _meeting(row: Record) -> Meeting:
    return Meeting(
        side=Side(row["event_id"], row["swap_id"], row["registration_id"]),
        other_id=row["other_id"],
        event_title=row["title"],
        venue=row["venue"],
        days=tuple(row["days"]),
        is_live=row["is_live"],
    )


def _gift(row: Record) -> Gift:
    return Gift(
        id=row["id"],
        key=row["key"],
        direction=GiftDirection(row["direction"]),
        kind=GiftKind(row["kind"]),
        text=row["text"],
        given_at=row["given_at"],
    )
