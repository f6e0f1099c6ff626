"""The worker: runs what is due through the job queue. Effects are exactly once by the unique keys of the tables;
the queue only decides who does it and when. Payloads and logs hold ids, never anything a person wrote.
"""

import asyncio
import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self, TypeVar
from uuid import UUID

import asyncpg
import structlog
from pgqueuer import PgQueuer
from pgqueuer.domain.errors import PgqException, RetryRequested
from pgqueuer.domain.models import Job, Schedule
from pgqueuer.ports import RepositoryPort
from prometheus_client import Counter

from server.attendance.proof import prove_recent_days
from server.db import Pool
from server.errors import NotFound
from server.evening import making
from server.events import operations as events
from server.notifications.mail import Mailer
from server.printing.making import Printer, SheetsJob
from server.printing.operations import BADGE_SHEETS
from server.reports.telling import tell_organizers
from server.secrets import Secrets
from server.traces import places
from server.vault.keeping import keep_ready

log = structlog.get_logger(__name__)

T = TypeVar("T")

JOBS = Counter("handsel_jobs", "Jobs of the queue, by job and outcome.", ["job", "outcome"])

EVENING_LISTS = "evening lists"
EVENING_LISTS_DUE = "evening lists due"
COUNTERS_PROVED = "attendance proved"
REPORTS_TOLD = "reports told"
VAULTS_READY = "vaults ready"
OLD_SHEETS = "old badge sheets"

CONNECT_SECONDS = 10.0
RECONNECT_SECONDS = 2.0
#: A stop waits so long for jobs to hand themselves back; what is left then is cut off and picked up again later.
GRACE_SECONDS = 0.8
#: A job whose worker fell silent for so long is taken over by another.
SILENT_FOR = timedelta(seconds=30)
#: A new job wakes the workers; one that was handed back or taken over is found by looking.
LOOK_EVERY = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Post:
    """How mail leaves, and the address that its links lead to."""

    mailer: Mailer
    public_url: str


@dataclass(frozen=True, slots=True)
class EveningJob:
    """One evening's lists, to be made."""

    event_id: UUID
    day: date

    @property
    def key(self) -> str:
        """While a job with this key waits or runs, no second one is queued."""
        return f"{EVENING_LISTS}/{self.event_id}/{self.day}"

    def payload(self) -> bytes:
        return json.dumps({"event": str(self.event_id), "day": self.day.isoformat()}).encode()

    @classmethod
    def read(cls, payload: bytes | None) -> Self:
        told = json.loads(payload or b"{}")
        return cls(UUID(told["event"]), date.fromisoformat(told["day"]))


async def enqueue_due_evenings(pool: Pool, queue: RepositoryPort, *, now: datetime) -> int:
    """Queue a job for every event and day whose evening has come and still lacks something; how many were new.

    Whether something is lacking is read from the lists themselves, so a job that was lost is simply queued again.
    """
    async with pool.acquire() as connection:
        due = [EveningJob(event.id, day) for event, day in await making.due_evenings(connection, now=now)]
    if not due:
        return 0
    queued = await queue.enqueue(
        [EVENING_LISTS] * len(due),
        [job.payload() for job in due],
        [0] * len(due),
        dedupe_key=[job.key for job in due],
        on_conflict="skip",
    )
    return sum(job_id is not None for job_id in queued)


async def prove_attendance_counters(pool: Pool, now: datetime) -> int:
    """Prove the counters of the last days against the doors' log, and log each day that differs; how many do."""
    async with pool.acquire() as connection:
        differing = await prove_recent_days(connection, now=now)
    for event_id, day, proof in differing:
        log.error(
            "attendance differs from the doors' log",
            event_id=str(event_id),
            day=str(day),
            counters=len(proof.counters),
            admissions=len(proof.admissions),
        )
    return len(differing)


