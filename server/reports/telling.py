"""Telling an event's organizers by mail that reports wait. The mail holds no name and no word of them.

Mails leave first and are marked then: a run that is killed in between sends the same mail again, under the same
Message-ID.
"""

from datetime import datetime
from uuid import UUID

import structlog

from server.db import Connection, Pool
from server.errors import NotFound
from server.events.models import Event
from server.events.operations import find_event
from server.notifications.mail import Deliver, Mailer, MailNotSent
from server.notifications.texts import report_letter
from server.reports import queries
from server.reports.models import Organizer, Untold

log = structlog.get_logger(__name__)


async def tell_organizers(pool: Pool, mailer: Mailer, *, public_url: str, now: datetime) -> int:
    """Write to the organizers of every event with reports they have not heard of; of how many reports they now have.

    What could not be delivered is tried again at the next call.
    """
    told = 0
    async with pool.acquire() as connection:
        for event_id in await queries.select_events_to_tell(connection):
            async with mailer.batch() as deliver:
                told += await _tell(connection, deliver, event_id=event_id, public_url=public_url, now=now)
    return told


async def _tell(connection: Connection, deliver: Deliver, *, event_id: UUID, public_url: str, now: datetime) -> int:
    async with connection.transaction():
        untold = await queries.lock_untold(connection, event_id=event_id)
        if not untold:
            return 0
        try:
            event = await find_event(connection, event_id=event_id)
        except NotFound:
            return 0  # forgotten this very moment, and its reports with it
        organizers = await queries.select_organizers(connection, event_id=event_id)
        if not await _write(deliver, organizers, untold, event=event, public_url=public_url):
            return 0
        await queries.mark_told(connection, event_id=event_id, report_ids=[each.id for each in untold], now=now)
    return len(untold)


async def _write(
    deliver: Deliver, organizers: list[Organizer], untold: list[Untold], *, event: Event, public_url: str
) -> bool:
    """One mail to each organizer whom not all of it is about. False when a mail has to be tried again."""
    is_done = True
    for organizer in organizers:
        waiting = [each.id for each in untold if each.reported_person_id != organizer.person_id]
        if not waiting:
            continue
        letter = report_letter(
            to=organizer.email, event=event, of=waiting[0], reader_id=organizer.person_id, public_url=public_url
        )
        try:
            await deliver(letter)
        except MailNotSent as failure:
            log.warning("a mail about a report was not sent", event_id=str(event.id), is_final=failure.is_final)
            is_done = is_done and failure.is_final
    return is_done
