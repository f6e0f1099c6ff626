"""Wakes those who watch. One LISTEN connection per process; a wake-up carries ids only, tables are the truth.

A lost wake-up costs one poll: every watcher also wakes by itself after `POLL_SECONDS`. What is watched here is noted
where every process can ask for it, see `server.presence`.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncGenerator
from typing import LiteralString, Self

import asyncpg
import structlog

from server.db import Connection
from server.ids import new_id
from server.presence import operations as presence

log = structlog.get_logger(__name__)

CHANNEL = "handsel_live"
POLL_SECONDS = 20.0
RECONNECT_SECONDS = 2.0
#: Seconds for the database to take a connection, and to answer over it.
ANSWERS_WITHIN = 10.0

NOTIFY: LiteralString = "SELECT pg_notify('handsel_live', topic) FROM unnest($1::text[]) AS topic"


async def wake(connection: Connection, *topics: str) -> None:
    """Wake all who watch one of `topics`, in every process, when the surrounding transaction commits, or at once.

    All transactions that wake somebody commit one after the other; many of them at a time do better to wake
    afterwards.
    """
    await connection.execute(NOTIFY, topics)


class Live:
    """The process's ear. `watch` yields whenever its topic may have changed, and never queues more than one."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._watchers: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._id = new_id()
        #: Topics that began or ended to be watched since that was noted.
        self._changed: set[str] = set()
        self._to_note = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._closing = False

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._listen())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing = True
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def watch(self, topic: str) -> AsyncGenerator[None, None]:
        """Yields once at the start, then after each wake-up or `POLL_SECONDS`, whichever is first."""
        woken = asyncio.Event()
        if not self._watchers[topic]:
            self._note(topic)
        self._watchers[topic].add(woken)
        try:
            while True:
                woken.clear()
                yield
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(POLL_SECONDS):
                        await woken.wait()
        finally:
            self._watchers[topic].discard(woken)
            if not self._watchers[topic]:
                del self._watchers[topic]
                self._note(topic)

    async def _listen(self) -> None:
        """Listen for as long as the process lives; after a lost connection, wake everybody and listen again."""
        while True:
            try:
                await self._listen_once()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError):
                log.warning("live updates wait for the database")
                await asyncio.sleep(RECONNECT_SECONDS)

    async def _listen_once(self) -> None:
        """Returns or raises when the connection is lost; one that is lost silently is noticed by speaking over it."""
        connection = await asyncpg.connect(
            self._dsn,
            timeout=ANSWERS_WITHIN,
            command_timeout=ANSWERS_WITHIN,
            server_settings={"application_name": "handsel live"},
        )
        lost = asyncio.Event()

        def lose(*_: object) -> None:
            lost.set()
            self._to_note.set()

        try:
            connection.add_termination_listener(lose)
            await connection.add_listener(CHANNEL, self._wake_watchers)
            self._wake_all()
            while not lost.is_set():
                await self._note_presence(connection)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(POLL_SECONDS):
                        await self._to_note.wait()
        finally:
            if self._closing and not lost.is_set():
                with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                    await presence.leave(connection, listener_id=self._id)
            connection.terminate()

    async def _note_presence(self, connection: Connection) -> None:
        """Note that this process lives, and what of its topics changed; what cannot be noted is kept for later."""
        self._to_note.clear()
        changed, self._changed = self._changed, set()
        try:
            await presence.show_life(connection, listener_id=self._id, watched=self._watchers.keys(), changed=changed)
        except BaseException:
            self._changed |= changed
            raise

    def _note(self, topic: str) -> None:
        self._changed.add(topic)
        self._to_note.set()

    def _wake_watchers(self, _connection: object, _pid: int, _channel: str, topic: object) -> None:
        for woken in self._watchers.get(str(topic), ()):
            woken.set()

    def _wake_all(self) -> None:
        for watchers in self._watchers.values():
            for woken in watchers:
                woken.set()
