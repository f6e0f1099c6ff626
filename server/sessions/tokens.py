"""Session tokens and sign-in codes: opaque and random; the database keeps hashes."""

import hashlib
import secrets

#: The cookie's name. `__Host-` binds it to this origin, but browsers take that prefix over https only.
SECURE_COOKIE = "__Host-handsel"
PLAIN_COOKIE = "handsel"


def new_token() -> str:
    """256 random bits as text that fits a cookie and a header."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """How a session is found. A random token needs no slow hash."""
    return hashlib.sha256(b"handsel/session\0" + token.encode()).digest()


def cookie_name(*, is_secure: bool) -> str:
    """The cookie's name for this server's kind of address."""
    return SECURE_COOKIE if is_secure else PLAIN_COOKIE
