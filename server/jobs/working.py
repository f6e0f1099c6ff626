"""Hands every job of the catalogue to a worker. Effects are exactly once by the unique keys of the tables; the queue
only decides who does it and when. Payloads and logs hold ids, never anything a person wrote.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

from pgqueuer import PgQueuer
from pgqueuer.domain.models import Job, Schedule

from server.db import Pool
from server.jobs.catalogue import KINDS
from server.jobs.kinds import Post, Queued, Timed, Tools, read_ids
from server.printing.making import Printer
from server.secrets import Secrets
from server.worker import hand_back_when, tell_if_it_fails, unless


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
    ) -> None:
        self._tools = Tools(pool, clock, secrets, post, printer)

    async def take_up(self, queuer: PgQueuer, over: asyncio.Event) -> None:
        possible = [kind for kind in KINDS if kind.possible(self._tools)]
        for kind in possible:
            if isinstance(kind, Queued):
                self._do_when_queued(queuer, kind, over)
            else:
                self._do_on_time(queuer, kind, over)
        for kind in possible:
            if isinstance(kind, Timed) and kind.at_start:
                await kind.work(self._tools)

    def _do_when_queued(self, queuer: PgQueuer, kind: Queued, over: asyncio.Event) -> None:
        @queuer.entrypoint(kind.name)
        async def do(job: Job) -> None:
            await hand_back_when(over, job, kind.work(self._tools, read_ids(job.payload)))

    def _do_on_time(self, queuer: PgQueuer, kind: Timed, over: asyncio.Event) -> None:
        @queuer.schedule(kind.name, kind.cron)
        async def do(_: Schedule) -> None:
            await tell_if_it_fails(kind.name, unless(over, kind.work(self._tools)))
