"""A registration: a person's place at one event, with the card they wrote for it."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from server.events.models import CardQuestion, Event

ALL_QUESTIONS = frozenset(CardQuestion)


class RegistrationState(StrEnum):
    """Where somebody is today, as the doors know it."""

    REGISTERED = "REGISTERED"
    CHECKED_IN = "CHECKED_IN"
    CHECKED_OUT = "CHECKED_OUT"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Card:
    """What a person says about themselves at one event. Texts are the person's own, NFC, without control characters.

    `new_here` and `returning` ("I've been here before") are their own words too: neither is worked out from
    attendance, and never are both so.
    """

    name: str
    pronouns: str | None = None
    up_to: str | None = None
    seeking: str | None = None
    offering: str | None = None
    ask_me_about: str | None = None
    good_introduction: str | None = None
    new_here: bool = False
    returning: bool = False
    between_things: bool = False
    topics: tuple[str, ...] = ()
    open_to_event: bool = False
    open_to_introductions: bool = False

    @property
    def first_name(self) -> str:
        """The name up to its first space, as written."""
        return self.name.split()[0] if self.name.split() else self.name

    def asked(self, questions: frozenset[CardQuestion]) -> "Card":
        """What of it may be asked about at an event whose cards ask these questions."""
        if questions >= ALL_QUESTIONS:
            return self
        left_out: dict[str, Any] = {each.value.lower(): None for each in ALL_QUESTIONS - questions}
        return replace(self, **left_out)

    def closed(self) -> "Card":
        """What somebody sees of a card that is not open to the event: a first name, nothing else."""
        return Card(name=self.first_name)


@dataclass(frozen=True, slots=True)
class WrittenCard:
    """A card with whose it is and the topics its owner dropped."""

    registration_id: UUID
    card: Card = field(repr=False)
    dropped_topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EarlierPlace:
    """A place whose card the person began another with."""

    event_id: UUID
    registration_id: UUID


@dataclass(frozen=True, slots=True)
class LiveBadge:
    """The badge now in use. What its QR code holds is derived from the id and the key it was made with."""

    id: UUID
    key_id: int
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class Registration:
    """One person's own place at an event, for their eyes. `locale` is their own language; topics are keys."""

    id: UUID
    event: Event
    state: RegistrationState
    card: Card = field(repr=False)
    goal: int | None
    badge: LiveBadge | None
    ticket_type: str | None
    locale: str = "en"
    dropped_topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claimable:
    """A registration that came to the person's address and that nobody has taken yet."""

    id: UUID
    event: Event
    name: str = field(repr=False)
    ticket_type: str | None
