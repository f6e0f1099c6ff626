"""What a door phone holds, pairing codes and PINs: nothing that opens a door is stored, only what recognises it."""

import base64
import binascii
import hashlib
import hmac
import re
import secrets as randomness
from uuid import UUID

from server.badges.tokens import TYPED
from server.secrets import Secrets

CODE_LENGTH = 10
PIN_DIGITS = 6
_EVENT_BYTES = 16
_RANDOM_BYTES = 32

_BETWEEN = re.compile(r"[\s\-\u2010-\u2015]+")


def new_phone_token(event_id: UUID) -> str:
    """256 random bits behind their event's id, so that a phone is found within its event."""
    return base64.urlsafe_b64encode(event_id.bytes + randomness.token_bytes(_RANDOM_BYTES)).decode()


def event_of_token(token: str) -> UUID | None:
    """The event that such a token names; None for anything else."""
    try:
        raw = base64.b64decode(token, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return UUID(bytes=raw[:_EVENT_BYTES]) if len(raw) == _EVENT_BYTES + _RANDOM_BYTES else None


def phone_token_hash(token: str) -> bytes:
    """How a phone is found. A random token needs no slow hash."""
    return hashlib.sha256(b"handsel/door-phone\0" + token.encode()).digest()


def new_pairing_code() -> str:
    """Ten characters that nobody mistakes for one another (48 bits); each lives for minutes."""
    return "".join(randomness.choice(TYPED) for _ in range(CODE_LENGTH))


def pairing_hash(code: str) -> bytes:
    """How a pairing is found by its code, typed in any case with spaces or hyphens."""
    return hashlib.sha256(b"handsel/door-pairing\0" + _BETWEEN.sub("", code).upper().encode()).digest()


def pin_of(secrets: Secrets, helper_id: UUID) -> str:
    """A helper's PIN: six digits, derived, so that adding them twice by one key answers the same."""
    digest = hmac.new(secrets.key_for("door-pin"), b"draw" + helper_id.bytes, hashlib.sha256).digest()
    return f"{int.from_bytes(digest) % 10**PIN_DIGITS:0{PIN_DIGITS}}"


def pin_hash(secrets: Secrets, event_id: UUID, pin: str) -> bytes:
    """How a helper is found by their PIN, at their event. Keyed: a million PINs are soon tried on a plain hash."""
    return hmac.new(secrets.key_for("door-pin"), b"find" + event_id.bytes + pin.encode(), hashlib.sha256).digest()
