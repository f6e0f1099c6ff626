"""The programme and its counts as they move: counted once per process for each event, at most four times a second."""

import contextlib
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from server.db import Connection, Pool
from server.doors.keepers import Keeper
from server.doors.phones.operations import find_phone
from server.errors import DomainError
from server.frames import Frames
from server.live import Live
from server.rooms.keepers import require_room_keeper, stands_at
from server.rooms.models import RoomSession
from server.rooms.operations import read_programme, topic_of
from server.rooms.queries import select_is_live


@dataclass(frozen=True, slots=True)
class Watcher:
    """A keeper with what their watching ends with: a person's session, a phone's token."""

    keeper: Keeper
    session_id: UUID | None
    token: str | None = field(repr=False)


class RoomWatch:
    """The process's frames of programmes, for those who stand at rooms and for organizers."""

    def __init__(self, pool: Pool, live: Live, clock: Callable[[], datetime]) -> None:
        self._pool = pool
        self._clock = clock
        self._frames: Frames[UUID, list[RoomSession]] = Frames(pool, live, topic=topic_of, count=_count)

    async def watch(self, *, event_id: UUID, watcher: Watcher) -> AsyncGenerator[list[RoomSession], None]:
        """The programme now, then whenever it or a count moved, until role, session or pairing ends.

        A phone is shown the one session that it stands at. Raises `NotAllowed`, `NotFound`, `NotSignedIn` and what
        ended a phone at the start.
        """
        async with self._pool.acquire() as connection:
            await require_room_keeper(connection, event_id=event_id, keeper=watcher.keeper, now=self._clock())

        async def may_go_on(connection: Connection) -> bool:
            return await self._may_go_on(connection, event_id, watcher)

        own, last = stands_at(watcher.keeper), None
        async with contextlib.aclosing(self._frames.follow(event_id, may_go_on=may_go_on)) as frames:
            async for frame in frames:
                seen = frame if own is None else [each for each in frame if each.id == own]
                if seen != last:
                    last = seen
                    yield seen

    async def _may_go_on(self, connection: Connection, event_id: UUID, watcher: Watcher) -> bool:
        now, keeper = self._clock(), watcher.keeper
        if keeper.phone is not None:
            phone = await find_phone(connection, token=watcher.token or "", now=now)
            if phone is None or phone.room_id != keeper.phone.room_id:
                return False
            keeper = Keeper(phone=phone)
        elif watcher.session_id is None or not await select_is_live(connection, session_id=watcher.session_id, now=now):
            return False
        try:
            await require_room_keeper(connection, event_id=event_id, keeper=keeper, now=now)
        except DomainError:
            return False
        return True


async def _count(connection: Connection, event_id: UUID) -> list[RoomSession]:
    return await read_programme(connection, event_id=event_id)
