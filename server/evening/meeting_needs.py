"""Finds where what one person has answers what another looks for, in the words of both.

The weighing is `server.topics`; words are quoted as written and never joined. It ranks no people.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from server.agenda.pairs.common_ground import clause_about
from server.topics.matching import meets
from server.topics.recognising import topics_in

#: So many texts stay read while the lists of a large event are made: each card comes up in the list of all who met it.
_TEXTS_KEPT = 32_768


@dataclass(frozen=True, slots=True)
class Answer:
    """The words in which something is sought, those in which it is had, and how well they meet (at most 1)."""

    sought: str = field(repr=False)
    had: str = field(repr=False)
    worth: float


def answer_to(seeking: str | None, having: str | None, *, dropped: Iterable[str] = ()) -> Answer | None:
    """How `having` answers `seeking`, or None. `dropped` are topics that one of the two writers took off a card."""
    without = frozenset(dropped)
    sought = _topics_of(seeking) - without
    ground = meets(sought, _topics_of(having) - without) if sought else None
    if ground is None:
        return None
    words, answer = clause_about(seeking, ground.topic), clause_about(having, ground.other)
    return None if words is None or answer is None else Answer(words, answer, ground.worth)


@lru_cache(maxsize=_TEXTS_KEPT)
def _topics_of(text: str | None) -> frozenset[str]:
    return frozenset(topics_in(text))
