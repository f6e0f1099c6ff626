"""Which jobs there are, and when each is due. Effects are exactly once by the unique keys of the tables; the queue only
decides who does it and when. Payloads and logs hold ids, never anything a person wrote.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self
from uuid import UUID

import structlog
from pgqueuer import PgQueuer
from pgqueuer.domain.models import Job, Schedule
from pgqueuer.ports import RepositoryPort

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
from server.vault.keeping import keep_ready
from server.worker import hand_back_when, tell_if_it_fails, unless

log = structlog.get_logger(__name__)

EVENING_LISTS = "evening lists"
EVENING_LISTS_DUE = "evening lists due"
COUNTERS_PROVED = "attendance proved"
REPORTS_TOLD = "reports told"
VAULTS_READY = "vaults ready"
OLD_SHEETS = "old badge sheets"


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


class Jobs:
    """All there are, as a worker's duties. Without `post` it writes to nobody; badge sheets wait for a `printer`."""

    def __init__(
        self,
        pool: Pool,
        clock: Callable[[], datetime],
        secrets: Secrets,
        post: Post | None = None,
        *,
        printer: Printer | None = None,
    ) -> None:
        self._pool = pool
        self._clock = clock
        self._secrets = secrets
        self._post = post
        self._printer = printer

    async def take_up(self, queuer: PgQueuer, over: asyncio.Event) -> None:
        self._register(queuer, queuer.qm.queries, over)
        await enqueue_due_evenings(self._pool, queuer.qm.queries, now=self._clock())

    def _register(self, queuer: PgQueuer, queue: RepositoryPort, over: asyncio.Event) -> None:
        @queuer.entrypoint(EVENING_LISTS)
        async def make_lists(job: Job) -> None:
            await hand_back_when(over, job, self._make_lists(EveningJob.read(job.payload)))

        @queuer.schedule(EVENING_LISTS_DUE, "* * * * *")
        async def look_for_evenings(_: Schedule) -> None:
            work = enqueue_due_evenings(self._pool, queue, now=self._clock())
            await tell_if_it_fails("could not look for evenings", work)

        @queuer.schedule(COUNTERS_PROVED, "13 * * * *")
        async def prove_attendance(_: Schedule) -> None:
            await tell_if_it_fails("could not prove attendance", prove_attendance_counters(self._pool, self._clock()))

        @queuer.schedule(VAULTS_READY, "* * * * *")
        async def keep_vaults_ready(_: Schedule) -> None:
            work = keep_ready(self._pool, secrets=self._secrets, now=self._clock())
            await tell_if_it_fails("could not make the vaults ready", unless(over, work))

        if self._post is not None:
            self._register_mails(queuer, self._post)
        if self._printer is not None:
            self._register_printer(queuer, self._printer, over)

    def _register_mails(self, queuer: PgQueuer, post: Post) -> None:
        @queuer.schedule(REPORTS_TOLD, "* * * * *")
        async def tell_of_reports(_: Schedule) -> None:
            work = tell_organizers(self._pool, post.mailer, public_url=post.public_url, now=self._clock())
            await tell_if_it_fails("could not write to organizers", work)

    def _register_printer(self, queuer: PgQueuer, printer: Printer, over: asyncio.Event) -> None:
        @queuer.entrypoint(BADGE_SHEETS)
        async def make_sheets(job: Job) -> None:
            await hand_back_when(over, job, printer.make(SheetsJob.read(job.payload)))

        @queuer.schedule(OLD_SHEETS, "* * * * *")
        async def forget_old_sheets(_: Schedule) -> None:
            await tell_if_it_fails("could not delete old badge sheets", printer.forget_old())

    async def _make_lists(self, job: EveningJob) -> None:
        async with self._pool.acquire() as connection:
            try:
                event = await events.find_event(connection, event_id=job.event_id)
            except NotFound:
                return  # forgotten since: nobody is left to make a list for
            made = await making.make_evenings(connection, event=event, day=job.day, now=self._clock())
        log.info("evening lists made", event_id=str(job.event_id), day=str(job.day), lists=made)
