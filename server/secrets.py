"""The server's keys. One secret file on the host; every key is derived from it for one purpose, so that no
key serves two. The file is part of a backup: without it printed badges and tickets no longer work.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

from server.start_up import StartUpError

SECRET_BYTES = 32

#: Badge and ticket keys carry an id beside each badge, so that a later key can join without retiring this one.
CURRENT_KEY_ID = 1


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """Derives one key per purpose from the root secret. Never printed, never logged."""

    root: bytes

    def key_for(self, purpose: str, key_id: int = CURRENT_KEY_ID) -> bytes:
        """32 bytes for `purpose`, such as `badge` or `invite` (HMAC-SHA256 of the purpose under the root)."""
        return hmac.new(self.root, f"handsel/{purpose}/{key_id}".encode(), hashlib.sha256).digest()


def read_or_make_secret(path: Path, length: int) -> bytes:
    """The bytes in `path`, made once with owner-only rights when there is no such file.

    Raises `StartUpError` when it cannot be read, cannot be written, or holds too little.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            secret = path.read_bytes()
        else:
            secret = os.urandom(length)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secret)
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        raise StartUpError(
            f"The secret file {path} cannot be used ({error.strerror}). Give HANDSEL_SECRET_FILE a file this "
            "user can read and write."
        ) from error
    if len(secret) < length:
        raise StartUpError(
            f"The secret file {path} is too short to be a key. Restore it from your backup, or remove it if "
            "no badge has been printed yet."
        )
    return secret
