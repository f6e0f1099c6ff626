"""Attendance as it moves. Each event and day is counted once per process, however many watch it, and at most four
times a second, however busy the doors; whoever is slow gets only the newest figures.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Generator
from datetime import date, datetime
from uuid import UUID

import asyncpg
import structlog

from server.attendance.models import Attendance
from server.attendance.operations import count_attendance, may_watch
from server.db import Pool
from server.doors.operations import topic_of
from server.errors import NotFound
from server.events.models import ORGANIZERS
from server.events.operations import require_role
from server.live import Live
from server.sessions.models import Viewer

log = structlog.get_logger(__name__)

#: At most four frames a second; the last one always comes.
FRAME_SECONDS = 0.25

#: So often role and session are looked at while nothing moves.
LOOK_AGAIN_SECONDS = 20.0


class AttendanceWatch:
    """The process's frames of attendance. Holds a counting task only for what somebody watches."""

    def __init__(self, pool: Pool, live: Live, clock: Callable[[], datetime]) -> None:
        self._pool = pool
        self._live = live
        self._clock = clock
        self._counts: dict[tuple[UUID, date | None], _Count] = {}

    @property
    def watched(self) -> int:
        """How many days of events are being counted now."""
        return len(self._counts)

    async def watch(self, *, event_id: UUID, viewer: Viewer, on: date | None) -> AsyncGenerator[Attendance, None]:
        """The figures now, then whenever they moved, until the viewer's role or session ends.

        Raises `NotAllowed` and `NotFound` at the start, and `NotFound` when the event goes.
        """
        async with self._pool.acquire() as connection:
            await require_role(connection, event_id=event_id, person_id=viewer.person_id, allowed=ORGANIZERS)
        with self._counted(event_id, on) as count:
            seen = 0
            while True:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_AGAIN_SECONDS):
                        await count.moved_since(seen)
                if not await self._may_go_on(event_id, viewer):
                    return
                if count.number > seen:
                    seen = count.number
                    yield count.newest()
                    await asyncio.sleep(FRAME_SECONDS)

    @contextlib.contextmanager
    def _counted(self, event_id: UUID, on: date | None) -> "Generator[_Count, None, None]":
        key = event_id, on
        count = self._counts.get(key)
        if count is None:
            count = self._counts[key] = _Count()
            count.task = asyncio.create_task(self._count(count, event_id, on))
        count.watchers += 1
        try:
            yield count
        finally:
            count.watchers -= 1
            if not count.watchers:
                del self._counts[key]
                count.task.cancel()

    async def _count(self, count: "_Count", event_id: UUID, on: date | None) -> None:
        """Count again at each wake-up. What the database cannot say now, the next wake-up or poll asks again."""
        async with contextlib.aclosing(self._live.watch(topic_of(event_id))) as wake_ups:
            async for _ in wake_ups:
                try:
                    async with self._pool.acquire() as connection:
                        count.move(await count_attendance(connection, event_id=event_id, on=on, now=self._clock()))
                except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                    log.warning("attendance waits for the database", kind=type(error).__name__)
                except Exception as error:  # noqa: BLE001 - those who watch are told; here nobody would see it
                    count.fail(error)
                    return
                await asyncio.sleep(FRAME_SECONDS)

    async def _may_go_on(self, event_id: UUID, viewer: Viewer) -> bool:
        async with self._pool.acquire() as connection:
            return await may_watch(
                connection, event_id=event_id, person_id=viewer.person_id, session_id=viewer.session_id,
                now=self._clock(),
            )  # fmt: skip


class _Count:
    """The newest figures of one event and day, and who waits for newer ones."""

    def __init__(self) -> None:
        self.number = 0
        self.watchers = 0
        self.task: asyncio.Task[None]
        self._frame: Attendance | Exception | None = None
        self._moved = asyncio.Event()

    def move(self, frame: Attendance) -> None:
        """Show these figures; the same ones again are no news."""
        if frame != self._frame:
            self._show(frame)

    def fail(self, error: Exception) -> None:
        """Nothing can be counted any more: the event is gone, or a bug of ours."""
        self._show(error)

    def newest(self) -> Attendance:
        """The figures now. Raises what ended the counting, `NotFound` when the event is gone."""
        if isinstance(self._frame, Attendance):
            return self._frame
        raise self._frame or NotFound

    async def moved_since(self, number: int) -> None:
        """Returns once there are newer figures than the ones with that number."""
        while self.number <= number:
            await self._moved.wait()

    def _show(self, frame: Attendance | Exception) -> None:
        self._frame = frame
        self.number += 1
        self._moved.set()
        self._moved = asyncio.Event()
