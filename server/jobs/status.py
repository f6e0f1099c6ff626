"""How the jobs stand, for the host, and asking for a failed one again. It never tells whose they are."""

from server.db import Connection
from server.jobs import queries
from server.jobs.errors import NoSuchFailedJob
from server.jobs.models import JobsStatus, JobState
from server.worker import LEFT

#: A queue longer than this is told by its number.
LISTED = 100


async def read_status(connection: Connection) -> JobsStatus:
    """All that is to tell, read at one moment."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        return JobsStatus(
            queued=tuple(await queries.select_queued(connection, at_most=LISTED, left=LEFT)),
            timed=tuple(await queries.select_timed(connection)),
            done=tuple(await queries.select_done(connection)),
            counts=await queries.count_queued(connection),
        )


async def retry(connection: Connection, *, job_id: int) -> None:
    """Put a failed job back into the queue, as if it had never been tried. Raises `NoSuchFailedJob`."""
    if not 0 < job_id < 1 << 63 or not await queries.requeue_failed(connection, job_ids=[job_id]):
        raise NoSuchFailedJob


async def count_queued(connection: Connection) -> dict[JobState, int]:
    """How many jobs are in the queue in each state."""
    return await queries.count_queued(connection)
