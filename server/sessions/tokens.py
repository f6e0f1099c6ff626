"""Session tokens, sign-in codes and invitation codes: nothing that opens a door is stored, only what recognises it."""

import base64
import binascii
import hashlib
import hmac
import re
import secrets as randomness
import unicodedata
from uuid import UUID

from server.secrets import Secrets

#: The cookie's name. `__Host-` binds it to this origin, but browsers take that prefix over https only.
SECURE_COOKIE = "__Host-handsel"
PLAIN_COOKIE = "handsel"
#: The same for a phone that is paired with a door.
SECURE_DOOR_COOKIE = "__Host-handsel_door"
PLAIN_DOOR_COOKIE = "handsel_door"
#: What such a phone held before it was paired anew.
SECURE_EARLIER_DOORS_COOKIE = "__Host-handsel_earlier_doors"
PLAIN_EARLIER_DOORS_COOKIE = "handsel_earlier_doors"

CODE_DIGITS = 6
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015]+")


def new_token() -> str:
    """256 random bits as text that fits a cookie and a header."""
    return randomness.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """How a session is found. A random token needs no slow hash."""
    return hashlib.sha256(b"handsel/session\0" + token.encode()).digest()


def cookie_name(*, is_secure: bool) -> str:
    """The cookie's name for this server's kind of address."""
    return SECURE_COOKIE if is_secure else PLAIN_COOKIE


def door_cookie_name(*, is_secure: bool) -> str:
    """The name of a door phone's cookie for this server's kind of address."""
    return SECURE_DOOR_COOKIE if is_secure else PLAIN_DOOR_COOKIE


def earlier_doors_cookie_name(*, is_secure: bool) -> str:
    """The name of the cookie with what a phone held in earlier pairings."""
    return SECURE_EARLIER_DOORS_COOKIE if is_secure else PLAIN_EARLIER_DOORS_COOKIE


def new_code() -> str:
    """Six random digits."""
    return f"{randomness.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def read_code(text: str) -> str | None:
    """The six digits in what somebody typed or pasted, in any script, with spaces or hyphens; None without them."""
    signs = _BETWEEN.sub("", text)
    digits = "".join(str(unicodedata.decimal(sign, "")) for sign in signs)
    return digits if len(digits) == CODE_DIGITS == len(signs) else None


def sign_in_hash(secrets: Secrets, attempt_id: UUID, code: str) -> bytes:
    """What recognises a code, with its own attempt only. Keyed: a million codes are soon tried on a plain hash."""
    return hmac.new(secrets.key_for("sign-in"), attempt_id.bytes + code.encode(), hashlib.sha256).digest()


def write_attempt(attempt_id: UUID) -> str:
    """The attempt as phones and links carry it: 22 characters."""
    return base64.urlsafe_b64encode(attempt_id.bytes).rstrip(b"=").decode()


def read_attempt(text: str) -> UUID | None:
    """The attempt in such a text; None for anything else."""
    try:
        raw = base64.b64decode(text + "==", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return UUID(bytes=raw) if len(raw) == 16 else None


def invitation_code(secrets: Secrets, invitation_id: UUID) -> str:
    """The long code of an invitation, 43 characters: derived, so that a second try at delivery sends the same."""
    digest = hmac.new(secrets.key_for("invite"), invitation_id.bytes, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def invitation_hash(code: str) -> bytes:
    """How an invitation is found by its code."""
    return hashlib.sha256(b"handsel/invitation\0" + code.encode()).digest()
