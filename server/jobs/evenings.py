"""The evening lists: each minute every evening that has come and still lacks something is queued, and then made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

import structlog

from server.errors import NotFound
from server.evening import making
from server.events.operations import find_event
from server.jobs.kinds import Queued, Timed, Tools
from server.queue import enqueue

log = structlog.get_logger(__name__)

EVENING_LISTS = "evening lists"
EVENING_LISTS_DUE = "evening lists due"


@dataclass(frozen=True, slots=True)
class EveningJob:
    """One evening's lists, to be made."""

    event_id: UUID
    day: date

    @property
    def key(self) -> str:
        return f"{EVENING_LISTS}/{self.event_id}/{self.day}"

    @classmethod
    def read(cls, ids: Mapping[str, str]) -> Self:
        return cls(UUID(ids["event"]), date.fromisoformat(ids["day"]))


async def enqueue_due_evenings(tools: Tools) -> int:
    """Queue a job for every event and day whose evening has come and still lacks something; how many do.

    Whether something is lacking is read from the lists themselves, so a job that was lost is simply queued again.
    """
    async with tools.pool.acquire() as connection:
        due = [EveningJob(event.id, day) for event, day in await making.due_evenings(connection, now=tools.clock())]
        for job in due:
            await enqueue(connection, EVENING_LISTS, key=job.key, event=job.event_id, day=job.day)
    return len(due)


async def _make_lists(tools: Tools, ids: Mapping[str, str]) -> None:
    job = EveningJob.read(ids)
    async with tools.pool.acquire() as connection:
        try:
            event = await find_event(connection, event_id=job.event_id)
        except NotFound:
            return  # forgotten since: nobody is left to make a list for
        made = await making.make_evenings(connection, event=event, day=job.day, now=tools.clock())
    log.info("evening lists made", event_id=str(job.event_id), day=str(job.day), lists=made)


KINDS = (
    Queued(EVENING_LISTS, _make_lists),
    Timed(EVENING_LISTS_DUE, "* * * * *", enqueue_due_evenings, at_start=True),
)
