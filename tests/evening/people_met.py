"""What an evening's suggestions are made from, as a test says it in a line."""

import re
from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid5

from server.evening.drafts import DRAFTS
from server.evening.models import FollowUpKind, Memory, MemoryKind, PersonMet, PromiseMade, Suggestion
from server.promises.models import PromiseKind

DAY = date(2027, 4, 22)
SPACE = UUID(int=7)
ALL_SHAPES = [shape for group in DRAFTS.in_language("en").shapes.values() for shape in group]


def promise(text: str, *, kind: str = "SEND", due: date | None = None, kept: date | None = None) -> PromiseMade:
    return PromiseMade(uuid5(SPACE, f"{kind}{text}{due}"), PromiseKind(kind), text, DAY, due, kept)


def insight(text: str, on: date = DAY) -> Memory:
    return Memory(uuid5(SPACE, f"insight{text}{on}"), MemoryKind.INSIGHT, text, on)


def note(text: str) -> Memory:
    return Memory(uuid5(SPACE, f"note{text}"), MemoryKind.NOTE, text, DAY)


def need(text: str) -> Memory:
    return Memory(uuid5(SPACE, f"need{text}"), MemoryKind.NEED, text, DAY)


def met(
    name: str,
    *,
    again: bool = False,
    mutual: bool = True,
    promises: Sequence[PromiseMade] = (),
    memories: Sequence[Memory] = (),
) -> PersonMet:
    return PersonMet(
        swap_id=uuid5(SPACE, name),
        name=name,
        met_on=DAY,
        is_mutual=mutual,
        both_would_talk_again=again,
        promises=tuple(promises),
        memories=tuple(memories),
    )


def kinds_of(suggestions: Sequence[Suggestion]) -> list[FollowUpKind]:
    return [suggestion.kind for suggestion in suggestions]


def shape_of(suggestion: Suggestion) -> str:
    """The shape that a draft was made with."""
    for shape in ALL_SHAPES:
        fixed = "(.+)".join(re.escape(part) for part in re.split(r"\{name\}|\{quote\}", shape))
        if re.fullmatch(fixed, suggestion.draft, re.DOTALL):
            return shape
    raise AssertionError(suggestion.draft)
