"""The facts an evening is chosen from: who reads it, whom they met, and what they wrote down. It decides nothing."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from server.promises.models import PromiseKind
from server.registrations.models import Card
from server.swaps.models import Feeling


@dataclass(frozen=True, slots=True)
class SwapAt:
    """Which swap, and at which event."""

    event_id: UUID
    swap_id: UUID


class MemoryKind(StrEnum):
    """How something about the other was written down: on a prompt, freely, or as something they need."""

    INSIGHT = "INSIGHT"
    NOTE = "NOTE"
    NEED = "NEED"


@dataclass(frozen=True, slots=True)
class Memory:
    """Something I wrote down about somebody, in my own words."""

    id: UUID
    kind: MemoryKind
    text: str = field(repr=False)
    written_on: date
    at: SwapAt


@dataclass(frozen=True, slots=True)
class PromiseMade:
    """Something I said I would do for somebody. Days are the event's; `kept_on` is None while it is open."""

    id: UUID
    kind: PromiseKind
    text: str = field(repr=False)
    made_on: date
    due_on: date | None
    kept_on: date | None
    at: SwapAt


@dataclass(frozen=True, slots=True)
class PersonMet:
    """What an evening knows of one person I met, today or at an earlier event: my own words, and what they open to me.

    `person_id` is their account, or their place while nobody has taken it. `at` is the newest live swap of the two, a
    mutual one if there is any; `card` is what that swap lets me see. `both_would_talk_again` is true only where each of
    the two said so in it; `feelings` are mine. `has_my_gift` says that I gave them something, by my own record.
    Promises and memories are mine, from every live swap of the two, oldest first. Days are those of their event.
    """

    person_id: UUID
    at: SwapAt
    card: Card = field(repr=False)
    met_on: date
    is_mutual: bool
    both_would_talk_again: bool
    is_known_longer: bool = False
    has_my_gift: bool = False
    feelings: frozenset[Feeling] = frozenset()
    dropped_topics: tuple[str, ...] = ()
    promises: tuple[PromiseMade, ...] = ()
    memories: tuple[Memory, ...] = ()

    @property
    def name(self) -> str:
        """What I may see of it: the first name while their card is closed to me."""
        return self.card.name


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose evening it is: their place, their language, how much they want of an evening, and their own card."""

    registration_id: UUID
    person_id: UUID
    language: str = "en"
    evening_limit: int = 3
    card: Card = field(default_factory=lambda: Card(name=""), repr=False)
    dropped_topics: tuple[str, ...] = ()
