"""Hands every job of the catalogue to a worker. Effects are exactly once by the unique keys of the tables; the queue
only decides who does it and when. Payloads and logs hold ids, never anything a person wrote.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

from pgqueuer import PgQueuer
from pgqueuer.domain.models import Job, Schedule

from server.db import Pool
from server.jobs import queries
from server.jobs.catalogue import KINDS
from server.jobs.kinds import Post, Queued, Timed, Tools, read_ids
from server.notifications.posting.office import PostOffice
from server.printing.making import Printer
from server.secrets import Secrets
from server.worker import LEFT, LONGEST_PAUSE, failure_of, hand_back_when, unless

RUNS_KEPT = "how runs went"


class Jobs:
    """All there are, as a worker's duties: those of the catalogue for which there are the tools."""

    def __init__(
        self,
        pool: Pool,
        clock: Callable[[], datetime],
        secrets: Secrets,
        post: Post | None = None,
        *,
        printer: Printer | None = None,
        office: PostOffice | None = None,
    ) -> None:
        self._tools = Tools(pool, clock, secrets, post, printer, office)

    async def take_up(self, queuer: PgQueuer, over: asyncio.Event) -> None:
        possible = [kind for kind in KINDS if kind.possible(self._tools)]
        for kind in possible:
            if isinstance(kind, Queued):
                self._do_when_queued(queuer, kind, over)
            else:
                self._do_on_time(queuer, kind, over)
        for kind in possible:
            if isinstance(kind, Timed) and kind.at_start:
                await self._run(kind, over)

    async def set_clocks_right(self, queuer: PgQueuer) -> None:
        due = {str(key.entrypoint): executor.next_in() for key, executor in queuer.sm.registry.items()}
        async with self._tools.pool.acquire() as connection:
            await queries.bring_schedules_back(connection, due=due)
            await queries.bring_jobs_back(connection, longest_pause=LONGEST_PAUSE)

    def _do_when_queued(self, queuer: PgQueuer, kind: Queued, over: asyncio.Event) -> None:
        @queuer.entrypoint(kind.name, on_failure="hold")
        async def do(job: Job) -> None:
            ids = read_ids(job.payload)
            await hand_back_when(over, job, lambda: kind.work(self._tools, ids), tries=self._tries(job))

    async def _tries(self, job: Job) -> int:
        async with self._tools.pool.acquire() as connection:
            return await queries.count_tries(connection, job_id=job.id, left=LEFT)

    def _do_on_time(self, queuer: PgQueuer, kind: Timed, over: asyncio.Event) -> None:
        @queuer.schedule(kind.name, kind.cron)
        async def do(_: Schedule) -> None:
            await self._run(kind, over)

    async def _run(self, kind: Timed, over: asyncio.Event) -> None:
        """One run, and how it went."""
        failure = await failure_of(kind.name, unless(over, kind.work(self._tools)))
        if not over.is_set():
            await failure_of(RUNS_KEPT, self._keep_run(kind, failure))

    async def _keep_run(self, kind: Timed, failure: str | None) -> None:
        async with self._tools.pool.acquire() as connection:
            await queries.upsert_timed_run(connection, name=kind.name, failure=failure, now=self._tools.clock())
