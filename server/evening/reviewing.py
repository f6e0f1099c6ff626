"""Writes drafts out as a page to be read aloud: a file of invented evenings, each with what the chooser gives for it.

What makes a reader wince is mended in the shapes, not here. Nothing of this is ever shown to attendees.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from server.evening.choosing import choose
from server.evening.drafts import DRAFTS
from server.evening.met.models import Memory, MemoryKind, PersonMet, PromiseMade, Reader, SwapAt
from server.evening.models import FollowUpKind, Suggestion
from server.people.models import LONGEST_EVENING
from server.promises.models import PromiseKind
from server.registrations.models import Card
from server.swaps.models import Feeling

#: As many as a page of each language holds.
PER_LANGUAGE = 30
_DAY = date(2027, 4, 22)
_KINDS = {
    FollowUpKind.KEEP_PROMISE: "Keep a promise",
    FollowUpKind.INTRODUCE: "Introduce",
    FollowUpKind.MEET: "Meet",
    FollowUpKind.SHARE: "Share",
    FollowUpKind.SPEAK_UP: "Speak up",
    FollowUpKind.THANK: "Thank",
    FollowUpKind.ASK: "Ask",
}
_LANGUAGES = {"en": "English", "de": "German"}
_MEMORIES = {"insights": MemoryKind.INSIGHT, "notes": MemoryKind.NOTE, "needs": MemoryKind.NEED}
_ON_CARDS = ("up_to", "seeking", "offering", "new_here", "between_things")

_INTRODUCTION = """# Drafts to read aloud

Written by `handsel drafts tests/evening/sample_evenings.toml`; a test holds it up to date. The people are invented.
Above each draft stands the reason that its reader sees. How to write one is told in [drafts.md](drafts.md)."""


@dataclass(frozen=True, slots=True)
class SampleEvening:
    """An invented reader and the people they met."""

    reader: Reader
    people: tuple[PersonMet, ...]


def read_evenings(content: str) -> list[SampleEvening]:
    """The evenings in a file such as `tests/evening/sample_evenings.toml`. Raises what `tomllib` and enums raise."""
    return [_evening(told) for told in tomllib.loads(content)["evenings"]]


def page_of_drafts(evenings: Sequence[SampleEvening]) -> str:
    """Markdown: for each language as many drafts as a page holds, no shape shown twice."""
    parts = [_INTRODUCTION]
    for language, name in _LANGUAGES.items():
        shown = list(_without_repeating(evenings, language))[:PER_LANGUAGE]
        parts += [f"## {name}", *(_written(number, each) for number, each in enumerate(shown, start=1))]
    return "\n\n".join(parts) + "\n"


def _without_repeating(evenings: Iterable[SampleEvening], language: str) -> Iterator[Suggestion]:
    """What is suggested on the evenings of that language; of those with one shape only the first."""
    used: set[str] = set()
    for evening in evenings:
        if DRAFTS.in_language(evening.reader.language).language == language:
            for suggestion in choose(evening.people, reader=evening.reader, day=_DAY, at_most=LONGEST_EVENING):
                shape = _shape_of(suggestion, language)
                if shape not in used:
                    used.add(shape)
                    yield suggestion


def _shape_of(suggestion: Suggestion, language: str) -> str:
    """The shape that its draft was made with."""
    for shapes in DRAFTS.in_language(language).shapes.values():
        for shape in shapes:
            fixed = ".+".join(map(re.escape, re.split(r"\{\w+\}", shape)))
            if re.fullmatch(fixed, suggestion.draft, re.DOTALL):
                return shape
    raise LookupError(suggestion.draft)


def _written(number: int, suggestion: Suggestion) -> str:
    return f"{number}. *{_KINDS[suggestion.kind]}.* {suggestion.reason}\n\n   > {suggestion.draft}"


def _evening(told: Mapping[str, Any]) -> SampleEvening:
    reader = told["reader"]
    return SampleEvening(
        Reader(
            registration_id=uuid5(NAMESPACE_URL, f"reader {reader['name']}"),
            person_id=uuid5(NAMESPACE_URL, reader["name"]),
            language=reader["language"],
            card=_card(reader),
        ),
        tuple(_person(each) for each in told["met"]),
    )


def _card(told: Mapping[str, Any]) -> Card:
    return Card(name=told["name"], open_to_event=True, **{each: told[each] for each in _ON_CARDS if each in told})


def _person(told: Mapping[str, Any]) -> PersonMet:
    at = SwapAt(NAMESPACE_URL, uuid5(NAMESPACE_URL, f"swap {told['name']}"))
    return PersonMet(
        person_id=uuid5(NAMESPACE_URL, told["name"]),
        at=at,
        card=_card(told),
        met_on=_DAY,
        is_mutual=True,
        both_would_talk_again=told.get("again", False),
        has_my_gift=told.get("given", False),
        feelings=frozenset(map(Feeling, told.get("feelings", ()))),
        promises=tuple(
            PromiseMade(
                id=uuid5(at.swap_id, each["text"]),
                kind=PromiseKind(each["kind"]),
                text=each["text"],
                made_on=_DAY,
                due_on=None,
                kept_on=_DAY if each.get("kept") else None,
                at=at,
            )
            for each in told.get("promises", ())
        ),
        memories=tuple(
            Memory(uuid5(at.swap_id, text), kind, text, _DAY, at)
            for name, kind in _MEMORIES.items()
            for text in told.get(name, ())
        ),
    )
