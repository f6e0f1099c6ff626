"""A worker in a process of its own, as a host runs it, killed with nothing said at a point that a test chooses."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator

from server.db import Pool
from tests.jobs.work import until

#: Waits for a lock that a test holds.
AT_THE_LOCK = (
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name LIKE 'handsel%'"
)


@contextlib.asynccontextmanager
async def worker_process(environment: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """`handsel work`; killed in the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "server", "work",
        env=environment, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGKILL)
        await process.wait()


async def kill_at(pool: Pool, environment: dict[str, str], *, held: str) -> None:
    """Let a worker begin, and kill it as soon as it waits for the lock `held`, a LOCK TABLE."""
    async with pool.acquire() as holding, holding.transaction():
        await holding.execute(held)
        async with worker_process(environment):
            await until(pool, AT_THE_LOCK, lambda number: number > 0)
        await end_what_it_said(pool)


async def end_what_it_said(pool: Pool) -> None:
    """What a killed worker had begun to say to the database ends with it, before any lock opens."""
    await pool.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND application_name LIKE 'handsel%'"
    )
    await until(pool, AT_THE_LOCK, lambda number: number == 0)
