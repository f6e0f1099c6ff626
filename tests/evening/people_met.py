"""What an evening's suggestions are made from, as a test says it in a line."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from server.evening import choosing
from server.evening.drafts import DRAFTS
from server.evening.met.models import Memory, MemoryKind, PersonMet, PromiseMade, Reader, SwapAt
from server.evening.models import FollowUpKind, Suggestion
from server.promises.models import PromiseKind
from server.registrations.models import Card
from server.swaps.models import Feeling

DAY = date(2027, 4, 22)
SPACE = UUID(int=7)
EVENT = UUID(int=8)
ALL_SHAPES = [shape for group in DRAFTS.in_language("en").shapes.values() for shape in group]


def at(name: str) -> SwapAt:
    """The swap with somebody of that name."""
    return SwapAt(EVENT, uuid5(SPACE, name))


def promise(text: str, *, kind: str = "SEND", due: date | None = None, kept: date | None = None) -> PromiseMade:
    return PromiseMade(uuid5(SPACE, f"{kind}{text}{due}"), PromiseKind(kind), text, DAY, due, kept, at("anybody"))


def insight(text: str, on: date = DAY) -> Memory:
    return Memory(uuid5(SPACE, f"insight{text}{on}"), MemoryKind.INSIGHT, text, on, at("anybody"))


def note(text: str) -> Memory:
    return Memory(uuid5(SPACE, f"note{text}"), MemoryKind.NOTE, text, DAY, at("anybody"))


def need(text: str) -> Memory:
    return Memory(uuid5(SPACE, f"need{text}"), MemoryKind.NEED, text, DAY, at("anybody"))


def met(
    name: str,
    *,
    again: bool = False,
    mutual: bool = True,
    promises: Sequence[PromiseMade] = (),
    memories: Sequence[Memory] = (),
    feelings: Sequence[Feeling] = (),
    known: bool = False,
    given: bool = False,
    **card: Any,
) -> PersonMet:
    """Somebody met today, with contacts shared both ways; further keywords are what stands on their card."""
    return PersonMet(
        person_id=uuid5(SPACE, f"person {name}"),
        at=at(name),
        card=Card(name=name, open_to_event=True, **card),
        met_on=DAY,
        is_mutual=mutual,
        both_would_talk_again=again,
        is_known_longer=known,
        has_my_gift=given,
        feelings=frozenset(feelings),
        promises=tuple(promises),
        memories=tuple(memories),
    )


def reader(seed: str = "me", *, language: str = "en", **card: Any) -> Reader:
    """Whose evening it is; further keywords are what stands on their card."""
    return Reader(
        registration_id=uuid5(SPACE, seed),
        person_id=uuid5(SPACE, f"person {seed}"),
        language=language,
        card=Card(name=seed, **card),
    )


ME = reader()


def choose(people: Sequence[PersonMet], *, reader: Reader = ME, day: date = DAY, **rules: Any) -> list[Suggestion]:
    return choosing.choose(people, reader=reader, day=day, **rules)


def kinds_of(suggestions: Sequence[Suggestion]) -> list[FollowUpKind]:
    return [suggestion.kind for suggestion in suggestions]


def shape_of(suggestion: Suggestion) -> str:
    """The shape that a draft was made with."""
    for shape in ALL_SHAPES:
        fixed = "(.+)".join(re.escape(part) for part in re.split(r"\{\w+\}", shape))
        if re.fullmatch(fixed, suggestion.draft, re.DOTALL):
            return shape
    raise AssertionError(suggestion.draft)
