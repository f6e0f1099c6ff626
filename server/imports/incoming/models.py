"""Keys by which other programs bring attendees in, and what they deliver."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class ImportSender(StrEnum):
    """Who uses a key, and how they prove it."""

    #: A program of the organizer's that sends lists with a token.
    INTERFACE = "INTERFACE"
    #: Whoever signs as Standard Webhooks say.
    STANDARD = "STANDARD"
    HI_EVENTS = "HI_EVENTS"


#: The word for each in the address that it sends to.
WORDS = {ImportSender.STANDARD: "standard", ImportSender.HI_EVENTS: "hi-events"}


@dataclass(frozen=True, slots=True)
class ImportKey:
    """A key of one event. `taken` counts what came by it; `trouble` is what was wrong with the last of it."""

    event_id: UUID
    id: UUID
    person_id: UUID | None
    sender: ImportSender
    name: str
    made_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
    taken: int
    trouble: str | None
    sealed_secret: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came under a signature: its body, and how it is told from others."""

    delivery_id: str = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class WaitingDelivery:
    """A delivery that is still to be brought in."""

    key: ImportKey
    sealed_body: bytes = field(repr=False)
