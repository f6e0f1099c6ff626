"""Identifiers: UUID version 7 made in Python, so that rows sort by age without asking the database, and the names that
clients know things by.
"""

import base64
import os
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

_VERSION_7 = 0x7 << 76
_VARIANT_RFC = 0x2 << 62


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random_bits = int.from_bytes(os.urandom(10))
    high, low = random_bits >> 68, random_bits & ((1 << 62) - 1)
    return UUID(int=(milliseconds << 80) | _VERSION_7 | (high << 64) | _VARIANT_RFC | low)


def made_at(made: UUID) -> datetime:
    """When `new_id` made it, by the clock of that machine, to the millisecond."""
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=made.int >> 80)


def node_id(kind: int, of: UUID, event_id: UUID | None = None, more: bytes = b"") -> str:
    """The name of a thing outside: one byte of kind, the event (where there is one), the row, and what else tells it
    apart; base64url without padding. Which number each kind has stands in `schema.ids`.
    """
    raw = bytes([kind]) + (b"" if event_id is None else event_id.bytes) + of.bytes + more
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
