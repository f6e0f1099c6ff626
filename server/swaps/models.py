"""A swap as one of its two sides sees it: what the other opened, and nothing that was not."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from server.contacts.card_file import CardFile, card_file
from server.events.models import Event
from server.people.models import Contact
from server.registrations.models import Card


class ShareState(StrEnum):
    """Whose contact fields are open in a swap, seen from one side."""

    NONE = "NONE"
    OFFERED_BY_ME = "OFFERED_BY_ME"
    OFFERED_TO_ME = "OFFERED_TO_ME"
    MUTUAL = "MUTUAL"


class Feeling(StrEnum):
    """How a conversation felt. Private; TALK_AGAIN is told to the other only if they feel it too."""

    LEARNED = "LEARNED"
    CAN_HELP = "CAN_HELP"
    TALK_AGAIN = "TALK_AGAIN"


@dataclass(frozen=True, slots=True)
class Side:
    """One person's end of a live swap: the key under which everything they write about it is kept."""

    event_id: UUID
    swap_id: UUID
    registration_id: UUID


@dataclass(frozen=True, slots=True)
class Swap:
    """One swap, seen from `side`. `card` and `contact` hold only what the other has opened to this side.

    `locale` is the language of the person on this side.
    """

    side: Side
    event: Event
    other_id: UUID
    card: Card = field(repr=False)
    contact: Contact | None = field(repr=False)
    share: ShareState
    swapped_at: datetime
    changed_at: datetime
    conversations: int
    feelings: frozenset[Feeling]
    locale: str

    @property
    def id(self) -> UUID:
        return self.side.swap_id

    @property
    def met_on(self) -> date:
        """The day of the event on which the two met."""
        return self.event.day_of(self.swapped_at)

    @property
    def contact_file(self) -> CardFile | None:
        """What the other shares here as a file for an address book; None while nothing is shared."""
        if self.contact is None:
            return None
        return card_file(name=self.card.name, contact=self.contact, event_title=self.event.title, met_on=self.met_on)


@dataclass(frozen=True, slots=True)
class GoneSwap:
    """That a swap was withdrawn, and when. Nothing else of it is known any more."""

    event_id: UUID
    swap_id: UUID
    changed_at: datetime

    @property
    def id(self) -> UUID:
        return self.swap_id


@dataclass(frozen=True, slots=True)
class SwapPage:
    """Some of a person's swaps at one event, the latest first."""

    swaps: list[Swap]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the last swap's time and id."""

    swapped_at: datetime
    swap_id: UUID
