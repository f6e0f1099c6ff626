"""Every statement about the topics of cards: taking them off, and finding them anew."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from server.db import Connection
from server.registrations.models import EarlierPlace, WrittenCard
from server.registrations.queries import read_card

#: Topics that the person dropped from their card at an earlier event ($3, $4) stay away from this one too, as far as
#: they are found in it ($5). Nothing is answered where one of the two places is not theirs.
TAKE_DROPPED_TOPICS: LiteralString = """
    UPDATE cards
    SET dropped_topics = cards.dropped_topics || ARRAY(
            SELECT topic FROM unnest(earlier_cards.dropped_topics) AS topic
            WHERE topic = ANY ($5::text[]) AND topic <> ALL (cards.dropped_topics)
        )
    FROM registrations, registrations AS earlier
    JOIN cards AS earlier_cards
        ON earlier_cards.event_id = earlier.event_id AND earlier_cards.registration_id = earlier.id
    WHERE registrations.event_id = $1 AND registrations.person_id = $2
      AND cards.event_id = $1 AND cards.registration_id = registrations.id
      AND earlier.event_id = $3 AND earlier.id = $4 AND earlier.person_id = $2
    RETURNING true
"""


async def take_dropped_topics(
    connection: Connection, *, event_id: UUID, person_id: UUID, earlier: EarlierPlace, topics: Sequence[str]
) -> bool:
    """Whether both places are the person's."""
    taken: bool | None = await connection.fetchval(
        TAKE_DROPPED_TOPICS, event_id, person_id, earlier.event_id, earlier.registration_id, topics
    )
    return taken is not None


#: A topic ($3) that the person does not want on their card or, with $4 false, wants there again; what the card says.
DROP_TOPIC: LiteralString = """
    UPDATE cards
    SET dropped_topics = array_remove(cards.dropped_topics, $3::text)
            || CASE WHEN $4 THEN ARRAY[$3::text] ELSE '{}'::text[] END
    FROM registrations
    WHERE registrations.event_id = $1 AND registrations.person_id = $2
      AND cards.event_id = $1 AND cards.registration_id = registrations.id
      AND $3 = ANY (cards.topics || cards.dropped_topics)
    RETURNING cards.*
"""


async def drop_topic(
    connection: Connection, *, event_id: UUID, person_id: UUID, topic: str, dropped: bool
) -> WrittenCard | None:
    row = await connection.fetchrow(DROP_TOPIC, event_id, person_id, topic, dropped)
    return None if row is None else _written(row)


#: The topics of one card, and when it last changed; null for the time leaves that as it is.
UPDATE_TOPICS: LiteralString = """
    UPDATE cards SET topics = $3, updated_at = COALESCE($4, updated_at) WHERE event_id = $1 AND registration_id = $2
"""


async def update_topics(
    connection: Connection, *, event_id: UUID, registration_id: UUID, topics: Sequence[str], now: datetime | None
) -> None:
    await connection.execute(UPDATE_TOPICS, event_id, registration_id, topics, now)


#: The next cards of an event that say something ($3 of them, after $2), held until the transaction ends: topics are
#: found in them anew.
SELECT_WRITTEN_CARDS: LiteralString = """
    SELECT * FROM cards
    WHERE event_id = $1 AND ($2::uuid IS NULL OR registration_id > $2)
      AND num_nonnulls(up_to, seeking, offering, ask_me_about, good_introduction) > 0
    ORDER BY registration_id
    LIMIT $3
    FOR UPDATE
"""


async def select_written_cards(
    connection: Connection, *, event_id: UUID, after: UUID | None, most: int
) -> list[WrittenCard]:
    return [_written(row) for row in await connection.fetch(SELECT_WRITTEN_CARDS, event_id, after, most)]


#: Events whose cards may still be read and were last looked at for topics by other rules than these ($1).
SELECT_UNREAD_EVENTS: LiteralString = """
    SELECT id FROM events
    WHERE aged_at IS NULL AND topics_read_with IS DISTINCT FROM $1
    ORDER BY starts_at DESC, id
"""


async def select_unread_events(connection: Connection, *, fingerprint: bytes) -> list[UUID]:
    return [row["id"] for row in await connection.fetch(SELECT_UNREAD_EVENTS, fingerprint)]


#: All cards of the event were read by these rules ($2).
UPDATE_TOPICS_READ_WITH: LiteralString = """
    UPDATE events SET topics_read_with = $2 WHERE id = $1
"""


async def update_topics_read_with(connection: Connection, *, event_id: UUID, fingerprint: bytes) -> None:
    await connection.execute(UPDATE_TOPICS_READ_WITH, event_id, fingerprint)


def _written(row: Any) -> WrittenCard:
    return WrittenCard(row["registration_id"], read_card(row), tuple(row["dropped_topics"]))
