"""What a person sees of their own notices: what they chose, on which devices, and what was sent."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from server.notifications.models import Channel, DeliveryState, NoticeKind, QuietHours


@dataclass(frozen=True, slots=True)
class KindChoice:
    """Whether a kind comes by push and by mail; None for a way that it never takes."""

    kind: NoticeKind
    push: bool | None
    mail: bool | None


@dataclass(frozen=True, slots=True)
class NewDevice:
    """A browser as it subscribes: the address its push service gave it, its keys, and what it calls itself."""

    endpoint: str = field(repr=False)
    p256dh: bytes = field(repr=False)
    auth: bytes = field(repr=False)
    name: str


@dataclass(frozen=True, slots=True)
class OwnDevice:
    """A browser of mine that takes pushes."""

    id: UUID
    name: str
    subscribed_at: datetime
    seen_at: datetime
    is_this_one: bool


@dataclass(frozen=True, slots=True)
class LoggedDelivery:
    """One line of my log. `at` is when it was settled; while it waits, when it is due."""

    id: UUID
    kind: NoticeKind
    channel: Channel
    device: str | None
    state: DeliveryState
    told_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Notifications:
    """All of it."""

    quiet: QuietHours
    kinds: tuple[KindChoice, ...]
    devices: tuple[OwnDevice, ...]
    log: tuple[LoggedDelivery, ...]
