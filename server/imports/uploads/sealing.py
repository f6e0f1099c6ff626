"""A list, and what was found in it, as they lie in the database for a day: nobody reads them there, nor in a backup."""

import os
import zlib
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from server.secrets import Secrets

_NONCE_BYTES = 12
_PURPOSE = "imported lists"


def seal(data: bytes, *, event_id: UUID, of: UUID, part: str, secrets: Secrets) -> bytes:
    """`data`, packed, under AES-256-GCM, bound to its event, to what it belongs to, and to which part of it it is."""
    nonce = os.urandom(_NONCE_BYTES)
    packed = zlib.compress(data, level=1)
    return nonce + AESGCM(secrets.key_for(_PURPOSE)).encrypt(nonce, packed, _bound(event_id, of, part))


def unseal(sealed: bytes, *, event_id: UUID, of: UUID, part: str, secrets: Secrets) -> bytes:
    """The data again. Raises `cryptography.exceptions.InvalidTag` for anything else than what was sealed."""
    nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    return zlib.decompress(AESGCM(secrets.key_for(_PURPOSE)).decrypt(nonce, rest, _bound(event_id, of, part)))


def _bound(event_id: UUID, of: UUID, part: str) -> bytes:
    return event_id.bytes + of.bytes + part.encode()
