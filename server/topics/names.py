"""Which names of a topic may be part of a compound, and in which other ways people type a name."""

from collections.abc import Iterable, Iterator

from server.topics.table import TopicTable
from server.topics.words import forms, without_apostrophes, words_of

#: Marks before a name: it counts just so, or just so with its capitals too.
EXACT, EXACT_WITH_CAPITALS = "=", "^"
#: Two words of so many letters each are no other word by chance when the space between them is missing.
_WORDS_TYPED_AS_ONE, _SHORTEST_TYPED_AS_ONE = 2, 4


def single_words(table: TopicTable, language: str) -> dict[str, tuple[str, ...]]:
    """The names that may be part of a compound of that language: one plain word of it."""
    found: dict[str, tuple[str, ...]] = {}
    for topic in table.topics.values():
        for name in topic.names.get(language, ()):
            words = words_of(name)
            if len(words) == 1 and name[0] not in {EXACT, EXACT_WITH_CAPITALS}:
                found[words[0].folded] = (*found.get(words[0].folded, ()), topic.key)
    return found


def typed_otherwise(names: Iterable[str], language: str) -> Iterator[str]:
    """English names as people also type them: without apostrophes, and two words as one ("foodbank")."""
    if language != "en":
        return
    for name in names:
        if "'" in name:
            yield without_apostrophes(name)
        words = name.split(" ")
        if len(words) == _WORDS_TYPED_AS_ONE and all(len(each) >= _SHORTEST_TYPED_AS_ONE for each in words):
            yield "".join(words)


def context_of(name: str) -> list[frozenset[str]]:
    """Each word of it, in all its forms."""
    return [forms(word.folded, "en") | forms(word.folded, "de") for word in words_of(name)]
