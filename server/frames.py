"""What many watch and one has to count: each thing is counted once per process, however many watch it, and at most four
times a second, however busy it is; whoever is slow gets only the newest. It does not know what is counted.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Hashable
from typing import Generic, TypeVar

import asyncpg
import structlog

from server.db import Connection, Pool
from server.errors import NotFound
from server.live import Live

log = structlog.get_logger(__name__)

#: At most four frames a second; the last one always comes.
FRAME_SECONDS = 0.25

#: Whether somebody may go on watching is asked at every wake-up, and so often while there is none.
LOOK_AGAIN_SECONDS = 20.0

Key = TypeVar("Key", bound=Hashable)
Frame = TypeVar("Frame")


class Frames(Generic[Key, Frame]):
    """The process's frames of one kind of thing. Holds a counting task only for what somebody watches."""

    def __init__(
        self,
        pool: Pool,
        live: Live,
        *,
        topic: Callable[[Key], str],
        count: Callable[[Connection, Key], Awaitable[Frame]],
    ) -> None:
        self._pool = pool
        self._live = live
        self._topic = topic
        self._count_now = count
        self._counts: dict[Key, _Count[Frame]] = {}

    @property
    def watched(self) -> int:
        """How many things are being counted now."""
        return len(self._counts)

    async def follow(
        self, key: Key, *, may_go_on: Callable[[Connection], Awaitable[bool]]
    ) -> AsyncGenerator[Frame, None]:
        """The frame now, then whenever it moved, until `may_go_on` says no.

        Raises what ended the counting, such as `NotFound` when what is counted is gone.
        """
        with self._counted(key) as count:
            seen = looked = 0
            while True:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_AGAIN_SECONDS):
                        await count.looked_since(looked)
                looked = count.looks
                async with self._pool.acquire() as connection:
                    if not await may_go_on(connection):
                        return
                if count.number > seen:
                    seen = count.number
                    yield count.newest()
                    await asyncio.sleep(FRAME_SECONDS)

    @contextlib.contextmanager
    def _counted(self, key: Key) -> "Generator[_Count[Frame], None, None]":
        count = self._counts.get(key)
        if count is None:
            count = self._counts[key] = _Count()
            count.task = asyncio.create_task(self._count(count, key))
        count.watchers += 1
        try:
            yield count
        finally:
            count.watchers -= 1
            if not count.watchers:
                del self._counts[key]
                count.task.cancel()

    async def _count(self, count: "_Count[Frame]", key: Key) -> None:
        """Count again at each wake-up. What the database cannot say now, the next wake-up or poll asks again."""
        async with contextlib.aclosing(self._live.watch(self._topic(key))) as wake_ups:
            async for _ in wake_ups:
                try:
                    async with self._pool.acquire() as connection:
                        count.move(await self._count_now(connection, key))
                except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                    log.warning("live figures wait for the database", kind=type(error).__name__)
                except Exception as error:  # noqa: BLE001 - those who watch are told; here nobody would see it
                    count.fail(error)
                    return
                await asyncio.sleep(FRAME_SECONDS)


class _Count(Generic[Frame]):
    """The newest frame of one thing, and who waits for newer ones."""

    def __init__(self) -> None:
        self.number = 0
        self.looks = 0
        self.watchers = 0
        self.task: asyncio.Task[None]
        self._frame: Frame | None = None
        self._failure: Exception | None = None
        self._looked = asyncio.Event()

    def move(self, frame: Frame) -> None:
        """Show this frame; the same one again is no news, but who may see it may have changed."""
        if frame != self._frame:
            self._frame = frame
            self.number += 1
        self._tell()

    def fail(self, error: Exception) -> None:
        """Nothing can be counted any more: what was counted is gone, or a bug of ours."""
        self._failure = error
        self.number += 1
        self._tell()

    def newest(self) -> Frame:
        """The frame now. Raises what ended the counting."""
        if self._failure is not None or self._frame is None:
            raise self._failure or NotFound
        return self._frame

    async def looked_since(self, looks: int) -> None:
        """Returns once it was looked again after so many looks, whether anything moved or not."""
        while self.looks <= looks:
            await self._looked.wait()

    def _tell(self) -> None:
        self.looks += 1
        self._looked.set()
        self._looked = asyncio.Event()
