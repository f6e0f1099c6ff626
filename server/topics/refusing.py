"""Where a text takes something back: "anything but politics", "Imkerei ist nichts für mich". It knows no topic."""

from collections.abc import Sequence
from functools import cache

from server.topics.languages import LANGUAGES
from server.topics.words import Word, runs_of

#: How many words a refusal reaches at most; further on, somebody has begun to speak of something else.
_REACH = 6
_REACH_OF_NEXT = 2

#: Each kind of phrase, how many words it reaches, which way, and over how many ends of a clause: "refusing_said" speaks
#: of what was named in the clause before ("knitting, don't ask me about it").
_KINDS = (
    ("refusing", _REACH, 1, 0),
    ("refusing_next", _REACH_OF_NEXT, 1, 0),
    ("refusing_before", _REACH, -1, 0),
    ("refusing_said", _REACH, -1, 1),
)

Phrases = frozenset[tuple[str, ...]]


def taken_back(words: Sequence[Word]) -> frozenset[int]:
    """The places of those words that the writer does not want."""
    kept = places_of(words, _phrases("keeping"))
    turns = places_of(words, _phrases("turning"))
    refused: set[int] = set()
    for kind, reach, step, breaks in _KINDS:
        for start, end in _found(words, _phrases(kind)):
            if kept.isdisjoint(range(start, end)):
                places = range(end, end + reach) if step > 0 else range(start - 1, start - 1 - reach, -1)
                refused |= _reached(words, places, turns, breaks)
    return frozenset(refused)


def _reached(words: Sequence[Word], places: range, turns: set[int], breaks: int) -> set[int]:
    """Those of the places, in order, that come before the clause and `breaks` more end, or anything turns it."""
    reached: set[int] = set()
    for place in places:
        if not 0 <= place < len(words) or place in turns:
            break
        breaks -= words[place if places.step > 0 else place + 1].breaks
        if breaks < 0:
            break
        reached.add(place)
    return reached


def _found(words: Sequence[Word], phrases: Phrases) -> list[tuple[int, int]]:
    by_first = _by_first_word(phrases)
    return [
        (start, start + len(phrase))
        for start, word in enumerate(words)
        if word.folded in by_first
        for phrase in by_first[word.folded]
        if tuple(each.folded for each in words[start : start + len(phrase)]) == phrase
    ]


def places_of(words: Sequence[Word], phrases: Phrases) -> set[int]:
    """Every place that a word of one of the phrases holds."""
    return {place for start, end in _found(words, phrases) for place in range(start, end)}


@cache
def _phrases(kind: str) -> Phrases:
    """The phrases of all languages: nobody says in which one they write."""
    return runs_of([phrase for language in LANGUAGES.values() for phrase in getattr(language, kind)])


@cache
def _by_first_word(phrases: Phrases) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases):
        found.setdefault(phrase[0], []).append(phrase)
    return found
