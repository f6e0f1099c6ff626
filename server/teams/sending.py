"""Mails those who are asked into a team. A mail leaves first and is marked then: a run that is killed in between sends
the same mail again, with the same link and under the same Message-ID.
"""

from datetime import datetime
from uuid import UUID

import structlog

from server.db import Pool
from server.errors import NotFound
from server.events.operations import find_event
from server.notifications.mail import Deliver, Mailer, MailNotSent
from server.secrets import Secrets
from server.teams import queries
from server.teams.codes import invitation_code
from server.teams.letters import team_letter
from server.teams.models import INVITATION_KEPT, INVITATION_LASTS

log = structlog.get_logger(__name__)

_BEFORE_ALL = UUID(int=0)


async def send_waiting(pool: Pool, mailer: Mailer, *, secrets: Secrets, public_url: str, now: datetime) -> int:
    """Mail every invitation that has not left; how many left. What could not be delivered is tried at the next call,
    unless its address was refused for good: organizers see that, and invite another.

    Those that ended or ran out long ago are forgotten.
    """
    async with pool.acquire() as connection:
        await queries.delete_old(connection, before=now - INVITATION_KEPT)
        waiting = await queries.select_events_to_mail(connection, now=now)
    sent = 0
    for event_id in waiting:
        sent += await send_of_event(pool, mailer, event_id=event_id, secrets=secrets, public_url=public_url, now=now)
    return sent


async def send_of_event(
    pool: Pool, mailer: Mailer, *, event_id: UUID, secrets: Secrets, public_url: str, now: datetime
) -> int:
    """The same for one event."""
    sent, after = 0, _BEFORE_ALL
    async with mailer.batch() as deliver:
        while True:
            tried, left = await _send_one(
                pool, deliver, event_id=event_id, after=after, secrets=secrets, public_url=public_url, now=now
            )
            if tried is None:
                return sent
            sent, after = sent + left, tried


async def _send_one(
    pool: Pool, deliver: Deliver, *, event_id: UUID, after: UUID, secrets: Secrets, public_url: str, now: datetime
) -> tuple[UUID | None, bool]:
    """Which one it was and whether it left; None when none is left to try."""
    async with pool.acquire() as connection, connection.transaction():
        unsent = await queries.lock_unsent(connection, event_id=event_id, after=after, now=now)
        if unsent is None:
            return None, False
        try:
            event = await find_event(connection, event_id=event_id)
        except NotFound:
            return None, False  # forgotten this very moment, and its invitations with it
        letter = team_letter(
            unsent, event=event, code=invitation_code(secrets, unsent.id), until=now + INVITATION_LASTS,
            public_url=public_url,
        )  # fmt: skip
        try:
            await deliver(letter)
        except MailNotSent as failure:
            log.warning("an invitation to a team was not sent", event_id=str(event_id), is_final=failure.is_final)
            if failure.is_address:
                await queries.mark_refused(connection, event_id=event_id, invitation_id=unsent.id, now=now)
            return unsent.id, False
        await queries.mark_sent(connection, event_id=event_id, invitation_id=unsent.id, now=now)
    return unsent.id, True
