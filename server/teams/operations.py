"""Who runs an event: invited by mail, given another role, removed at once. Nobody makes themselves its owner, and the
owner does not lock themselves out.
"""

from datetime import datetime
from uuid import UUID

from server.db import Connection
from server.errors import InputNotValid, KeyReused, NotAllowed, NotFound
from server.events.models import ORGANIZERS, Role, attendance_topic, rooms_topic
from server.events.operations import hold_event, require_role
from server.ids import new_id
from server.limiter import Limiter
from server.live import wake
from server.people.addresses import address_key, is_address
from server.secrets import Secrets
from server.teams import queries
from server.teams.codes import invitation_code, invitation_hash
from server.teams.errors import AlreadyInTeam, OwnerStays, TooManyInvitations
from server.teams.models import Member, NewInvitation, Team, TeamInvitation

#: Mails that the organizers of one event can have sent; a large crew is invited in one evening.
INVITATIONS_OF_AN_EVENT = "100/hour"


async def find_team(connection: Connection, *, event_id: UUID, person_id: UUID, now: datetime) -> Team:
    """The team and who is invited to it, for its organizers. Raises `NotAllowed` and `NotFound`."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    return Team(
        members=await queries.select_members(connection, event_id=event_id),
        waiting=await queries.select_waiting(connection, event_id=event_id, now=now),
    )


async def find_invitation(
    connection: Connection, *, event_id: UUID, invitation_id: UUID, person_id: UUID, now: datetime
) -> TeamInvitation:
    """One that waits, for the event's organizers. Raises `NotAllowed` and `NotFound`."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    for found in await queries.select_waiting(connection, event_id=event_id, now=now, invitation_id=invitation_id):
        return found
    raise NotFound


async def invite(
    connection: Connection,
    *,
    event_id: UUID,
    person_id: UUID,
    email: str,
    role: Role,
    key: UUID,
    secrets: Secrets,
    limiter: Limiter,
    now: datetime,
) -> TeamInvitation:
    """Write down who is asked into the team; the mail is sent by `sending`. The same key again answers the same one.

    One invitation waits for an address: a new one takes the place of an earlier one, whose link no longer works. Raises
    `NotAllowed`, `NotFound`, `InputNotValid`, `KeyReused`, `AlreadyInTeam` and `TooManyInvitations`.
    """
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    email = email.strip()
    if not is_address(email):
        raise InputNotValid("email", "That does not look like a mail address. Check it and try again.")
    _refuse_owner(role)
    invitation_id = new_id()
    new = NewInvitation(
        event_id, invitation_id, key, email, address_key(email), role,
        invitation_hash(invitation_code(secrets, invitation_id)), person_id,
    )  # fmt: skip
    async with connection.transaction():
        await hold_event(connection, event_id=event_id)
        kept = await queries.select_by_key(connection, event_id=event_id, key=key)
        if kept is None:
            await _add(connection, new, limiter, now)
            kept = await queries.select_by_key(connection, event_id=event_id, key=key)
    if kept is None or (kept.email_key, kept.invitation.role) != (new.email_key, role):
        raise KeyReused
    return kept.invitation


async def withdraw_invitation(
    connection: Connection, *, event_id: UUID, invitation_id: UUID, person_id: UUID, now: datetime
) -> None:
    """The mailed link no longer works. Raises `NotAllowed`, and `NotFound` for one that does not wait."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    if not await queries.end_invitation(connection, event_id=event_id, invitation_id=invitation_id, now=now):
        raise NotFound


async def use_code(connection: Connection, *, code: str, now: datetime) -> str | None:
    """The address that a team's invitation with this code was mailed to, used up by this; None for any other code."""
    return await queries.use_code(connection, code_hash=invitation_hash(code), now=now)


async def accept_waiting(connection: Connection, *, person_id: UUID, email: str, now: datetime) -> None:
    """Somebody has just shown that mail to this address reaches them: what they are invited to is theirs.

    A role they hold already stays. Call it in the transaction of the sign-in.
    """
    await queries.accept_waiting(connection, person_id=person_id, email_key=address_key(email), now=now)


async def change_role(
    connection: Connection, *, event_id: UUID, person_id: UUID, member_id: UUID, role: Role
) -> Member:
    """Let somebody of the team be organizer or helper. Raises `NotAllowed`, `NotFound`, `InputNotValid` and
    `OwnerStays`.
    """
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    _refuse_owner(role)
    async with connection.transaction():
        member = await _held(connection, event_id, member_id)
        if member.role is Role.OWNER:
            raise OwnerStays
        await queries.update_role(connection, event_id=event_id, person_id=member_id, role=role)
        await wake(connection, attendance_topic(event_id), rooms_topic(event_id))
        return await _held(connection, event_id, member_id)


async def remove(connection: Connection, *, event_id: UUID, person_id: UUID, member_id: UUID, now: datetime) -> None:
    """Somebody is no longer of the team from this moment on; whoever they are, they may leave by themselves.

    Their next call is refused and what they watch ends. Raises `NotAllowed`, `NotFound` and `OwnerStays`.
    """
    own = await require_role(connection, event_id=event_id, person_id=person_id, allowed=frozenset(Role))
    if own not in ORGANIZERS and member_id != person_id:
        raise NotAllowed
    async with connection.transaction():
        member = await _held(connection, event_id, member_id)
        if member.role is Role.OWNER:
            raise OwnerStays
        await queries.delete_role(connection, event_id=event_id, person_id=member_id)
        await queries.end_for_person(connection, event_id=event_id, person_id=member_id, now=now)
        await wake(connection, attendance_topic(event_id), rooms_topic(event_id))


async def hand_over(connection: Connection, *, event_id: UUID, person_id: UUID, member_id: UUID, now: datetime) -> Team:
    """The owner makes somebody of the team the owner and stays as an organizer. Raises `NotAllowed` and `NotFound`."""
    owner = frozenset({Role.OWNER})
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=owner)
    async with connection.transaction():
        await _held(connection, event_id, member_id)
        await require_role(connection, event_id=event_id, person_id=person_id, allowed=owner)  # now that it is held
        await queries.update_role(connection, event_id=event_id, person_id=person_id, role=Role.ORGANIZER)
        await queries.update_role(connection, event_id=event_id, person_id=member_id, role=Role.OWNER)
    return await find_team(connection, event_id=event_id, person_id=person_id, now=now)


async def _add(connection: Connection, new: NewInvitation, limiter: Limiter, now: datetime) -> None:
    if await queries.select_is_member(connection, event_id=new.event_id, email_key=new.email_key):
        raise AlreadyInTeam
    limited = ("team", str(new.event_id))
    if not await limiter.allows(INVITATIONS_OF_AN_EVENT, *limited):
        wait = await limiter.seconds_to_wait(INVITATIONS_OF_AN_EVENT, *limited, now=now.timestamp())
        raise TooManyInvitations(wait)
    await queries.end_for_address(connection, event_id=new.event_id, email_key=new.email_key, now=now)
    await queries.insert_invitation(connection, new=new, now=now)


async def _held(connection: Connection, event_id: UUID, member_id: UUID) -> Member:
    """Somebody of the team, which nobody else changes until the transaction ends. Raises `NotFound`."""
    await hold_event(connection, event_id=event_id)
    member = await queries.select_member(connection, event_id=event_id, person_id=member_id)
    if member is None:
        raise NotFound
    return member


def _refuse_owner(role: Role) -> None:
    if role is Role.OWNER:
        raise InputNotValid("role", "An event has one owner. Invite somebody as an organizer, then hand it over.")
