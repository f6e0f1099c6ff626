"""Inviting everybody on an event's list: one mail for each address, once, however often it is asked for.

First it is written down who is to be told of what, then mail after mail is delivered and marked. A run that is killed
between delivery and mark leaves that one mail to be sent again, under the same Message-ID and with the same link.
"""

from datetime import datetime
from uuid import UUID

from server.badges.tokens import ticket_code
from server.db import Connection
from server.events.models import Event
from server.ids import new_id
from server.invitations import queries
from server.invitations.errors import TooLateToInvite
from server.invitations.models import Delivery, Forecast, Invitation
from server.notifications.mail import Deliver
from server.notifications.texts import InvitedTicket, invitation_letter
from server.secrets import Secrets
from server.sessions.models import INVITATION_LASTS
from server.sessions.tokens import invitation_code, invitation_hash


async def foresee(connection: Connection, *, event: Event) -> Forecast:
    """What an invitation now would do. Changes nothing."""
    new = await queries.select_uninvited(connection, event_id=event.id)
    return await queries.count_invitations(connection, event_id=event.id, new=len(new))


async def prepare_invitations(connection: Connection, *, event: Event, secrets: Secrets, now: datetime) -> list[UUID]:
    """Write down whoever has not been told of their place yet; the ids of all invitations still to be sent.

    A place that was added, or whose address was changed, since the last run gets a mail of its own. Raises
    `TooLateToInvite`.
    """
    if event.is_over_at(now):
        raise TooLateToInvite
    async with connection.transaction():
        await queries.lock_event(connection, event_id=event.id)
        uninvited = await queries.select_uninvited(connection, event_id=event.id)
        invitations = [Invitation(new_id(), each.email, each.email_key) for each in uninvited]
        await queries.insert_invitations(
            connection,
            event_id=event.id,
            invitations=invitations,
            code_hashes=[invitation_hash(invitation_code(secrets, each.id)) for each in invitations],
            now=now,
            expires_at=now + INVITATION_LASTS,
        )
        places = [
            (registration_id, invitation.email_key, invitation.id)
            for invitation, each in zip(invitations, uninvited, strict=True)
            for registration_id in each.registration_ids
        ]
        await queries.insert_invited(connection, event_id=event.id, places=places)
    return await queries.select_unsent(connection, event_id=event.id)


async def send_invitation(
    connection: Connection,
    *,
    event: Event,
    invitation_id: UUID,
    deliver: Deliver,
    secrets: Secrets,
    public_url: str,
    now: datetime,
) -> Delivery:
    """Deliver one, unless another run does. Raises `MailNotSent`; the next run then tries again."""
    async with connection.transaction():
        invitation = await queries.lock_unsent(connection, event_id=event.id, invitation_id=invitation_id)
        if invitation is None:
            return Delivery.ELSEWHERE
        places = await queries.select_places(connection, event_id=event.id, invitation_id=invitation_id)
        if not places:
            return Delivery.POINTLESS
        expires_at = now + INVITATION_LASTS
        await deliver(
            invitation_letter(
                to=invitation.email,
                event=event,
                tickets=[
                    InvitedTicket(each.name, each.ticket_type, ticket_code(secrets, each.registration_id))
                    for each in places
                ],
                code=invitation_code(secrets, invitation_id),
                until=expires_at,
                invitation_id=invitation_id,
                public_url=public_url,
            )
        )
        await queries.mark_sent(
            connection, event_id=event.id, invitation_id=invitation_id, now=now, expires_at=expires_at
        )
    return Delivery.SENT
