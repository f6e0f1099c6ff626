"""Decides which of the topics found in a text it is really about. It knows no language and no names.

A text about two things tells them side by side: "bees, and chairs to mend". Within one such piece, what only says where
or for whom ("beekeeping in schools", the garden in "garden chairs") gives way to what the piece is about.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from server.topics.languages import LANGUAGES
from server.topics.models import Mention
from server.topics.table import TopicTable
from server.topics.words import Word, folded


@dataclass(frozen=True, slots=True)
class Found:
    """A topic in a text, the pieces of the text that speak of it, and whether they do so only by the way.

    It is `doubtful` where nothing but one word of several senses speaks of it.
    """

    topic: str
    words: str = field(repr=False)
    pieces: frozenset[int]
    aside: bool
    doubtful: bool = False


def pieces_of(words: Sequence[Word]) -> list[int]:
    """The number of the piece each word stands in: commas, stops and words such as "and" begin a new one."""
    listing, pieces, piece = _listing(), list[int](), 0
    for word in words:
        if word.breaks or word.folded in listing:
            piece += 1
        pieces.append(piece)
    return pieces


def sifted(found: Iterable[Found], table: TopicTable) -> tuple[Mention, ...]:
    """What the text is about, each topic once, in its order; "mend" and "bicycles" become bicycle repair."""
    joined = _taken_together(_each_once(found), table)
    told = [each for each in joined.values() if not _is_by_the_way(each, table)]
    about = frozenset(piece for each in told for piece in each.pieces)
    kept = (each for each in joined.values() if not _is_by_the_way(each, table) or not each.pieces <= about)
    return tuple(Mention(each.topic, each.words) for each in kept)


def _is_by_the_way(found: Found, table: TopicTable) -> bool:
    return found.aside or table.topics[found.topic].setting


def _each_once(found: Iterable[Found]) -> dict[str, Found]:
    once: dict[str, Found] = {}
    for each in found:
        known = once.get(each.topic)
        once[each.topic] = (
            each
            if known is None
            else replace(known, pieces=known.pieces | each.pieces, aside=known.aside and each.aside)
        )
    return once


def _taken_together(found: dict[str, Found], table: TopicTable) -> dict[str, Found]:
    """Where one text speaks of all parts of a topic, it speaks of that topic instead."""
    for topic in table.joined:
        if found.keys() >= set(topic.together):
            parts = [found[part] for part in topic.together]
            words = " … ".join(dict.fromkeys(part.words for part in parts))
            pieces = frozenset[int]().union(*(part.pieces for part in parts))
            found.setdefault(topic.key, Found(topic.key, words, pieces, aside=False))
            for part in set(topic.together) - {topic.key}:
                del found[part]
    return found


@cache
def _listing() -> frozenset[str]:
    """Of all languages: nobody says in which one they write."""
    return frozenset(folded(word) for language in LANGUAGES.values() for word in language.listing)
