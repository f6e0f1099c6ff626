"""Tells one person's phone when a swap of theirs appears, changes or ends. The tables are asked at each wake-up."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from server.db import Connection, Pool
from server.errors import NotFound
from server.live import Live
from server.swaps import queries
from server.swaps.models import GoneSwap, Swap
from server.swaps.operations import topic_of

#: A change may commit a moment after a later one was told, or just before somebody begins to watch; looking back this
#: far misses neither.
LOOK_BACK = timedelta(seconds=5)
MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who watches, and from which session: when it ends, the watching ends."""

    event_id: UUID
    person_id: UUID
    session_id: UUID


async def watch_swaps(
    pool: Pool, live: Live, *, watcher: Watcher, clock: Callable[[], datetime]
) -> AsyncIterator[Swap | GoneSwap]:
    """Each swap of the person that changes from a moment ago on, once per change, until their session ends.

    Raises `NotFound` without a place at the event.
    """
    since = clock() - LOOK_BACK
    async with pool.acquire() as connection:
        registration_id = await _place(connection, watcher, now=clock())
    if registration_id is None:
        raise NotFound
    told: dict[UUID, datetime] = {}
    newest = since
    async for _ in live.watch(topic_of(registration_id)):
        async with pool.acquire() as connection:
            if await _place(connection, watcher, now=clock()) is None:
                return
            changes = await _changes(connection, watcher, since=newest - LOOK_BACK)
        for change in changes:
            if change.changed_at > told.get(change.id, since):
                told[change.id] = change.changed_at
                newest = max(newest, change.changed_at)
                yield change


async def _place(connection: Connection, watcher: Watcher, *, now: datetime) -> UUID | None:
    return await queries.select_watching_registration(
        connection,
        event_id=watcher.event_id,
        person_id=watcher.person_id,
        session_id=watcher.session_id,
        now=now,
    )


async def _changes(connection: Connection, watcher: Watcher, *, since: datetime) -> list[Swap | GoneSwap]:
    """What changed after `since`, oldest change first."""
    live = await queries.select_swaps(
        connection,
        event_id=watcher.event_id,
        person_id=watcher.person_id,
        changed_since=since,
        limit=MOST_AT_ONCE,
    )
    gone = await queries.select_gone(
        connection, event_id=watcher.event_id, person_id=watcher.person_id, since=since, limit=MOST_AT_ONCE
    )
    return sorted([*live, *gone], key=lambda change: change.changed_at)
