"""What the product knows of a badge beside its secret, which it derives."""

from dataclasses import dataclass, field
from uuid import UUID

from server.badges.tokens import badge_secret, code_hash, token_hash
from server.ids import new_id
from server.secrets import CURRENT_KEY_ID, Secrets
from server.sessions.models import BadgeClaim


@dataclass(frozen=True, slots=True)
class NewBadge:
    """A badge about to be stored: its id, from which the secret is derived, and the secret's hashes."""

    id: UUID
    key_id: int
    token_hash: bytes = field(repr=False)
    code_hash: bytes = field(repr=False)

    @classmethod
    def make(cls, secrets: Secrets, event_id: UUID) -> "NewBadge":
        """A badge nobody has seen yet."""
        badge_id = new_id()
        secret = badge_secret(secrets, badge_id)
        return cls(badge_id, CURRENT_KEY_ID, token_hash(secret.token), code_hash(event_id, secret.code))


@dataclass(frozen=True, slots=True)
class IssuedFor:
    """The place a live badge belongs to, and the address that came with it."""

    claim: BadgeClaim
    email_key: str = field(repr=False)
