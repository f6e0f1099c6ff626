"""Takes long words apart where a language writes compounds as one: "Gartenverein" is a garden and a verein.

Nothing is found at the start or in the middle of a word by chance: a word must be made of known parts from end to end
("Boot" in "Bootcamp" finds nothing), or at least end in a long name, since a compound is what its end says.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from server.topics.bending import Bases
from server.topics.languages import LANGUAGES
from server.topics.words import folded

#: The languages whose compounds are taken apart here.
COMPOUNDING = tuple(tag for tag, language in LANGUAGES.items() if language.compound_links)
#: Shorter parts ("Rat", "Tee") stand inside too many words by chance.
_SHORTEST_PART = 4
_SHORTEST_WORD = 8
#: A name that ends a word whose beginning nobody knows must be longer, and so must that beginning: "recht" ends
#: "Unrecht" and "senkrecht". Where nouns have no capital to tell them by, longer still.
_SHORTEST_END, _SHORTEST_END_WITHOUT_CAPITAL, _SHORTEST_BEGINNING = 5, 6, 3

Topics = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The topics in a compound: what it is by its end, and what the words before the end add ("garden chair")."""

    topics: Topics = ()
    aside: Topics = ()


class Compounds:
    """Knows the parts of one language, which are names of topics and plain words, and takes words apart."""

    def __init__(self, tag: str, names: Mapping[str, Topics]) -> None:
        """`names` are folded single words of the language with the topics they stand for."""
        language = LANGUAGES[tag]
        self._capital = language.nouns_are_capital
        plain = dict.fromkeys(map(folded, language.compound_parts), ())
        parts: dict[str, Topics] = plain | {
            name: topics for name, topics in names.items() if len(name) >= _SHORTEST_PART
        }
        self._first: dict[str, Topics] = {}
        self._parts = parts
        self._bases = Bases((tag if topics else "", part) for part, topics in parts.items())
        for part, topics in parts.items():
            for link in language.compound_links:
                self._first.setdefault(part + link, topics)
            for short in _without_ending(part):
                self._first.setdefault(short, topics)

    def parts_of(self, word: str, *, begins_capital: bool) -> Parts:
        """The topics in a folded word; none when it is no compound that this language would make."""
        if len(word) < _SHORTEST_WORD or not word.isalpha():
            return Parts()
        apart = self._apart(word)
        if apart is None:
            return Parts(self._end_of(word, begins_capital=begins_capital))
        *before, end = apart
        aside = tuple(dict.fromkeys(topic for topics in before for topic in topics))
        return Parts(end, aside) if end else Parts(aside)

    def _apart(self, word: str) -> tuple[Topics, ...] | None:
        """The topics of each part, the longest first part tried first; None when it does not come out even."""
        for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            first, rest = self._first.get(word[:cut]), word[cut:]
            if first is None:
                continue
            for last in self._parts_with(rest, self._bases.unbent(rest)):
                return (first, self._parts[last])
            if len(rest) >= _SHORTEST_WORD and (further := self._apart(rest)) is not None:
                return (first, *further)
        return None

    def _end_of(self, word: str, *, begins_capital: bool) -> Topics:
        """The topics of the longest name that the word ends in."""
        if self._capital and not begins_capital:
            return ()
        shortest = _SHORTEST_END if self._capital else _SHORTEST_END_WITHOUT_CAPITAL
        unbent = self._bases.unbent(word)
        for cut in range(_SHORTEST_BEGINNING, len(word) - shortest + 1):
            for part in self._parts_with(word[cut:], [spelling[cut:] for spelling in unbent]):
                if len(part) >= shortest and self._parts[part]:
                    return self._parts[part]
        return ()

    def _parts_with(self, form: str, spellings: Iterable[str]) -> Iterator[str]:
        """The parts that have this form, of those that are spelled in one of these ways."""
        for spelling in spellings:
            for _, part in self._bases.spelled_as(spelling, form=form):
                yield part


def _without_ending(part: str) -> list[str]:
    """As a first part: "Nähen" is "Näh" in "Nähkurs", "Schule" is "Schul"."""
    return [
        part[: -len(ending)] for ending in ("en", "e", "n") if part.endswith(ending) and len(part) > len(ending) + 2
    ]
