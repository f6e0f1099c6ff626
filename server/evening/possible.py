"""Something that could be suggested for an evening: the value that every rule gives and the chooser ranks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from server.evening.drafts import Ground
from server.evening.met.models import PersonMet, SwapAt
from server.evening.models import FollowUpKind


@dataclass(frozen=True, slots=True)
class Possible:
    """Something that could be suggested: what it grew from, on which day, and the words it quotes, by their place.

    `at` and `subject_id` are as in a `Suggestion`; `told_as` names a reason other than the ground's own. `memory_id`
    is the line of mine that it quotes, `their_words` what it quotes of their card. `leans` where the person is new here
    or between things; `worth` says how well a need and an offer meet; `gift` is how it is remembered once given. An
    introduction has no ground here: it comes with its reason and words, `said`, and `other_words`, which it quotes of
    the other.
    """

    kind: FollowUpKind
    person: PersonMet
    at: SwapAt
    subject_id: UUID
    ground: Ground | None
    told_on: date
    words: Mapping[str, str] = field(default_factory=dict, repr=False)
    told_as: str | None = None
    due_on: date | None = None
    memory_id: UUID | None = None
    their_words: str | None = field(default=None, repr=False)
    leans: bool = False
    worth: float = 0.0
    other: PersonMet | None = None
    said: tuple[str, str] | None = field(default=None, repr=False)
    other_words: str | None = field(default=None, repr=False)
    gift: str | None = field(default=None, repr=False)
