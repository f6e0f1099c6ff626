"""Workers at work, and waiting for what they do."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

from server.db import Pool
from server.jobs.evenings import EVENING_LISTS, EveningJob
from server.jobs.working import Jobs
from server.notifications.posting.office import PostOffice
from server.queue import enqueue
from server.secrets import Secrets
from server.worker import Worker
from tests.clock import Clock

EVENING = datetime(2027, 4, 22, 18, 0, tzinfo=UTC)  # seven o'clock in Lisbon
LISTS = "SELECT count(*) FROM evenings"
FOLLOW_UPS = "SELECT count(*) FROM follow_ups"
WAITING = "SELECT count(*) FROM pgqueuer"
FAILED = "SELECT count(*) FROM pgqueuer WHERE status = 'failed'"


@contextlib.asynccontextmanager
async def working(
    dsn: str, pool: Pool, clock: Clock, workers: int = 1, office: Callable[[], PostOffice] | None = None
) -> AsyncIterator[None]:
    """Workers in this process; with an `office`, which opens one for each of them, they send notices too."""
    async with contextlib.AsyncExitStack() as stack:
        for _ in range(workers):
            jobs = Jobs(pool, clock, Secrets(b"secret" * 6), office=office and office())
            await stack.enter_async_context(Worker(dsn, jobs))
        yield


async def until(pool: Pool, statement: str, holds: Callable[[int], bool]) -> None:
    async with asyncio.timeout(30):
        while not holds(await pool.fetchval(statement)):  # noqa: ASYNC110 - a row changes without an event
            await asyncio.sleep(0.02)


async def put_into_queue(pool: Pool, job: EveningJob) -> None:
    async with pool.acquire() as connection:
        await enqueue(connection, EVENING_LISTS, key=job.key, event=job.event_id, day=job.day)


@contextlib.asynccontextmanager
async def evenings_broken(pool: Pool) -> AsyncIterator[None]:
    """A bug of ours: no evening list can be made, and the error quotes the row."""
    await pool.execute("ALTER TABLE evenings ADD CONSTRAINT nothing_fits CHECK (false) NOT VALID")
    try:
        yield
    finally:
        await pool.execute("ALTER TABLE evenings DROP CONSTRAINT nothing_fits")
