"""Every statement about an event's team and who is invited to it."""

from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from server.db import Connection
from server.events.models import Role
from server.teams.models import INVITATION_LASTS, KeptInvitation, Member, NewInvitation, TeamInvitation, Unsent

#: The team of an event: the owner, then organizers, then helpers, each by name.
SELECT_MEMBERS: LiteralString = """
    SELECT people.id AS person_id, people.name, people.email, event_roles.role, event_roles.granted_at
    FROM event_roles
    JOIN people ON people.id = event_roles.person_id
    WHERE event_roles.event_id = $1
    ORDER BY array_position(ARRAY['OWNER', 'ORGANIZER', 'DOOR_HELPER'], event_roles.role), lower(people.name),
             people.email_key
"""


async def select_members(connection: Connection, *, event_id: UUID) -> list[Member]:
    return [_member(row) for row in await connection.fetch(SELECT_MEMBERS, event_id)]


#: One of them.
SELECT_MEMBER: LiteralString = """
    SELECT people.id AS person_id, people.name, people.email, event_roles.role, event_roles.granted_at
    FROM event_roles
    JOIN people ON people.id = event_roles.person_id
    WHERE event_roles.event_id = $1 AND event_roles.person_id = $2
"""


async def select_member(connection: Connection, *, event_id: UUID, person_id: UUID) -> Member | None:
    row = await connection.fetchrow(SELECT_MEMBER, event_id, person_id)
    return None if row is None else _member(row)


#: Invitations that somebody can still accept, the oldest first; $3 names a single one.
SELECT_WAITING: LiteralString = """
    SELECT event_id, id, email, role, created_at, sent_at, refused_at, expires_at
    FROM team_invitations
    WHERE event_id = $1 AND ended_at IS NULL AND expires_at > $2 AND ($3::uuid IS NULL OR id = $3)
    ORDER BY created_at, id
"""


async def select_waiting(
    connection: Connection, *, event_id: UUID, now: datetime, invitation_id: UUID | None = None
) -> list[TeamInvitation]:
    return [_invitation(row) for row in await connection.fetch(SELECT_WAITING, event_id, now, invitation_id)]


#: Whether somebody with this address holds a role.
SELECT_IS_MEMBER: LiteralString = """
    SELECT EXISTS (
        SELECT 1 FROM event_roles JOIN people ON people.id = event_roles.person_id
        WHERE event_roles.event_id = $1 AND people.email_key = $2
    )
"""


async def select_is_member(connection: Connection, *, event_id: UUID, email_key: str) -> bool:
    is_member: bool = await connection.fetchval(SELECT_IS_MEMBER, event_id, email_key)
    return is_member


#: An invitation, found by the key it was sent with.
SELECT_BY_KEY: LiteralString = """
    SELECT event_id, id, email, role, created_at, sent_at, refused_at, expires_at, email_key
    FROM team_invitations
    WHERE event_id = $1 AND key = $2
"""


async def select_by_key(connection: Connection, *, event_id: UUID, key: UUID) -> KeptInvitation | None:
    row = await connection.fetchrow(SELECT_BY_KEY, event_id, key)
    return None if row is None else KeptInvitation(_invitation(row), row["email_key"])


#: A new invitation, in the language that the invited chose, else in that of whoever invites.
INSERT_INVITATION: LiteralString = """
    INSERT INTO team_invitations (event_id, id, key, email, email_key, role, locale, code_hash, invited_by, created_at,
                                  expires_at)
    SELECT $1, $2, $3, $4, $5, $6,
           COALESCE((SELECT locale FROM people WHERE email_key = $5), (SELECT locale FROM people WHERE id = $8), 'en'),
           $7, $8, $9, $9::timestamptz + $10::interval
"""


async def insert_invitation(connection: Connection, *, new: NewInvitation, now: datetime) -> None:
    await connection.execute(
        INSERT_INVITATION, new.event_id, new.id, new.key, new.email, new.email_key, new.role, new.code_hash,
        new.invited_by, now, INVITATION_LASTS,
    )  # fmt: skip


#: Those that wait for this address no longer do.
END_FOR_ADDRESS: LiteralString = """
    UPDATE team_invitations SET ended_at = $3 WHERE event_id = $1 AND email_key = $2 AND ended_at IS NULL
"""


async def end_for_address(connection: Connection, *, event_id: UUID, email_key: str, now: datetime) -> None:
    await connection.execute(END_FOR_ADDRESS, event_id, email_key, now)


#: Those that wait for this person's address no longer do.
END_FOR_PERSON: LiteralString = """
    UPDATE team_invitations SET ended_at = $3
    WHERE event_id = $1 AND email_key = (SELECT email_key FROM people WHERE id = $2) AND ended_at IS NULL
"""


async def end_for_person(connection: Connection, *, event_id: UUID, person_id: UUID, now: datetime) -> None:
    await connection.execute(END_FOR_PERSON, event_id, person_id, now)


#: One invitation is withdrawn.
END_INVITATION: LiteralString = """
    UPDATE team_invitations SET ended_at = $3 WHERE event_id = $1 AND id = $2 AND ended_at IS NULL RETURNING id
"""


