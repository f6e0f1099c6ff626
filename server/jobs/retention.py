"""Ages the events that were kept long enough, and forgets what belongs to no event and is over."""

import structlog

from server.jobs.kinds import Timed, Tools
from server.retention.expired.operations import forget_expired
from server.retention.models import Gone
from server.retention.operations import age_if_old, old_events

log = structlog.get_logger(__name__)

EVENTS_AGED = "old events aged"
EXPIRED_FORGOTTEN = "expired things forgotten"


async def age_old_events(tools: Tools) -> int:
    """How many were aged."""
    async with tools.pool.acquire() as connection:
        old = await old_events(connection, now=tools.clock())
        for event in old:
            gone = await age_if_old(connection, event_id=event.id, now=tools.clock())
            log.info("event aged", event_id=str(event.id), gone=_told(gone))
    return len(old)


async def _forget(tools: Tools) -> None:
    async with tools.pool.acquire() as connection:
        gone = await forget_expired(connection, now=tools.clock())
    if any(each.number for each in gone):
        log.info("expired things forgotten", gone=_told(gone))


def _told(gone: list[Gone]) -> dict[str, int]:
    return {each.what: each.number for each in gone if each.number}


KINDS = (
    Timed(EVENTS_AGED, "23 * * * *", age_old_events),
    Timed(EXPIRED_FORGOTTEN, "37 * * * *", _forget),
)
