"""The evening's follow-ups, and the facts about the people met that they are chosen from."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from server.promises.models import PromiseKind
from server.swaps.models import Swap


class FollowUpKind(StrEnum):
    """What a follow-up suggests doing."""

    KEEP_PROMISE = "KEEP_PROMISE"
    INTRODUCE = "INTRODUCE"
    MEET = "MEET"
    SHARE = "SHARE"
    SPEAK_UP = "SPEAK_UP"
    THANK = "THANK"
    ASK = "ASK"


class FollowUpState(StrEnum):
    """What became of a follow-up. LATER means: on its `due_on`."""

    OPEN = "OPEN"
    DONE = "DONE"
    LATER = "LATER"
    DISMISSED = "DISMISSED"


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


@dataclass(frozen=True, slots=True)
class PromiseMade:
    """Something I said I would do for somebody. Days are the event's; `kept_on` is None while it is open."""

    id: UUID
    kind: PromiseKind
    text: str = field(repr=False)
    made_on: date
    due_on: date | None
    kept_on: date | None


@dataclass(frozen=True, slots=True)
class PersonMet:
    """What an evening knows of one person I met: my own words, and what they opened to me. Days are the event's.

    `name` is what I may see of it: the first name while their card is closed to me. `both_would_talk_again` is
    true only where each of the two said so. Promises and memories are mine, oldest first.
    """

    swap_id: UUID
    name: str = field(repr=False)
    met_on: date
    is_mutual: bool
    both_would_talk_again: bool
    promises: tuple[PromiseMade, ...] = ()
    memories: tuple[Memory, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One follow-up that could be made. `subject_id` is the promise, memory or swap that it grew from."""

    kind: FollowUpKind
    swap_id: UUID
    subject_id: UUID
    reason: str = field(repr=False)
    draft: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class StoredFollowUp:
    """One suggestion of one evening, as it is kept."""

    event_id: UUID
    id: UUID
    swap_id: UUID
    kind: FollowUpKind
    state: FollowUpState
    reason: str = field(repr=False)
    draft: str = field(repr=False)
    due_on: date


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One suggestion of one evening, with the swap it is about as the person sees it."""

    stored: StoredFollowUp
    swap: Swap


@dataclass(frozen=True, slots=True)
class Evening:
    """A person's evening at one event. `on` is a day of the event, `ready_at` when its list is due.

    `complete` is true once the list has been made and nothing of it is left open.
    """

    on: date
    ready_at: datetime
    complete: bool
    follow_ups: list[FollowUp]


@dataclass(frozen=True, slots=True)
class OwnEvening:
    """A person's place at an event, and what became of their evening of one day."""

    registration_id: UUID
    is_made: bool
    is_opened: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """That something was suggested on a day, and what came of it. `is_opened` where that evening's list was."""

    registration_id: UUID
    day: date
    kind: FollowUpKind
    subject_id: UUID
    state: FollowUpState
    due_on: date
    place: int
    is_live: bool
    is_opened: bool


@dataclass(frozen=True, slots=True)
class NewFollowUp:
    """A suggestion about to be kept, with its place in the order of making."""

    id: UUID
    registration_id: UUID
    place: int
    suggestion: Suggestion
