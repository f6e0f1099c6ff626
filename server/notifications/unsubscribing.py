"""The link that ends mails of one kind without signing in (RFC 8058): a sealed token, and what follows from it.

The token says whom and which kind, sealed so that nobody can read it or make one; it is kept nowhere, works for as
long as the account lives, and opens nothing else.
"""

import base64
import binascii
import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from server.notifications.models import NoticeKind
from server.secrets import Secrets

_NONCE = 12


@dataclass(frozen=True, slots=True)
class Unsubscription:
    """Whose mails of which kind end."""

    person_id: UUID
    kind: NoticeKind


def unsubscribe_token(secrets: Secrets, unsubscription: Unsubscription) -> str:
    """The token for a link, base64url; another one each time."""
    nonce = os.urandom(_NONCE)
    told = unsubscription.person_id.bytes + unsubscription.kind.encode()
    return base64.urlsafe_b64encode(nonce + _cipher(secrets).encrypt(nonce, told, None)).rstrip(b"=").decode()


def read_unsubscribe_token(secrets: Secrets, token: str) -> Unsubscription | None:
    """What the token stands for, or None for anything that this server did not make."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        told = _cipher(secrets).decrypt(raw[:_NONCE], raw[_NONCE:], None)
        return Unsubscription(UUID(bytes=told[:16]), NoticeKind(told[16:].decode()))
    except (binascii.Error, ValueError, InvalidTag):
        return None


def _cipher(secrets: Secrets) -> AESGCM:
    return AESGCM(secrets.key_for("unsubscribe"))
