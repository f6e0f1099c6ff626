"""What a badge's QR code and a ticket hold. Derived from the server's key, so that they can be printed again
and never stand in the database, which keeps only their hashes.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from uuid import UUID

from server.secrets import CURRENT_KEY_ID, Secrets

#: Crockford's base 32: upper case, no I, L, O, U; all of it is in a QR code's compact alphanumeric mode.
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: For codes that people read aloud and type: no two characters look or sound alike (0/O, 1/I/L, U/V are out).
TYPED = "23456789ABCDEFGHJKMNPQRSTWXYZ"

TOKEN_LENGTH = 26  # 130 bits
CODE_LENGTH = 8
TICKET_LENGTH = 10

_TOKEN = re.compile(rf"[{_CROCKFORD}]{{{TOKEN_LENGTH}}}")
_CODE = re.compile(rf"[{TYPED}]{{{CODE_LENGTH}}}")
_TICKET = re.compile(rf"[{TYPED}]{{{TICKET_LENGTH}}}")
_IN_ADDRESS = re.compile(r"\A[Hh][Tt][Tt][Pp][Ss]?://[^/?#@\\\s]+/([BTbt])/([^/?#\s]+)\Z")


@dataclass(frozen=True, slots=True)
class BadgeSecret:
    """The two forms of one badge: `token` in the QR code (130 bits), `code` to type (needs the network)."""

    token: str
    code: str

    def address(self, public_url: str) -> str:
        """What the QR code holds. Upper case keeps it in alphanumeric mode: a smaller code, read from further away."""
        return f"{public_url}/B/{self.token}".upper()


def badge_secret(secrets: Secrets, badge_id: UUID, key_id: int = CURRENT_KEY_ID) -> BadgeSecret:
    """Token and short code of a badge. `key_id` is the one stored beside the badge."""
    key = secrets.key_for("badge", key_id)
    return BadgeSecret(
        token=_draw(key, b"token", badge_id, _CROCKFORD, TOKEN_LENGTH),
        code=_draw(key, b"code", badge_id, TYPED, CODE_LENGTH),
    )


def ticket_code(secrets: Secrets, registration_id: UUID) -> str:
    """The code the door reads, ten characters. Another secret than the badge: a photo of a badge admits nobody."""
    return _draw(secrets.key_for("ticket"), b"ticket", registration_id, TYPED, TICKET_LENGTH)


def token_hash(token: str) -> bytes:
    """How a badge's token is found in the database."""
    return hashlib.sha256(b"handsel/badge/token\0" + token.encode()).digest()


def code_hash(event_id: UUID, code: str) -> bytes:
    """How a badge's typed code is found, within its event."""
    return hashlib.sha256(b"handsel/badge/code\0" + event_id.bytes + code.encode()).digest()


def ticket_hash(event_id: UUID, code: str) -> bytes:
    """How a ticket is found within its event; `code` is ours or the ticket system's own, as it was imported."""
    return hashlib.sha256(b"handsel/ticket\0" + event_id.bytes + code.encode()).digest()


def read_badge(text: str) -> str | None:
    """The token or the typed code in what a camera or a person gave; None when it is no badge of ours.

    Takes the whole address, the bare token, and the code in any case with spaces or hyphens.
    """
    address = _IN_ADDRESS.match(text.strip())
    if address:
        token = address[2].upper()
        return token if address[1] in "Bb" and _TOKEN.fullmatch(token) else None
    bare = re.sub(r"[\s-]", "", text).upper()
    return bare if _TOKEN.fullmatch(bare) or _CODE.fullmatch(bare) else None


def read_ticket(text: str) -> str:
    """The ticket code in what a door read: ours without address, spaces and hyphens, else the text as it stands.

    Other systems' tickets hold codes of their own making, so anything may be one; `NOT_A_TICKET` is for badges.
    """
    address = _IN_ADDRESS.match(text.strip())
    if address and address[1] in "Tt":
        return address[2].upper()
    bare = re.sub(r"[\s-]", "", text).upper()
    return bare if _TICKET.fullmatch(bare) else text.strip()


def _draw(key: bytes, purpose: bytes, of: UUID, alphabet: str, length: int) -> str:
    """`length` characters drawn evenly from `alphabet` by HMAC-SHA256; bytes that would bias it are passed over."""
    limit = 256 - 256 % len(alphabet)
    characters: list[str] = []
    block = 0
    while len(characters) < length:
        digest = hmac.new(key, purpose + bytes([block]) + of.bytes, hashlib.sha256).digest()
        characters += [alphabet[byte % len(alphabet)] for byte in digest if byte < limit]
        block += 1
    return "".join(characters[:length])
