"""A finished file as it lies in the database for a while: nobody reads it there, nor in a backup of it.

Whoever has the server's secret could read what went into it anyway, so that is whom it is sealed against all others by.
"""

import os
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from server.secrets import Secrets

_NONCE_BYTES = 12


def seal(file: bytes, *, purpose: str, event_id: UUID, key: UUID, secrets: Secrets) -> bytes:
    """The file under AES-256-GCM, bound to its event and to what asked for it; `purpose` names the kind of file."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(secrets.key_for(purpose)).encrypt(nonce, file, event_id.bytes + key.bytes)


def unseal(sealed: bytes, *, purpose: str, event_id: UUID, key: UUID, secrets: Secrets) -> bytes:
    """The file again. Raises `cryptography.exceptions.InvalidTag` for anything else than what was sealed."""
    nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    return AESGCM(secrets.key_for(purpose)).decrypt(nonce, rest, event_id.bytes + key.bytes)
