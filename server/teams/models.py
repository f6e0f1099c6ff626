"""The team of an event: who holds a role, and who is invited to one."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from server.events.models import Role

INVITATION_LASTS = timedelta(days=14)
#: An invitation holds an address: one that was used, withdrawn or is too old is forgotten after this long.
INVITATION_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a role at an event, for its organizers. The name is empty where their account has none."""

    person_id: UUID
    name: str = field(repr=False)
    email: str = field(repr=False)
    role: Role
    since: datetime


@dataclass(frozen=True, slots=True)
class TeamInvitation:
    """One that waits: mailed when `sent_at` is there, never when `refused_at` is, good until `expires_at`."""

    event_id: UUID
    id: UUID
    email: str = field(repr=False)
    role: Role
    invited_at: datetime
    sent_at: datetime | None
    refused_at: datetime | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """One about to be kept. `key` is made by the phone; `code_hash` recognises the code that is mailed."""

    event_id: UUID
    id: UUID
    key: UUID
    email: str = field(repr=False)
    email_key: str = field(repr=False)
    role: Role
    code_hash: bytes = field(repr=False)
    invited_by: UUID


@dataclass(frozen=True, slots=True)
class KeptInvitation:
    """One found by its key, with what it was made of."""

    invitation: TeamInvitation
    email_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unsent:
    """One about to be mailed: in which language, and who asks (empty where their account has no name)."""

    id: UUID
    email: str = field(repr=False)
    role: Role
    locale: str
    asks: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody in it, the owner first, and who is invited."""

    members: list[Member]
    waiting: list[TeamInvitation]
