"""Takes long German words apart: "Gartenverein" is a garden and a verein.

Only a word that is made of known parts from end to end counts, so a known word inside another ("Boot" in "Bootcamp")
finds nothing.
"""

from collections.abc import Mapping
from functools import lru_cache

from server.topics.languages import LANGUAGES
from server.topics.words import folded, forms

#: The language whose compounds are written as one word and taken apart here.
COMPOUNDING = "de"
#: Shorter parts ("Rat", "Tee") stand inside too many words by chance.
_SHORTEST_PART = 4
_SHORTEST_WORD = 8

Topics = tuple[str, ...]


class Compounds:
    """Knows the parts, which are names of topics and plain words, and takes words apart."""

    def __init__(self, names: Mapping[str, Topics]) -> None:
        """`names` are folded single words of the language with the topics they stand for."""
        language = LANGUAGES[COMPOUNDING]
        plain = dict.fromkeys(map(folded, language.compound_parts), ())
        parts: dict[str, Topics] = plain | {
            name: topics for name, topics in names.items() if len(name) >= _SHORTEST_PART
        }
        self._first: dict[str, Topics] = {}
        self._last: dict[str, Topics] = {}
        for part, topics in parts.items():
            for link in language.compound_links:
                self._first.setdefault(part + link, topics)
            for short in _without_ending(part):
                self._first.setdefault(short, topics)
            for form in forms(part, COMPOUNDING) if topics else {part}:
                self._last.setdefault(form, topics)
        self.topics_in = lru_cache(maxsize=4096)(self._topics_in)

    def _topics_in(self, word: str) -> Topics:
        """The topics in a folded word, or none when it is no compound of known parts."""
        found = self._apart(word) if len(word) >= _SHORTEST_WORD and word.isalpha() else None
        return tuple(dict.fromkeys(found or ()))

    def _apart(self, word: str) -> Topics | None:
        """The topics of its parts, the longest first part tried first; None when it does not come out even."""
        for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            first, rest = self._first.get(word[:cut]), word[cut:]
            if first is None:
                continue
            last = self._last.get(rest)
            if last is None and len(rest) >= _SHORTEST_WORD:
                last = self._apart(rest)
            if last is not None:
                return first + last
        return None


def _without_ending(part: str) -> list[str]:
    """As a first part: "Nähen" is "Näh" in "Nähkurs", "Schule" is "Schul"."""
    return [
        part[: -len(ending)] for ending in ("en", "e", "n") if part.endswith(ending) and len(part) > len(ending) + 2
    ]
