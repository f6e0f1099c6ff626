"""An evening and its follow-ups: as they are suggested, as they are kept, and as their person sees them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from server.evening.met.models import SwapAt
from server.swaps.models import Swap


class FollowUpKind(StrEnum):
    """What a follow-up suggests doing."""

    KEEP_PROMISE = "KEEP_PROMISE"
    INTRODUCE = "INTRODUCE"
    THANK = "THANK"
    SHARE = "SHARE"
    SPEAK_UP = "SPEAK_UP"
    MEET = "MEET"
    ASK = "ASK"


class FollowUpState(StrEnum):
    """What became of a follow-up. LATER means: on its `due_on`."""

    OPEN = "OPEN"
    DONE = "DONE"
    LATER = "LATER"
    DISMISSED = "DISMISSED"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One follow-up that could be made, about the person met in `at`.

    `subject_id` names what it grew from: a promise, a memory, a swap, or for some kinds a name made of several of
    these. `other` is the second person of an introduction, and `other_words` what
    it quotes of theirs. `their_words` is what it quotes of their card: it is shown
    only while that still stands there. `gift` is how it is remembered once it was given.
    """

    kind: FollowUpKind
    at: SwapAt
    person_id: UUID
    subject_id: UUID
    reason: str = field(repr=False)
    draft: str = field(repr=False)
    other: SwapAt | None = None
    their_words: str | None = field(default=None, repr=False)
    gift: str | None = field(default=None, repr=False)
    other_words: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class StoredFollowUp:
    """One suggestion of one evening, as it is kept. `subject_id` is the promise of a KEEP_PROMISE."""

    event_id: UUID
    id: UUID
    at: SwapAt
    other: SwapAt | None
    kind: FollowUpKind
    state: FollowUpState
    subject_id: UUID
    reason: str = field(repr=False)
    draft: str = field(repr=False)
    gift: str | None = field(repr=False)
    due_on: date


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One suggestion of one evening, with the swaps it is about as the person sees them."""

    stored: StoredFollowUp
    swap: Swap
    other: Swap | None = None


@dataclass(frozen=True, slots=True)
class Evening:
    """A person's evening at one event. `on` is a day of the event, `ready_at` when its list is due.

    `complete` is true once the list has been made and nothing of it is left open, or its person ended it at `ended_at`.
    `limit` is the most their evenings hold. `ask_waits` is somebody who could be asked once something was given.
    """

    on: date
    ready_at: datetime
    complete: bool
    follow_ups: list[FollowUp]
    limit: int
    ended_at: datetime | None = None
    ask_waits: Swap | None = None


@dataclass(frozen=True, slots=True)
class OwnEvening:
    """A person's place at an event, and what became of their evening of one day.

    `at_most` is how many it shows: the person's limit until it is opened, and from then on what that was.
    """

    registration_id: UUID
    is_made: bool
    is_opened: bool
    limit: int
    at_most: int
    ended_at: datetime | None
    ask_waits: SwapAt | None


@dataclass(frozen=True, slots=True)
class Listed:
    """That something was suggested on a day, at whichever event, and what came of it.

    `is_opened` where that evening's list was, `at_most` how many it showed.
    """

    registration_id: UUID
    day: date
    kind: FollowUpKind
    subject_id: UUID
    person_id: UUID
    state: FollowUpState
    due_on: date
    place: int
    is_live: bool
    is_opened: bool
    at_most: int


@dataclass(frozen=True, slots=True)
class NewFollowUp:
    """A suggestion about to be kept, with its place in the order of making."""

    id: UUID
    registration_id: UUID
    place: int
    suggestion: Suggestion
