"""One scan of a badge as a phone tells it, and what came of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from server.events.models import Event

#: Before every event. A phone may tell any year, also one from which no time can be counted on.
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class ScanOutcome(StrEnum):
    """What a scan came to; kept with it, so that the same key always answers the same."""

    SWAPPED = "SWAPPED"
    NOT_RECOGNISED = "NOT_RECOGNISED"
    OWN_BADGE = "OWN_BADGE"
    EVENT_CLOSED = "EVENT_CLOSED"


@dataclass(frozen=True, slots=True)
class Scan:
    """One reading of a badge by one phone.

    `key` is made by the phone, once per scan. `scanned_at` and `sent_at` are the phone's own times; only their
    difference is believed. `shown_prompts` are library keys that the phone showed before it could ask.
    """

    badge: str = field(repr=False)
    key: UUID
    scanned_at: datetime
    sent_at: datetime | None
    shown_prompts: tuple[str, ...] = ()

    def happened_at(self, now: datetime) -> datetime:
        """The true time: the phone's, corrected by how far its clock is off where it told, and never in the future."""
        age = (self.sent_at or now) - self.scanned_at
        return now - max(min(age, now - _LONG_AGO), timedelta())

    @property
    def content_hash(self) -> bytes:
        """What must be the same when the same key is sent again: the badge and the phone's time of the scan."""
        told = f"{self.badge.strip()}\0{self.scanned_at.astimezone(UTC).isoformat()}"
        return hashlib.sha256(told.encode()).digest()


@dataclass(frozen=True, slots=True)
class KeptScan:
    """A scan in the log: what it answered and for which content."""

    outcome: ScanOutcome
    content_hash: bytes
    swap_id: UUID | None


@dataclass(frozen=True, slots=True)
class Scanner:
    """Who scans: their place at the event and what they share by standing choice (None: they are asked)."""

    registration_id: UUID
    person_id: UUID
    has_come: bool
    standing_offer: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Scanned:
    """Whose badge it is; `person_id` is None while nobody has taken the place.

    The two counts are the scanner's: of swaps that only they scanned for, before this scan.
    """

    registration_id: UUID
    person_id: UUID | None
    badge_id: UUID
    has_come: bool
    standing_offer: tuple[str, ...] | None
    one_sided_in_the_hour: int
    one_sided_unanswered: int


@dataclass(frozen=True, slots=True)
class Scanning:
    """What is known before any scan is judged: where, by whom, and which of the scans were logged before, by key."""

    event: Event
    scanner: Scanner
    kept: Mapping[UUID, KeptScan]
