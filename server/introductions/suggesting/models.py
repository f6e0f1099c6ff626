"""A suggested introduction: which two of somebody's contacts, what the one needs and the other offers. Plain values."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class NeedSource(StrEnum):
    """Where it is known from that somebody needs something: the introducer heard it, or their card says so."""

    HEARD = "heard"
    SEEKING = "seeking"


@dataclass(frozen=True, slots=True)
class Need:
    """Something a contact needs, as it was written, with the topics it speaks of."""

    source: NeedSource
    text: str = field(repr=False)
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class ContactKnown:
    """A contact as the matcher needs them: by their newest swap, what they need and what they offer.

    `leans` says that they are new here or between things: among equals they come first.
    """

    person_id: UUID
    event_id: UUID
    swap_id: UUID
    name: str = field(repr=False)
    swapped_at: datetime
    needs: tuple[Need, ...] = field(repr=False)
    offering: str | None = field(repr=False)
    offered: frozenset[str]
    leans: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A need of `first` that an offer of `second` answers: `topic` is needed, `other` is offered for it."""

    first: ContactKnown
    second: ContactKnown
    need: Need
    topic: str
    other: str
    worth: float

    @property
    def pair(self) -> frozenset[UUID]:
        return frozenset({self.first.person_id, self.second.person_id})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A match, told to the introducer. `reason` says why and ends with the words of the need; `words` are what could
    be said to the two, with nothing in it that only the introducer heard but its topic.
    """

    match: Match
    reason: str = field(repr=False)
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Circle:
    """Whom a person could introduce to whom, and which pairs not: `done` they introduced or tried to, `apart` are those
    who said no to each other or blocked one another, of which nobody is told.
    """

    locale: str
    contacts: tuple[ContactKnown, ...]
    done: frozenset[frozenset[UUID]]
    apart: frozenset[frozenset[UUID]]
