"""Every statement about who watches what: processes that live, and the topics watched in each."""

from collections.abc import Collection
from typing import LiteralString
from uuid import UUID

from server.db import Connection

#: Processes that died, with what they watched.
DELETE_DEAD_LISTENERS: LiteralString = """
    DELETE FROM listeners WHERE lives_until < clock_timestamp()
"""

#: A process is taken to live for so long after its last sign; it gives one about three times as often.
UPSERT_LISTENER: LiteralString = """
    INSERT INTO listeners (id, lives_until) VALUES ($1, clock_timestamp() + interval '1 minute')
    ON CONFLICT ON CONSTRAINT listeners_pkey DO UPDATE SET lives_until = EXCLUDED.lives_until
    RETURNING xmax = 0 AS is_new
"""


async def upsert_listener(connection: Connection, *, listener_id: UUID) -> bool:
    """Note that a process lives. Whether nothing is known of it: not yet, or not any more since it was silent."""
    await connection.execute(DELETE_DEAD_LISTENERS)
    return bool(await connection.fetchval(UPSERT_LISTENER, listener_id))


#: A process that ends, with what it watched.
DELETE_LISTENER: LiteralString = """
    DELETE FROM listeners WHERE id = $1
"""


async def delete_listener(connection: Connection, *, listener_id: UUID) -> None:
    await connection.execute(DELETE_LISTENER, listener_id)


#: Topics that a process watches from now on.
INSERT_WATCHED: LiteralString = """
    INSERT INTO watched_topics (topic, listener_id) SELECT topic, $1 FROM unnest($2::text[]) AS topic
    ON CONFLICT ON CONSTRAINT watched_topics_pkey DO NOTHING
"""


async def insert_watched(connection: Connection, *, listener_id: UUID, topics: Collection[str]) -> None:
    await connection.execute(INSERT_WATCHED, listener_id, list(topics))


#: Topics that it does not watch any more.
DELETE_WATCHED: LiteralString = """
    DELETE FROM watched_topics WHERE listener_id = $1 AND topic = ANY ($2::text[])
"""


async def delete_watched(connection: Connection, *, listener_id: UUID, topics: Collection[str]) -> None:
    await connection.execute(DELETE_WATCHED, listener_id, list(topics))


#: Whether a process that lives watches a topic.
SELECT_IS_WATCHED: LiteralString = """
    SELECT EXISTS (
        SELECT 1
        FROM watched_topics
        JOIN listeners ON listeners.id = watched_topics.listener_id AND listeners.lives_until > clock_timestamp()
        WHERE watched_topics.topic = $1
    )
"""


async def select_is_watched(connection: Connection, *, topic: str) -> bool:
    return bool(await connection.fetchval(SELECT_IS_WATCHED, topic))
