"""Inviting everybody on an event's list: one mail for each address, once, however often it is asked for.

First it is written down who is to be told of what, then mail after mail is delivered and marked. A run that is killed
between delivery and mark leaves that one mail to be sent again, under the same Message-ID and with the same link.
An address that the mail server refuses for good is not tried again before an organizer asks, or the list has another.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from uuid import UUID

from server.badges.tokens import ticket_code
from server.db import Connection
from server.events.models import ORGANIZERS, Event
from server.events.operations import find_event, require_role
from server.ids import new_id
from server.invitations import queries
from server.invitations.errors import TooLateToInvite
from server.invitations.models import Delivery, Forecast, Invitation, InvitedPlace
from server.notifications.mail import Deliver, MailNotSent
from server.notifications.texts import InvitedTicket, invitation_letter
from server.queue import enqueue
from server.secrets import Secrets
from server.sessions.models import INVITATION_LASTS
from server.sessions.tokens import invitation_code, invitation_hash

#: The job that sends what an organizer asked for in the app.
ATTENDEES_INVITED = "attendees invited"
#: The mail server itself is away when it was not reached for so many mails in a row.
MOST_IN_A_ROW = 10
#: So many of those whose address was refused are named at once.
MOST_NAMED = 50


async def foresee(connection: Connection, *, event: Event) -> Forecast:
    """What an invitation now would do. Changes nothing."""
    new = [each for each in await queries.select_uninvited(connection, event_id=event.id) if not each.is_refused]
    unsent = await queries.select_unsent(connection, event_id=event.id)
    refused = await queries.select_refused(connection, event_id=event.id)
    return await queries.count_invitations(
        connection, event_id=event.id, new=len(new), unsent=len(unsent), refused=len(refused),
        job_key=_job_key(event.id),
    )  # fmt: skip


async def read_invitations(connection: Connection, *, event_id: UUID, person_id: UUID) -> Forecast:
    """How far an event's attendees have been told, for its organizers. Raises `NotAllowed` and `NotFound`."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    return await foresee(connection, event=await find_event(connection, event_id=event_id))


async def list_refused(connection: Connection, *, event_id: UUID, person_id: UUID) -> list[InvitedPlace]:
    """The first places, by name, whose address the mail server refused for good. Raises `NotAllowed` and `NotFound`."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    return (await queries.select_refused(connection, event_id=event_id))[:MOST_NAMED]


async def try_again(
    connection: Connection, *, event_id: UUID, person_id: UUID, registration_id: UUID, now: datetime
) -> Forecast:
    """Have a worker try the address of this place again, where it was refused. Raises `NotAllowed`, `NotFound` and
    `TooLateToInvite`.
    """
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    event = await find_event(connection, event_id=event_id)
    if event.is_over_at(now):
        raise TooLateToInvite
    async with connection.transaction():
        if await queries.forget_refusals(connection, event_id=event_id, registration_id=registration_id):
            await enqueue(connection, ATTENDEES_INVITED, key=_job_key(event_id), event=event_id)
    return await foresee(connection, event=event)


async def try_all_again(connection: Connection, *, event: Event) -> None:
    """Addresses that were refused are tried like all others in the next run, as after a mail server was set right."""
    await queries.forget_refusals(connection, event_id=event.id, registration_id=None)


async def invite_attendees(
    connection: Connection, *, event_id: UUID, person_id: UUID, secrets: Secrets, now: datetime
) -> Forecast:
    """Write down whoever has not been told yet, and have a worker mail them. Asked twice, nobody is mailed twice.

    Raises `NotAllowed`, `NotFound` and `TooLateToInvite`.
    """
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    event = await find_event(connection, event_id=event_id)
    async with connection.transaction():
        if await prepare_invitations(connection, event=event, secrets=secrets, now=now):
            await enqueue(connection, ATTENDEES_INVITED, key=_job_key(event_id), event=event_id)
    return await foresee(connection, event=event)


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


async def unsent_invitations(connection: Connection, *, event: Event, now: datetime) -> list[UUID]:
    """Those written down and not delivered yet; none once the event is over."""
    return [] if event.is_over_at(now) else await queries.select_unsent(connection, event_id=event.id)


async def send_invitations(
    connection: Connection,
    *,
    event: Event,
    waiting: Sequence[UUID],
    deliver: Deliver,
    secrets: Secrets,
    public_url: str,
    clock: Callable[[], datetime],
) -> AsyncIterator[Delivery]:
    """Deliver these one after the other; what became of each. An address that is refused holds up nobody else.

    Raises `MailNotSent` when the mail server was away so often in a row that the rest would fare alike.
    """
    in_a_row = 0
    for invitation_id in waiting:
        try:
            became = await send_invitation(
                connection, event=event, invitation_id=invitation_id, deliver=deliver, secrets=secrets,
                public_url=public_url, now=clock(),
            )  # fmt: skip
            in_a_row = 0
        except MailNotSent as failure:
            became = Delivery.NOT_DELIVERED
            in_a_row = 0 if failure.is_final else in_a_row + 1
            if in_a_row == MOST_IN_A_ROW:
                raise
        yield became


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
    """Deliver one, unless another run does. Raises `MailNotSent`; the next run then tries again, but not where the
    address itself was refused for good.
    """
    async with connection.transaction():
        invitation = await queries.lock_unsent(connection, event_id=event.id, invitation_id=invitation_id)
        if invitation is None:
            return Delivery.ELSEWHERE
        places = await queries.select_places(connection, event_id=event.id, invitation_id=invitation_id)
        if not places:
            return Delivery.POINTLESS
        expires_at = now + INVITATION_LASTS
        letter = invitation_letter(
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
        try:
            await deliver(letter)
        except MailNotSent as failure:
            if not failure.is_address:
                raise
            await queries.mark_refused(connection, event_id=event.id, invitation_id=invitation_id, now=now)
            return Delivery.REFUSED
        await queries.mark_sent(
            connection, event_id=event.id, invitation_id=invitation_id, now=now, expires_at=expires_at
        )
    return Delivery.SENT


def _job_key(event_id: UUID) -> str:
    return f"{ATTENDEES_INVITED}/{event_id}"
