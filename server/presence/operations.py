"""What is watched anywhere, and noting what is watched here. It knows nothing of what a topic stands for."""

from collections.abc import Collection
from uuid import UUID

from server.db import Connection
from server.presence import queries


async def show_life(
    connection: Connection, *, listener_id: UUID, watched: Collection[str], changed: Collection[str]
) -> None:
    """Note that a process lives, with those of the `changed` topics that it watches or does not any more; with all of
    the `watched` ones where nothing is known of it, not yet or not any more since it was silent.
    """
    is_new = await queries.upsert_listener(connection, listener_id=listener_id)
    gained = set(watched) if is_new else {each for each in changed if each in watched}
    if gained:
        await queries.insert_watched(connection, listener_id=listener_id, topics=gained)
    left = {each for each in changed if each not in watched}
    if left:
        await queries.delete_watched(connection, listener_id=listener_id, topics=left)


async def leave(connection: Connection, *, listener_id: UUID) -> None:
    """Forget a process that ends, with all that it watched."""
    await queries.delete_listener(connection, listener_id=listener_id)


async def is_watched(connection: Connection, *, topic: str) -> bool:
    """Whether somebody watches that topic, in any process that lives."""
    return await queries.select_is_watched(connection, topic=topic)
