"""Finding the topics of cards anew, once Handsel recognises them otherwise than when the cards were saved."""

from uuid import UUID

from server.db import Connection
from server.registrations.topics import queries
from server.registrations.topics.telling import telling_topics
from server.topics.fingerprint import fingerprint

#: Some 25 ms of work between two looks at what else waits.
CARDS_READ_AT_ONCE = 50


async def unread_events(connection: Connection) -> list[UUID]:
    """Events whose cards were last looked at for topics by an older table, or never; the latest first."""
    return await queries.select_unread_events(connection, fingerprint=fingerprint())


async def recognise_topics(connection: Connection, *, event_id: UUID) -> tuple[int, int]:
    """Find the topics of all cards of an event anew, once the table of topics grew.

    Answers how many cards were read and how many of them changed. A dropped topic stays dropped, and nobody's card
    counts as changed by its owner. A few cards at a time: nobody who saves theirs waits for the rest.
    """
    read = changed = 0
    after: UUID | None = None
    while True:
        async with connection.transaction():
            written = await queries.select_written_cards(
                connection, event_id=event_id, after=after, most=CARDS_READ_AT_ONCE
            )
            for each in written:
                topics = telling_topics(each.card, without=each.dropped_topics)
                if topics != each.card.topics:
                    changed += 1
                    await queries.update_topics(
                        connection, event_id=event_id, registration_id=each.registration_id, topics=topics, now=None
                    )
        if not written:
            break
        read += len(written)
        after = written[-1].registration_id
    await queries.update_topics_read_with(connection, event_id=event_id, fingerprint=fingerprint())
    return read, changed
