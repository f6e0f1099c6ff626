"""The code in the link that asks somebody into a team: derived, so that a second try at delivery sends the same."""

import base64
import hashlib
import hmac
from uuid import UUID

from server.secrets import Secrets


def invitation_code(secrets: Secrets, invitation_id: UUID) -> str:
    """The long code of a team's invitation, 43 characters."""
    digest = hmac.new(secrets.key_for("team invite"), invitation_id.bytes, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def invitation_hash(code: str) -> bytes:
    """How it is found by its code."""
    return hashlib.sha256(b"handsel/team invitation\0" + code.encode()).digest()
