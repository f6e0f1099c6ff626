"""Attendance as it moves: counted once per process for each event and day, at most four times a second."""

import contextlib
from collections.abc import AsyncGenerator, Callable
from datetime import date, datetime
from uuid import UUID

from server.attendance.models import Attendance
from server.attendance.operations import count_attendance, may_watch
from server.db import Connection, Pool
from server.doors.operations import topic_of
from server.events.models import ORGANIZERS
from server.events.operations import require_role
from server.frames import Frames
from server.live import Live
from server.sessions.models import Viewer


class AttendanceWatch:
    """The process's frames of attendance, for organizers alone."""

    def __init__(self, pool: Pool, live: Live, clock: Callable[[], datetime]) -> None:
        self._pool = pool
        self._clock = clock
        self._frames: Frames[tuple[UUID, date | None], Attendance] = Frames(
            pool, live, topic=lambda key: topic_of(key[0]), count=self._count
        )

    @property
    def watched(self) -> int:
        """How many days of events are being counted now."""
        return self._frames.watched

    async def watch(self, *, event_id: UUID, viewer: Viewer, on: date | None) -> AsyncGenerator[Attendance, None]:
        """The figures now, then whenever they moved, until the viewer's role or session ends.

        Raises `NotAllowed` and `NotFound` at the start, and `NotFound` when the event goes.
        """
        async with self._pool.acquire() as connection:
            await require_role(connection, event_id=event_id, person_id=viewer.person_id, allowed=ORGANIZERS)

        async def may_go_on(connection: Connection) -> bool:
            return await may_watch(
                connection, event_id=event_id, person_id=viewer.person_id, session_id=viewer.session_id,
                now=self._clock(),
            )  # fmt: skip

        async with contextlib.aclosing(self._frames.follow((event_id, on), may_go_on=may_go_on)) as frames:
            async for frame in frames:
                yield frame

    async def _count(self, connection: Connection, key: tuple[UUID, date | None]) -> Attendance:
        return await count_attendance(connection, event_id=key[0], on=key[1], now=self._clock())
