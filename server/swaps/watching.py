"""Tells one person's phone when a swap of theirs appears, changes or ends. The tables are asked at each wake-up."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from uuid import UUID

from server.db import Connection, Pool
from server.errors import NotFound
from server.live import Live
from server.swaps import queries
from server.swaps.models import GoneSwap, Swap
from server.swaps.operations import topic_of

#: A change may commit a moment after a later one was already told; looking back this far misses none of them.
LOOK_BACK = timedelta(seconds=5)
MOST_AT_ONCE = 100


async def watch_swaps(
    pool: Pool, live: Live, *, event_id: UUID, person_id: UUID, since: datetime
) -> AsyncIterator[Swap | GoneSwap]:
    """Each swap of the person that changed after `since`, once per change. Raises `NotFound` without a place there."""
    async with pool.acquire() as connection:
        registration_id = await queries.select_registration(connection, event_id=event_id, person_id=person_id)
    if registration_id is None:
        raise NotFound
    told: dict[UUID, datetime] = {}
    newest = since
    async for _ in live.watch(topic_of(registration_id)):
        async with pool.acquire() as connection:
            changes = await _changes(connection, event_id=event_id, person_id=person_id, since=newest - LOOK_BACK)
        for change in changes:
            if change.changed_at > told.get(change.id, since):
                told[change.id] = change.changed_at
                newest = max(newest, change.changed_at)
                yield change


async def _changes(
    connection: Connection, *, event_id: UUID, person_id: UUID, since: datetime
) -> list[Swap | GoneSwap]:
    """What changed after `since`, oldest change first."""
    live = await queries.select_swaps(
        connection, event_id=event_id, person_id=person_id, changed_since=since, limit=MOST_AT_ONCE
    )
    gone = await queries.select_gone(connection, event_id=event_id, person_id=person_id, since=since)
    return sorted([*live, *gone], key=lambda change: change.changed_at)
