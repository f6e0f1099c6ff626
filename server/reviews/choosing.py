"""Chooses the three people of a week: a pure function from the people somebody knows to whom to write to.

It counts time alone, in rhythms. How useful, near or busy somebody is stands nowhere in it, and nobody is ever dropped:
whoever was passed over waits with more right the next week.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from server.relationships.models import RelationshipKind
from server.reviews.rhythms import RHYTHMS

#: Fifteen minutes are enough for three messages, and for no fourth.
MOST = 3


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody the person knows, as far as time is concerned. Days are those of the person's own calendar.

    `suggested_on` is the day of the last review that named them. `later_on` is the day that one was put off to, while
    it waits for it. Before `resting_until` the person wants no reminder of them.
    """

    relationship_id: UUID
    kind: RelationshipKind | None
    touched_on: date
    suggested_on: date | None = None
    later_on: date | None = None
    resting_until: date | None = None


def choose(people: Sequence[Known], *, day: date) -> list[UUID]:
    """The relationships of the review of `day`, at most three: whoever was put off to now, then the longest waiting.

    Waiting is the time since the last touch or the last review that named them, counted in the rhythm of their kind;
    before one whole rhythm nobody comes up.
    """
    ready = [each for each in people if is_due(each, day=day)]
    return [each.relationship_id for each in sorted(ready, key=lambda each: _rank(each, day))[:MOST]]


def is_due(known: Known, *, day: date) -> bool:
    """Whether a review of `day` may name them."""
    if known.resting_until is not None and day < known.resting_until:
        return False
    if (put_off_to := _put_off_to(known)) is not None:
        return put_off_to <= day
    return waited(known, day=day) >= 1


def waited(known: Known, *, day: date) -> Fraction:
    """How many rhythms of their kind have passed on `day` since they were last in mind."""
    return Fraction((day - _in_mind_on(known)).days, RHYTHMS[known.kind])


def _put_off_to(known: Known) -> date | None:
    """The day they were put off to; a touch since has made that idle."""
    if known.suggested_on is None or known.touched_on >= known.suggested_on:
        return None
    return known.later_on


def _in_mind_on(known: Known) -> date:
    return known.touched_on if known.suggested_on is None else max(known.touched_on, known.suggested_on)


def _rank(known: Known, day: date) -> tuple[bool, date, Fraction, UUID]:
    put_off_to = _put_off_to(known)
    return (put_off_to is None, put_off_to or date.max, -waited(known, day=day), known.relationship_id)
