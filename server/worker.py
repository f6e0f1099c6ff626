"""The worker: takes what is due from the job queue and sees that it is done, handed back or told of.

Which jobs there are it does not know, see `server.jobs.catalogue`. Logs hold ids, never anything a person wrote.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any, NoReturn, Protocol, Self, TypeVar

import asyncpg
import structlog
from pgqueuer import PgQueuer
from pgqueuer.domain.errors import PgqException, RetryRequested
from pgqueuer.domain.models import Job
from prometheus_client import Counter

from server.traces import places

log = structlog.get_logger(__name__)

T = TypeVar("T")

JOBS = Counter("handsel_jobs", "Jobs of the queue, by job and outcome.", ["job", "outcome"])

CONNECT_SECONDS = 10.0
RECONNECT_SECONDS = 2.0
#: A stop waits so long for jobs to hand themselves back; what is left then is cut off and picked up again later.
GRACE_SECONDS = 0.8
#: A job whose worker fell silent for so long is taken over by another.
SILENT_FOR = timedelta(seconds=30)
#: A new job wakes the workers; one that was handed back or taken over is found by looking.
LOOK_EVERY = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(minutes=5)
#: With the pauses between, about an hour. A job that fails so often is kept as failed until the host asks for it.
MOST_TRIES = 20
#: What the queue's log says of a job that was handed back; such a try does not count.
LEFT = "the worker left"


class Duties(Protocol):
    """What a worker does."""

    async def take_up(self, queuer: PgQueuer, over: asyncio.Event) -> None:
        """Tell the queue which jobs are done here and how, and queue what came due while nobody worked.

        Work still under way at `over` ends there.
        """

    async def set_clocks_right(self, queuer: PgQueuer) -> None:
        """Bring back what a clock that was set back has left in the future."""


class Worker:
    """Works off the queue until it is left; a lost database only makes it wait. `async with` it, or `run` it.

    Any number may work at once. Leaving takes less than two seconds: the batch under way is rolled back and its job
    handed back to the queue.
    """

    def __init__(self, dsn: str, duties: Duties) -> None:
        self._dsn = dsn
        self._duties = duties
        self._leaving = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self.run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self.leave()
        if self._task is not None:
            await self._task

    def leave(self) -> None:
        """Let `run` end."""
        self._leaving.set()

    async def run(self) -> None:
        """Work until `leave`."""
        leaving = asyncio.create_task(self._leaving.wait())
        while not leaving.done():
            over = asyncio.Event()
            working = asyncio.create_task(self._work(over))
            try:
                await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                over.set()
                await _end(working)
            _tell_of(working)
            await asyncio.wait({leaving}, timeout=RECONNECT_SECONDS)

    async def _work(self, over: asyncio.Event) -> None:
        """Work for as long as one connection lasts, or until `over`."""
        async with asyncio.timeout(CONNECT_SECONDS):
            connection = await asyncpg.connect(
                self._dsn, server_settings={"application_name": "handsel jobs", "timezone": "UTC"}
            )
        connection.add_termination_listener(lambda *_: over.set())
        try:
            queuer = PgQueuer.from_asyncpg_connection(connection)
            await self._duties.take_up(queuer, over)
            running = asyncio.create_task(
                queuer.run(dequeue_timeout=LOOK_EVERY, heartbeat_timeout=SILENT_FOR, shutdown_on_listener_failure=True),
                name="the job queue",
            )
            minding = asyncio.create_task(self._mind_the_clock(queuer), name="the clock of the job queue")
            try:
                await _first_of(running, over)
            finally:
                minding.cancel()
                queuer.shutdown.set()
                await _end(running)
            if not running.cancelled():
                running.result()
        finally:
            connection.terminate()

    async def _mind_the_clock(self, queuer: PgQueuer) -> None:
        """For as long as the work goes on, by a clock that nobody sets."""
        while True:
            await failure_of("clocks set right", self._duties.set_clocks_right(queuer))
            await asyncio.sleep(LOOK_EVERY.total_seconds())


class GivenUp(Exception):
    """A job was tried as often as it may be; it is kept as failed. Holds the kind of its last failure, no more."""


async def hand_back_when(
    over: asyncio.Event, job: Job, work: Callable[[], Coroutine[Any, Any, None]], *, tries: Awaitable[int]
) -> None:
    """Do the work, unless `over` comes first. What is not done, for that or another reason, goes back to the queue.
    Tried `MOST_TRIES` times it is given up, also where each try took its worker along.

    `tries` counts this try with those before. Nothing of a failure's text reaches the queue's log: it could hold
    somebody's words.
    """
    try:
        number = await tries
    except Exception as error:  # noqa: BLE001 - whatever it is, the job was not even begun
        raise RetryRequested(LONGEST_PAUSE, type(error).__name__) from None
    if number > MOST_TRIES:
        _give_up(job, "WorkerDied")
    doing = await _ended(over, work())
    if doing.cancelled():
        JOBS.labels(job.entrypoint, "handed back").inc()
        raise RetryRequested(reason=LEFT)
    failure = doing.exception()
    JOBS.labels(job.entrypoint, "done" if failure is None else "failed").inc()
    if failure is not None:
        kind = type(failure).__name__
        log.error("job failed", job=job.id, name=job.entrypoint, tries=number, kind=kind, traceback=places(failure))
        if number >= MOST_TRIES:
            _give_up(job, kind)
        raise RetryRequested(min(timedelta(seconds=2 ** min(number - 1, 10)), LONGEST_PAUSE), kind)


def _give_up(job: Job, kind: str) -> NoReturn:
    JOBS.labels(job.entrypoint, "given up").inc()
    log.critical("job given up: see `handsel jobs`", job=job.id, name=job.entrypoint, kind=kind)
    raise GivenUp(kind)


async def unless(over: asyncio.Event, work: Coroutine[Any, Any, object]) -> None:
    """Do the work until `over`; what is not done by then is found again by whoever looks next."""
    doing = await _ended(over, work)
    if not doing.cancelled():
        doing.result()


async def _ended(over: asyncio.Event, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    """The task of this work once it has ended, cut off if `over` came first."""
    doing = asyncio.create_task(work)
    try:
        await _first_of(doing, over)
    finally:
        doing.cancel()
        await asyncio.wait({doing})
    return doing


async def failure_of(name: str, work: Coroutine[Any, Any, object]) -> str | None:
    """Do what the clock asks for; the next time tries again. Of a failure only its kind is told: its text could hold
    somebody's words.
    """
    try:
        await work
    except Exception as error:  # noqa: BLE001 - whatever it is, the clock goes on and tries again
        JOBS.labels(name, "failed").inc()
        log.error("job of the clock failed", name=name, kind=type(error).__name__, traceback=places(error))  # noqa: TRY400 - a whole traceback would print the values
        return type(error).__name__
    JOBS.labels(name, "done").inc()
    return None


async def _first_of(task: asyncio.Task[T], over: asyncio.Event) -> None:
    """Wait for the task or for `over`; neither is changed by it."""
    ended = asyncio.create_task(over.wait())
    try:
        await asyncio.wait({task, ended}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        ended.cancel()


async def _end(task: asyncio.Task[None]) -> None:
    """Give the task its grace, then cut it off. Its outcome stays its own."""
    _, unfinished = await asyncio.wait({task}, timeout=GRACE_SECONDS)
    for each in unfinished:
        each.cancel()
        await asyncio.wait({each}, timeout=GRACE_SECONDS)


def _tell_of(working: asyncio.Task[None]) -> None:
    """Log why the work ended, if it was not told to. Never the text of an error: it could hold somebody's words."""
    failure = None if working.cancelled() or not working.done() else working.exception()
    if isinstance(failure, OSError | TimeoutError | asyncpg.PostgresError | asyncpg.InterfaceError | PgqException):
        log.warning("jobs wait for the database", kind=type(failure).__name__)
    elif failure is not None:
        log.error("the job queue stopped", kind=type(failure).__name__, traceback=places(failure))
