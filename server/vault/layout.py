"""The body that a phone fetches: a header that says what follows, then records, one after another. Big-endian.

docs/decisions/0014 gives the layout; `tests/vault/vectors.json` holds bodies that any reader must take.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from server.vault.sealing import SealedEntry

MEDIA_TYPE = "application/vnd.handsel.vault"

_MAGIC = b"HSV1"
_ENTRY, _GONE, _TEXTS = b"\x01", b"\x02", b"\x03"


@dataclass(frozen=True, slots=True)
class Header:
    """What the body holds. `records` follow it; a body with fewer was cut off and is not to be used."""

    event_id: UUID
    cursor: str
    is_whole: bool
    records: int
    in_vault: int
    made_at: datetime

    def written(self) -> bytes:
        """As it begins a body."""
        told: dict[str, Any] = {
            "v": 1,
            "event": str(self.event_id),
            "cursor": self.cursor,
            "whole": self.is_whole,
            "records": self.records,
            "inVault": self.in_vault,
            "madeAt": self.made_at.isoformat(),
        }
        return _MAGIC + _counted(json.dumps(told, separators=(",", ":")).encode())


def entry_record(entry: SealedEntry) -> bytes:
    """An entry: lookup (32 bytes), version (uint32), nonce (12 bytes), the ciphertext with its tag, counted."""
    return _ENTRY + entry.lookup + entry.version.to_bytes(4) + entry.nonce + _counted(entry.ciphertext)


def gone_record(lookup: bytes) -> bytes:
    """The entry under this lookup is no longer in the reader's vault; why is not said."""
    return _GONE + lookup


def texts_record(deflated: bytes) -> bytes:
    """The texts of all prompts that entries name (raw deflate of JSON), counted."""
    return _TEXTS + _counted(deflated)


def _counted(content: bytes) -> bytes:
    return len(content).to_bytes(4) + content
