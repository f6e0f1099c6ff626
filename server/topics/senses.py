"""Tells by what else a text speaks of in which sense a word of several is meant: the bass that is caught or played.

`senses.toml` holds the words and the company they keep. It judges single words only: a name of several says by itself
what it means, and a word that stands alone keeps the sense of the table.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from server.topics.words import folded, forms

SENSES = Path(__file__).with_name("senses.toml")
#: The languages whose endings the words there may have.
_BENT_AS = ("en", "de", "es", "fr")


@dataclass(frozen=True, slots=True)
class Guard:
    """A word is another thing than the topic (any topic, if none is named) beside one of these."""

    topics: frozenset[str]
    company: frozenset[str]

    def forbids(self, topic: str, others: frozenset[str]) -> bool:
        return (not self.topics or topic in self.topics) and not self.company.isdisjoint(others)


class Senses:
    """Which words to be careful with, in every form of theirs."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._doubtful = _forms_of(" ".join(told.get("doubtful", {}).values()).split())
        self._guards: dict[str, list[Guard]] = {}
        company = {name: _forms_of(words.split()) for name, words in told["company"].items()}
        for entry in told["words"]:
            beside = frozenset[str]().union(*(company[name] for name in entry.get("beside", "").split()))
            guard = Guard(
                frozenset(entry.get("topics", "").split()), beside | _forms_of(entry.get("beside_word", "").split())
            )
            for form in _forms_of(entry["words"].split()):
                self._guards.setdefault(form, []).append(guard)

    def is_doubtful(self, word: str) -> bool:
        """Whether this folded word, without others that go with it, says too little."""
        return word in self._doubtful

    def is_another_thing(self, word: str, topic: str, others: frozenset[str]) -> bool:
        """Whether `word`, among the `others` of its text, does not stand for that topic. All folded."""
        return any(guard.forbids(topic, others - {word}) for guard in self._guards.get(word, ()))


@cache
def senses() -> Senses:
    """The committed ones."""
    return Senses(tomllib.loads(SENSES.read_text(encoding="utf-8")))


def faults_of_senses(content: str, topics: Iterable[str], names: frozenset[str]) -> Iterator[str]:
    """What is wrong with the file, in words: a guard that guards no name would never be missed."""
    told, known = tomllib.loads(content), frozenset(topics)
    for entry in told["words"]:
        title = entry["words"]
        for wrong in frozenset(entry.get("beside", "").split()) - told["company"].keys():
            yield f"senses.toml: {title}: no [company] is called {wrong!r}"
        for wrong in frozenset(entry.get("topics", "").split()) - known:
            yield f"senses.toml: {title}: {wrong!r} is no topic of the table"
        if not entry.get("beside") and not entry.get("beside_word"):
            yield f"senses.toml: {title}: it says no company; add beside or beside_word"
        for word in entry["words"].split():
            if _forms_of([word]).isdisjoint(names):
                yield f"senses.toml: {word!r} is no name in the table, so there is nothing to guard"


def _forms_of(words: Sequence[str]) -> frozenset[str]:
    return frozenset[str]().union(*(forms(folded(word), language) for word in words for language in _BENT_AS))
