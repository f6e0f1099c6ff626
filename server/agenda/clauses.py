"""Cuts a text into sentences and clauses, in any script, as spans of the text itself.

It never judges which piece is worth quoting, and never cuts inside what a reader sees as one character.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import regex

_KNOWN = tomllib.loads(Path(__file__).with_name("quoting.toml").read_text(encoding="utf-8"))
_MARKS = _KNOWN["marks"]
#: Greetings, names, fillers, answers that are none, abbreviations: lists of words of several languages.
WORDS: dict[str, list[str]] = _KNOWN["words"]
_PAIRS: list[tuple[str, str]] = [(pair[0], pair[1]) for pair in _MARKS["pairs"]]
_CHARACTER = regex.compile(r"\X")
#: Look this far past a cut, so that the character standing on it is seen whole.
_LONGEST_CHARACTER = 64
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


class Span(NamedTuple):
    """A piece of a text: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Writing:
    """What somebody wrote, with the places at which it may be cut: between whole characters only."""

    text: str
    borders: frozenset[int]

    @classmethod
    def beginning(cls, text: str, at_most: int) -> "Writing":
        """The first whole characters of the text, `at_most` code points of it."""
        borders = [0, *(character.end() for character in _CHARACTER.finditer(text, 0, at_most + _LONGEST_CHARACTER))]
        within = [border for border in borders if border <= at_most]
        return cls(text[: within[-1]], frozenset(within))

    def of(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def is_announced(self, span: Span) -> bool:
        """Whether a colon stands before the span: then what comes before it only says what kind of thing this is."""
        return self.text[: span.start].rstrip()[-1:] in tuple(_MARKS["announcing"])

    @property
    def whole(self) -> Span:
        return Span(0, len(self.text))


def _either(words: list[str] | str) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _sentence_end() -> re.Pattern[str]:
    """A Latin stop counts before a space or the end, not before a small letter ("e.g. bikes", "3.5")."""
    closing = r"[\"'”’»)\]]"  # noqa: RUF001 (closing marks as people type them)
    not_short = "".join(rf"(?<!\b{re.escape(short)})" for short in WORDS["abbreviations"])
    return re.compile(
        rf"(?:{_either(_MARKS['sentence'])})++"
        rf"|(?:{_either(_MARKS['sentence_before_space'])})++(?=[\s]|{closing}|$)"
        rf"|{not_short}\.++(?={closing}*(?:\s++[^\sa-z]|\s*$))"
        rf"|[{_LINE_ENDS}]++"
    )


def _clause_end() -> re.Pattern[str]:
    """A comma inside a number and a colon inside a time end nothing; both sides of brackets do."""
    closing = _either([closing for _, closing in _PAIRS if closing not in {"”", "“"}])
    opening = _either([opening for opening, _ in _PAIRS if opening not in {"“", "„", "«"}])
    return re.compile(
        rf"(?:{_either(_MARKS['clause'])})+"
        r"|,(?!\d)|:(?=\s)"
        rf"|(?<=\s)(?:{_either(_MARKS['clause_between_spaces'])})+(?=\s)"
        rf"|(?:{closing})(?!\w)|\s(?=(?:{opening}))"
    )


_SENTENCE_END = _sentence_end()
CLAUSE_END = _clause_end()


def sentences_of(writing: Writing) -> Iterator[Span]:
    """The sentences in order, tidied; line ends part them too, so none holds a line break."""
    return _parted(writing, writing.whole, _SENTENCE_END)


def clauses_of(writing: Writing, sentence: Span) -> Iterator[Span]:
    """The clauses of that sentence in order, tidied."""
    return _parted(writing, sentence, CLAUSE_END)


def _parted(writing: Writing, whole: Span, end_mark: re.Pattern[str]) -> Iterator[Span]:
    start = whole.start
    for mark in end_mark.finditer(writing.text, *whole):
        if mark.end() in writing.borders:
            yield tidied(writing, Span(start, mark.end()))
            start = mark.end()
    yield tidied(writing, Span(start, whole.end))


def tidied(writing: Writing, span: Span) -> Span:
    """The span without spaces, commas and widowed brackets at its edges, on whole characters."""
    while True:
        start, end = _without_edges(writing.text, span)
        while start < end and start not in writing.borders:
            start += 1
        while end > start and end not in writing.borders:
            end -= 1
        tidy = _without_widows(writing.text, Span(start, end))
        if tidy == span:
            return span
        span = tidy


def _without_edges(text: str, span: Span) -> Span:
    start, end = span
    while start < end and (is_blank(text[start]) or text[start] in _MARKS["edges"]):
        start += 1
    while end > start and (is_blank(text[end - 1]) or text[end - 1] in _MARKS["edges"]):
        end -= 1
    return Span(start, end)


def _without_widows(text: str, span: Span) -> Span:
    """Without one bracket or quotation mark at an edge whose partner is not in the piece."""
    piece = text[span.start : span.end]
    if not piece:
        return span
    first, last = piece[0], piece[-1]
    if any(first == opening and closing not in piece[1:] for opening, closing in _PAIRS):
        return Span(span.start + 1, span.end)
    if any(last == opening for opening, _ in _PAIRS if opening != "“"):
        return Span(span.start, span.end - 1)
    closers = [opening for opening, closing in _PAIRS if closing == last]
    if closers and not any(opening in piece[:-1] for opening in closers):
        return Span(span.start, span.end - 1)
    return Span(span.start, span.end - 1) if last == '"' and piece.count('"') == 1 else span


def unwrapped(writing: Writing, span: Span) -> Span:
    """Without the quotation marks around the whole of it: a quotation is shown between marks anyway."""
    piece = writing.of(span)
    for opening, closing in [*_PAIRS, ('"', '"')]:
        inner = Span(span.start + 1, span.end - 1)
        is_one = piece[:1] == opening and piece[-1:] == closing and not {opening, closing} & set(writing.of(inner))
        if is_one and opening in _MARKS["quoting"] and {inner.start, inner.end} <= writing.borders:
            return tidied(writing, inner)
    return span


def is_closed(piece: str) -> bool:
    """Whether no bracket or quotation is left open in the piece."""
    opened = sum(piece.count(mark) for mark in {opening for opening, _ in _PAIRS})
    closed = sum(piece.count(mark) for mark in {closing for _, closing in _PAIRS})
    return opened <= closed and piece.count('"') % 2 == 0


def is_torn(piece: str) -> bool:
    """Whether a bracket is closed in the piece that began before it."""
    return any(piece.count(closing) > piece.count(opening) for opening, closing in ("()", "[]"))


def is_blank(character: str) -> bool:
    """White space and control characters."""
    return character.isspace() or unicodedata.category(character) == "Cc"
