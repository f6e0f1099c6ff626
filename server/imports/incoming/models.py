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
    """A key of one event. `taken` counts what came by it; `trouble` is what was wrong with the last of it.

    `answered_by` is the name of whoever answers for it, where they have an account. It rests while they are no
    organizer of the event: nothing comes in by it. `held` counts signed deliveries that came and are not brought in.
    """

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
    answered_by: str | None = field(default=None, repr=False)
    rests: bool = False
    held: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came under a signature: its body, and how it is told from others."""

    delivery_id: str = field(repr=False)
    body: bytes = field(repr=False)