async def end_invitation(connection: Connection, *, event_id: UUID, invitation_id: UUID, now: datetime) -> bool:
    """Whether it waited."""
    return await connection.fetchval(END_INVITATION, event_id, invitation_id, now) is not None


#: Use a mailed code up; of two at once, one finds it used.
USE_CODE: LiteralString = """
    UPDATE team_invitations SET used_at = $2
    WHERE code_hash = $1 AND used_at IS NULL AND ended_at IS NULL AND expires_at > $2
    RETURNING email
"""


async def use_code(connection: Connection, *, code_hash: bytes, now: datetime) -> str | None:
    email: str | None = await connection.fetchval(USE_CODE, code_hash, now)
    return email


#: Everything that waits for this address is accepted by the person who proved to have it; a role they hold stays.
ACCEPT_WAITING: LiteralString = """
    WITH accepted AS (
        UPDATE team_invitations SET ended_at = $3
        WHERE email_key = (SELECT email_key FROM people WHERE id = $1) AND email_key = $2
          AND ended_at IS NULL AND expires_at > $3
        RETURNING event_id, role
    )
    INSERT INTO event_roles (event_id, person_id, role, granted_at)
    SELECT event_id, $1, role, $3 FROM accepted
    ON CONFLICT ON CONSTRAINT event_roles_pkey DO NOTHING
"""


async def accept_waiting(connection: Connection, *, person_id: UUID, email_key: str, now: datetime) -> None:
    await connection.execute(ACCEPT_WAITING, person_id, email_key, now)


#: Another role for somebody of the team.
UPDATE_ROLE: LiteralString = """
    UPDATE event_roles SET role = $3 WHERE event_id = $1 AND person_id = $2
"""


async def update_role(connection: Connection, *, event_id: UUID, person_id: UUID, role: Role) -> None:
    await connection.execute(UPDATE_ROLE, event_id, person_id, role)


#: Somebody is no longer of the team.
DELETE_ROLE: LiteralString = """
    DELETE FROM event_roles WHERE event_id = $1 AND person_id = $2
"""


async def delete_role(connection: Connection, *, event_id: UUID, person_id: UUID) -> None:
    await connection.execute(DELETE_ROLE, event_id, person_id)


#: Events with invitations that have not left yet and were not refused.
SELECT_EVENTS_TO_MAIL: LiteralString = """
    SELECT DISTINCT event_id
    FROM team_invitations
    WHERE sent_at IS NULL AND refused_at IS NULL AND ended_at IS NULL AND expires_at > $1
"""


async def select_events_to_mail(connection: Connection, *, now: datetime) -> list[UUID]:
    return [row["event_id"] for row in await connection.fetch(SELECT_EVENTS_TO_MAIL, now)]


#: Take one to mail it; another run that finds it locked passes it by.
LOCK_UNSENT: LiteralString = """
    SELECT invitations.id, invitations.email, invitations.role, invitations.locale, COALESCE(people.name, '') AS asks
    FROM team_invitations AS invitations
    LEFT JOIN people ON people.id = invitations.invited_by
    WHERE invitations.event_id = $1 AND invitations.sent_at IS NULL AND invitations.refused_at IS NULL
      AND invitations.ended_at IS NULL AND invitations.expires_at > $2 AND invitations.id > $3
    ORDER BY invitations.id
    LIMIT 1
    FOR UPDATE OF invitations SKIP LOCKED
"""


async def lock_unsent(connection: Connection, *, event_id: UUID, after: UUID, now: datetime) -> Unsent | None:
    row = await connection.fetchrow(LOCK_UNSENT, event_id, now, after)
    return None if row is None else Unsent(row["id"], row["email"], Role(row["role"]), row["locale"], row["asks"])


#: It was mailed; its link lives from now.
MARK_SENT: LiteralString = """
    UPDATE team_invitations SET sent_at = $3, expires_at = $3::timestamptz + $4::interval
    WHERE event_id = $1 AND id = $2
"""


async def mark_sent(connection: Connection, *, event_id: UUID, invitation_id: UUID, now: datetime) -> None:
    await connection.execute(MARK_SENT, event_id, invitation_id, now, INVITATION_LASTS)


#: No mail is taken for its address.
MARK_REFUSED: LiteralString = """
    UPDATE team_invitations SET refused_at = $3 WHERE event_id = $1 AND id = $2
"""


async def mark_refused(connection: Connection, *, event_id: UUID, invitation_id: UUID, now: datetime) -> None:
    await connection.execute(MARK_REFUSED, event_id, invitation_id, now)


#: Invitations that ended or ran out long ago.
DELETE_OLD: LiteralString = """
    DELETE FROM team_invitations WHERE LEAST(ended_at, expires_at) < $1
"""


async def delete_old(connection: Connection, *, before: datetime) -> None:
    await connection.execute(DELETE_OLD, before)


def _member(row: Any) -> Member:
    return Member(row["person_id"], row["name"], row["email"], Role(row["role"]), row["granted_at"])


def _invitation(row: Any) -> TeamInvitation:
    return TeamInvitation(
        event_id=row["event_id"],
        id=row["id"],
        email=row["email"],
        role=Role(row["role"]),
        invited_at=row["created_at"],
        sent_at=row["sent_at"],
        refused_at=row["refused_at"],
        expires_at=row["expires_at"],
    )
