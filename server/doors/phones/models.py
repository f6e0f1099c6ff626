"""Phones that are paired with a door, and the codes that pair them. Each is bound to one place at one event."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

#: A pairing code is shown on an organizer's screen for this long, to as many phones as come by.
PAIRING_LASTS = timedelta(minutes=15)
#: Wrong PINs at one code or phone, after which it takes none for that long.
WRONG_PINS = 5
PINS_REST_FOR = timedelta(minutes=15)
#: For so long after its end a phone may still send what it scanned before it.
QUEUE_TAKEN_FOR = timedelta(days=1)


class PhoneKind(StrEnum):
    """What a paired phone is for."""

    DOOR = "DOOR"
    KIOSK = "KIOSK"
    ROOM = "ROOM"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a phone stands: at a door, or at the door of a room."""

    door_id: UUID | None
    room_id: UUID | None


@dataclass(frozen=True, slots=True)
class Pairing:
    """A code that was shown, as its phone finds it again."""

    event_id: UUID
    id: UUID
    kind: PhoneKind
    place: Place
    opened_by: UUID | None


@dataclass(frozen=True, slots=True)
class OpenedPairing:
    """A new pairing code; shown, and kept nowhere."""

    code: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch of time in which one helper held a phone at one place; nobody, when `helper_id` is None."""

    helper_id: UUID | None


@dataclass(frozen=True, slots=True)
class PairedPhone:
    """A phone that was just paired. `token` is what it keeps; shown to it alone, this once.

    `is_new` tells that what the same device held before has ended, and is good for its queue alone.
    """

    phone: "DoorPhone"
    token: str = field(repr=False)
    is_new: bool


@dataclass(frozen=True, slots=True)
class DoorPhone:
    """A paired phone, with who holds it.

    `expires_at` is when the last scan of its event counts. `helper_id` is None for a kiosk, and while nobody has said
    who holds the phone: then `held_since` is when that began. `waiting` is what the phone told at its last sync.
    """

    event_id: UUID
    id: UUID
    kind: PhoneKind
    door_id: UUID | None
    door_name: str | None
    room_id: UUID | None
    helper_id: UUID | None
    helper_name: str | None = field(repr=False)
    held_since: datetime
    paired_by: UUID | None
    paired_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_seen_at: datetime
    waiting: int | None

    @property
    def needs_helper(self) -> bool:
        """Whether nobody stands behind what it would do now."""
        return self.kind is not PhoneKind.KIOSK and self.helper_id is None

    def ended_at(self, now: datetime) -> datetime | None:
        """When it stopped being good for anything but what it had scanned before; None while it is good."""
        ends = [self.revoked_at, self.held_since if self.needs_helper else None]
        ends.append(self.expires_at if self.expires_at < now else None)
        return min((each for each in ends if each is not None), default=None)
