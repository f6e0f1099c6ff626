"""Who is asking, and what a sign-in goes through."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

#: A session ends this long after it was last used, and at the latest a year after sign-in.
SESSION_LASTS_UNUSED = timedelta(days=30)
SESSION_LASTS = timedelta(days=365)

CODE_LASTS = timedelta(minutes=10)
INVITATION_LASTS = timedelta(days=14)
#: Wrong codes after which an attempt is spent.
TRIES = 5
#: Mails to one address within that time.
MAILS_AT_MOST = 3
MAILS_WITHIN = timedelta(minutes=15)
#: Attempts hold addresses: they are forgotten after this long.
ATTEMPTS_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person behind a live session, cookie or bearer."""

    person_id: UUID
    session_id: UUID
    is_bearer: bool


@dataclass(frozen=True, slots=True)
class BadgeClaim:
    """The registration whose badge somebody showed when they asked for a code."""

    event_id: UUID
    registration_id: UUID


@dataclass(frozen=True, slots=True)
class Attempt:
    """One mailed code, waiting."""

    id: UUID
    email: str = field(repr=False)
    code_hash: bytes = field(repr=False)
    claim: BadgeClaim | None


@dataclass(frozen=True, slots=True)
class Proof:
    """Somebody has shown that mail to this address reaches them."""

    email: str = field(repr=False)
    claim: BadgeClaim | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session. `cookie` and `bearer` are its tokens, shown this once; `bearer` only where it was asked for."""

    person_id: UUID
    cookie: str = field(repr=False)
    bearer: str | None = field(repr=False)
