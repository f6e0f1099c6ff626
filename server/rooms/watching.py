"""The programme and its counts as they move: counted once per process for each event, at most four times a second."""

import contextlib
from collections.abc import AsyncGenerator, Callable
from datetime import datetime
from uuid import UUID

from server.db import Connection, Pool
from server.events.models import DOOR_TEAM
from server.events.operations import require_role
from server.frames import Frames
from server.live import Live
from server.rooms.models import RoomSession
from server.rooms.operations import read_programme, topic_of
from server.rooms.queries import select_may_watch
from server.sessions.models import Viewer


class RoomWatch:
    """The process's frames of programmes, for those who stand at rooms and for organizers."""

    def __init__(self, pool: Pool, live: Live, clock: Callable[[], datetime]) -> None:
        self._pool = pool
        self._clock = clock
        self._frames: Frames[UUID, list[RoomSession]] = Frames(pool, live, topic=topic_of, count=_count)

    async def watch(self, *, event_id: UUID, viewer: Viewer) -> AsyncGenerator[list[RoomSession], None]:
        """The programme now, then whenever it or a count moved, until the viewer's role or session ends.

        Raises `NotAllowed` and `NotFound` at the start.
        """
        async with self._pool.acquire() as connection:
            await require_role(connection, event_id=event_id, person_id=viewer.person_id, allowed=DOOR_TEAM)

        async def may_go_on(connection: Connection) -> bool:
            return await select_may_watch(
                connection, event_id=event_id, person_id=viewer.person_id, session_id=viewer.session_id,
                now=self._clock(),
            )  # fmt: skip

        async with contextlib.aclosing(self._frames.follow(event_id, may_go_on=may_go_on)) as frames:
            async for frame in frames:
                yield frame


async def _count(connection: Connection, event_id: UUID) -> list[RoomSession]:
    return await read_programme(connection, event_id=event_id)
