"""Tells a door's phone and the desk that roster or conflicts may have changed. It says no more than that: who hears it
asks. Whether they may go on hearing is asked each time.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server.db import Pool
from server.doors import queries
from server.doors.keepers import DoorTask, Keeper, require_keeper
from server.doors.operations import topic_of
from server.doors.phones import operations as phones
from server.errors import NotSignedIn
from server.live import Live

#: At most one a second: a phone asks for changes after each.
WORD_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class DoorWatcher:
    """Who watches: a phone by what its cookie holds, else somebody by their session."""

    event_id: UUID
    phone_token: str | None
    person_id: UUID | None
    session_id: UUID | None


async def watch_doors(
    pool: Pool, live: Live, *, watcher: DoorWatcher, clock: Callable[[], datetime]
) -> AsyncGenerator[UUID, None]:
    """The event, now and whenever something may have changed, at least every twenty seconds.

    Raises `NotAllowed` and `NotFound`, `NotSignedIn` when a session ends, and what ends a phone, as soon as it does.
    """
    async for _ in live.watch(topic_of(watcher.event_id)):
        await _require(pool, watcher, now=clock())
        yield watcher.event_id
        await asyncio.sleep(WORD_SECONDS)


async def _require(pool: Pool, watcher: DoorWatcher, *, now: datetime) -> None:
    keeper = Keeper(person_id=watcher.person_id)
    async with pool.acquire() as connection:
        if watcher.phone_token is not None:
            keeper = Keeper(phone=await phones.find_phone(connection, token=watcher.phone_token, now=now))
        elif watcher.session_id is None or not await queries.select_is_live(
            connection, session_id=watcher.session_id, now=now
        ):
            raise NotSignedIn
        await require_keeper(
            connection, event_id=watcher.event_id, keeper=keeper, task=DoorTask.WATCH, now=now
        )  # fmt: skip