class Worker:
    """Works off the queue until it is left; a lost database only makes it wait. `async with` it, or `run` it.

    Any number may work at once. Leaving takes less than two seconds: the batch under way is rolled back and its job
    handed back to the queue. Without `post` it writes to nobody; badge sheets wait for one that has a `printer`.
    """

    def __init__(
        self,
        dsn: str,
        pool: Pool,
        clock: Callable[[], datetime],
        secrets: Secrets,
        post: Post | None = None,
        *,
        printer: Printer | None = None,
    ) -> None:
        self._dsn = dsn
        self._printer = printer
        self._pool = pool
        self._clock = clock
        self._secrets = secrets
        self._post = post
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
            self._register(queuer, queuer.qm.queries, over)
            # Whatever came due while nobody worked.
            await enqueue_due_evenings(self._pool, queuer.qm.queries, now=self._clock())
            running = asyncio.create_task(
                queuer.run(dequeue_timeout=LOOK_EVERY, heartbeat_timeout=SILENT_FOR, shutdown_on_listener_failure=True),
                name="the job queue",
            )
            try:
                await _first_of(running, over)
            finally:
                queuer.shutdown.set()
                await _end(running)
            if not running.cancelled():
                running.result()
        finally:
            connection.terminate()

    def _register(self, queuer: PgQueuer, queue: RepositoryPort, over: asyncio.Event) -> None:
        @queuer.entrypoint(EVENING_LISTS)
        async def make_lists(job: Job) -> None:
            await _hand_back_when(over, job, self._make_lists(EveningJob.read(job.payload)))

        @queuer.schedule(EVENING_LISTS_DUE, "* * * * *")
        async def look_for_evenings(_: Schedule) -> None:
            work = enqueue_due_evenings(self._pool, queue, now=self._clock())
            await _tell_if_it_fails("could not look for evenings", work)

        @queuer.schedule(COUNTERS_PROVED, "13 * * * *")
        async def prove_attendance(_: Schedule) -> None:
            await _tell_if_it_fails("could not prove attendance", prove_attendance_counters(self._pool, self._clock()))

        @queuer.schedule(VAULTS_READY, "* * * * *")
        async def keep_vaults_ready(_: Schedule) -> None:
            work = keep_ready(self._pool, secrets=self._secrets, now=self._clock())
            await _tell_if_it_fails("could not make the vaults ready", _unless(over, work))

        if self._post is not None:
            self._register_mails(queuer, self._post)
        if self._printer is not None:
            self._register_printer(queuer, self._printer, over)

    def _register_mails(self, queuer: PgQueuer, post: Post) -> None:
        @queuer.schedule(REPORTS_TOLD, "* * * * *")
        async def tell_of_reports(_: Schedule) -> None:
            work = tell_organizers(self._pool, post.mailer, public_url=post.public_url, now=self._clock())
            await _tell_if_it_fails("could not write to organizers", work)

    def _register_printer(self, queuer: PgQueuer, printer: Printer, over: asyncio.Event) -> None:
        @queuer.entrypoint(BADGE_SHEETS)
        async def make_sheets(job: Job) -> None:
            await _hand_back_when(over, job, printer.make(SheetsJob.read(job.payload)))

        @queuer.schedule(OLD_SHEETS, "* * * * *")
        async def forget_old_sheets(_: Schedule) -> None:
            await _tell_if_it_fails("could not delete old badge sheets", printer.forget_old())

    async def _make_lists(self, job: EveningJob) -> None:
        async with self._pool.acquire() as connection:
            try:
                event = await events.find_event(connection, event_id=job.event_id)
            except NotFound:
                return  # forgotten since: nobody is left to make a list for
            made = await making.make_evenings(connection, event=event, day=job.day, now=self._clock())
        log.info("evening lists made", event_id=str(job.event_id), day=str(job.day), lists=made)


async def _hand_back_when(over: asyncio.Event, job: Job, work: Coroutine[Any, Any, None]) -> None:
    """Do the work, unless `over` comes first. What is not done, for that or another reason, goes back to the queue.

    Nothing of a failure's text reaches the queue's log: it could hold somebody's words.
    """
    doing = await _ended(over, work)
    if doing.cancelled():
        JOBS.labels(job.entrypoint, "handed back").inc()
        raise RetryRequested(reason="the worker left")
    failure = doing.exception()
    JOBS.labels(job.entrypoint, "done" if failure is None else "failed").inc()
    if failure is not None:
        log.error("job failed", job=job.id, kind=type(failure).__name__, traceback=places(failure))
        pause = min(timedelta(seconds=2 ** min(job.attempts, 10)), LONGEST_PAUSE)
        raise RetryRequested(pause, type(failure).__name__)


async def _unless(over: asyncio.Event, work: Coroutine[Any, Any, object]) -> None:
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


async def _tell_if_it_fails(sentence: str, work: Coroutine[Any, Any, object]) -> None:
    """Do what the clock asks for; the next time tries again. The text of a failure could hold somebody's words."""
    try:
        await work
    except Exception as error:  # noqa: BLE001 - told without its values
        log.error(sentence, kind=type(error).__name__, traceback=places(error))  # noqa: TRY400 - see above


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
