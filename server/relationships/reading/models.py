"""A relationship as its owner reads it: their own memory whole, the other only as far as they are open now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from server.people.models import Contact
from server.registrations.models import Card
from server.relationships.models import StoredRelationship
from server.swaps.models import ShareState, Side, Swap

#: Trust takes more than two meetings: this one is marked, quietly.
MILESTONE = 3


@dataclass(frozen=True, slots=True)
class Meeting:
    """One event at which the two met, live or withdrawn: where, and on which of its days they talked."""

    side: Side
    other_id: UUID
    event_title: str
    venue: str | None
    days: tuple[date, ...]
    is_live: bool


@dataclass(frozen=True, slots=True)
class Insight:
    """What somebody learned from the other and wrote down, and the question that had led there."""

    text: str = field(repr=False)
    question: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship. `swaps` are those that live, `meetings` all, the latest first.

    Of an event that was aged a swap shows the copy of the card that was kept then.
    """

    stored: StoredRelationship
    meetings: Sequence[Meeting]
    swaps: Sequence[Swap]

    @property
    def shown(self) -> Swap | None:
        """The swap through which the other is seen: the latest mutual one. None once there is no such."""
        return next((swap for swap in self.swaps if swap.share is ShareState.MUTUAL), None)

    @property
    def is_ended(self) -> bool:
        return self.shown is None

    @property
    def card(self) -> Card:
        """The other's card. Once ended it says where they were met, and nothing of them."""
        if self.shown is None:
            return Card(f"Someone you met at {self.stored.met_event_title}")
        return self.shown.card

    @property
    def contact(self) -> Contact | None:
        return None if self.shown is None else self.shown.contact

    @property
    def conversations(self) -> int:
        """How often the two talked: once for each day of an event."""
        return sum(len(meeting.days) for meeting in self.meetings)

    @property
    def is_milestone(self) -> bool:
        return not self.is_ended and self.conversations == MILESTONE


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the last one's touch and id."""

    last_touch_at: datetime
    relationship_id: UUID


@dataclass(frozen=True, slots=True)
class RelationshipPage:
    """Some of a person's relationships, the latest touch first."""

    relationships: Sequence[Relationship]
    has_more: bool
