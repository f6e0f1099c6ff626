"""Which places of a text name a topic only by the way: for whom a thing is done, or what somebody sells for it.

It knows no topic and no names: `sifting` decides what becomes of what is said by the way.
"""

from collections.abc import Iterable, Sequence
from functools import cache

from server.topics.languages import LANGUAGES
from server.topics.refusing import places_of
from server.topics.words import Word, runs_of

#: So many words after "for" it is still said for whom or for what.
_REACH = 5


def for_whom(words: Sequence[Word], pieces: Sequence[int], told: Iterable[int]) -> frozenset[int]:
    """The places that say for whom or for what: "statistics for my nursing thesis" is about statistics.

    `told` are the places that name topics: what stands after a "for" without one before it is the thing itself.
    """
    leading, named, found = _leading(), frozenset(told), set[int]()
    piece, has_told, left = -1, False, 0
    for place, word in enumerate(words):
        if pieces[place] != piece:
            piece, has_told, left = pieces[place], False, 0
        if word.folded in leading and has_told:
            left = _REACH
        elif left:
            found.add(place)
            left -= 1
        has_told = has_told or place in named
    return frozenset(found)


def dealt_in(words: Sequence[Word], pieces: Sequence[int]) -> frozenset[int]:
    """The places in those pieces that speak of buying and selling: who sells guitar straps need not play."""
    dealing = {pieces[place] for place in places_of(words, _dealing())}
    return frozenset(place for place, piece in enumerate(pieces) if piece in dealing)


@cache
def _leading() -> frozenset[str]:
    return frozenset(word for language in LANGUAGES.values() for word in language.for_whom)


@cache
def _dealing() -> frozenset[tuple[str, ...]]:
    return runs_of([phrase for language in LANGUAGES.values() for phrase in language.dealing])
