"""Knows topics by words that say nothing alone and much together: a kid who screams, a landlord and damp.

The files under `signs/` hold them. A sign is two or more lists of words; a text that holds one word of each, near one
another, speaks of the topic. It judges no single word: those are names, and stand in the table.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from server.topics.words import WITHOUT_MARKS, folded, words_of

SIGNS = Path(__file__).with_name("signs")
#: The words of a sign stand no further apart: beyond, somebody speaks of something else.
REACH = 9
_GROUP, _AND = "$", "+"
#: How words end in the languages of the signs; what is left must still be a word's worth of letters. Two words that
#: come out alike by this rough rule do little harm: no word says anything here without another.
_ENDINGS = ("innen", "ings", "ing", "ers", "ies", "ern", "ed", "er", "en", "em", "es", "in", "s", "e")
_SHORTEST_STEM, _SHORTEST_BEFORE_S = 4, 3


@dataclass(frozen=True, slots=True)
class Sign:
    """Lists of words of which one each must be said for the topic to be meant."""

    topic: str
    lists: tuple[frozenset[str], ...]


class Signs:
    """Some signs, found by the words in them."""

    def __init__(self, signs: Sequence[Sign]) -> None:
        self._signs = signs
        self._of_topic: dict[str, set[str]] = {}
        self._by_word: dict[str, list[tuple[int, int]]] = {}
        for number, sign in enumerate(signs):
            for place, words in enumerate(sign.lists):
                self._of_topic.setdefault(sign.topic, set()).update(words)
                for word in words:
                    self._by_word.setdefault(word, []).append((number, place))

    def knows(self, topic: str, words: Iterable[str]) -> bool:
        """Whether any of these folded words is part of a sign of the topic."""
        known = self._of_topic.get(topic, ())
        return any(stem_of(word) in known for word in words)

    def found(self, words: Iterable[tuple[int, str]]) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Each topic spoken of, with the places of the words that do so, of a text's places and folded words."""
        last: dict[tuple[int, int], int] = {}
        told: set[str] = set()
        for at, word in words:
            for number, place in self._by_word.get(stem_of(word), ()):
                sign = self._signs[number]
                others = [last.get((number, other), -REACH) for other in range(len(sign.lists)) if other != place]
                near = all(other >= 0 and at - other <= REACH for other in others)
                if near and sign.topic not in told and len({at, *others}) == len(sign.lists):
                    told.add(sign.topic)
                    yield sign.topic, tuple(sorted((at, *others)))
                last[number, place] = at


@lru_cache(maxsize=32768)
def stem_of(word: str) -> str:
    """What a folded word is known by here: without its ending and its marks."""
    bare = word if word.isascii() else word.translate(WITHOUT_MARKS)
    for ending in _ENDINGS:
        if bare.endswith(ending):
            left = bare.removesuffix(ending)
            if len(left) >= (_SHORTEST_BEFORE_S if ending == "s" else _SHORTEST_STEM):
                bare = left
                break
    return bare[:-1] if len(bare) >= _SHORTEST_STEM and bare[-1] == bare[-2] else bare


@cache
def signs() -> Signs:
    """The committed ones."""
    return Signs(tuple(read_signs(files_of_signs())))


def files_of_signs() -> dict[str, str]:
    """The content of each committed file, by its name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(SIGNS.glob("*.toml"))}


def read_signs(files: Mapping[str, str]) -> Iterator[Sign]:
    """The signs written in `files` (name to content). Groups of words may stand in any of them."""
    told = [tomllib.loads(content) for content in files.values()]
    groups = {name: words.split() for each in told for name, words in each.get("groups", {}).items()}
    for each in told:
        for topic, written in each.get("signs", {}).items():
            for sign in written:
                yield Sign(topic, tuple(_words_in(part, groups) for part in sign.split(_AND)))


def _words_in(part: str, groups: Mapping[str, Sequence[str]]) -> frozenset[str]:
    words = (groups[word[1:]] if word.startswith(_GROUP) else (word,) for word in part.split())
    return frozenset(stem_of(folded(each)) for some in words for each in some)


def faults_of_signs(files: Mapping[str, str], topics: Iterable[str]) -> Iterator[str]:
    """What is wrong with the files, in words."""
    told, known = {file: tomllib.loads(content) for file, content in files.items()}, frozenset(topics)
    groups = {name for each in told.values() for name in each.get("groups", {})}
    for file, each in told.items():
        for topic, written in each.get("signs", {}).items():
            if topic not in known:
                yield f"{file}: {topic!r} is no topic of the table"
            for sign in written:
                parts = [part.split() for part in sign.split(_AND)]
                missing = {word for part in parts for word in part if word[0] == _GROUP and word[1:] not in groups}
                if len(parts) == 1 or not all(parts):
                    yield f"{file}: {topic}: {sign!r} needs two lists of words with a + between them"
                for word in sorted({word for part in parts for word in part if word[0] != _GROUP}):
                    if len(words_of(word)) != 1:
                        yield f"{file}: {topic}: {word!r} is not one word, so no text holds it as such"
                    elif len(word) == 1 and word.islower():
                        yield f"{file}: {topic}: {word!r} stands in every text; leave it out"
                for word in sorted(missing):
                    yield f"{file}: {topic}: no [groups] is called {word[1:]!r}"
