"""How a text is broken and shrunk until it fits its box. Knows widths only, no page and no font.

A name is never cut: it gets smaller, then breaks within words. A lesser text ends with an ellipsis when it must.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import regex

from server.sheets.typefaces import CLUSTER

#: Scripts that know no spaces: a line may end after any of their characters, but not within a name's one short part.
_LONGEST_PART = 6
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
#: A word with the spaces after it.
_WORD = regex.compile(r"\s*\S+\s*")
_BREAKS_AFTER = frozenset("-/\u2010\u2013")
_STEP = 0.5
_SMALLEST = 1.0
ELLIPSIS = "…"

#: The width of a text in parts of its type size.
Measure = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines at a type size in points."""

    lines: tuple[str, ...]
    size: float


def fit_name(
    text: str, measure: Measure, *, width: float, height: float, leading: float, largest: float, smallest: float
) -> Fitted:
    """The largest setting of a name within `width` and `height` (points), words whole as long as they can be.

    Below `smallest` words are broken instead, and only then the name gets smaller still. `leading` is the height of a
    line in parts of its size.
    """
    for whole, sizes in ((True, _sizes(largest, smallest)), (False, _sizes(largest * 0.75, _SMALLEST))):
        for size in sizes:
            lines = _wrap(text, measure, width / size, whole_words=whole)
            if lines is not None and len(lines) * leading * size <= height:
                return Fitted(tuple(lines), size)
    return Fitted(tuple(_shortened(text, measure, width / _SMALLEST, int(height / leading))), _SMALLEST)


def fit_text(text: str, measure: Measure, *, width: float, most_lines: int, largest: float, smallest: float) -> Fitted:
    """A lesser text in at most `most_lines` lines of `width` (points); what has no room is an ellipsis."""
    for size in _sizes(largest, smallest):
        lines = _wrap(text, measure, width / size, whole_words=True)
        if lines is not None and len(lines) <= most_lines:
            return Fitted(tuple(lines), size)
    return Fitted(tuple(_shortened(text, measure, width / smallest, most_lines)), smallest)


def _sizes(largest: float, smallest: float) -> list[float]:
    steps = int((largest - smallest) / _STEP)
    return [largest - step * _STEP for step in range(steps + 1)]


def _wrap(text: str, measure: Measure, width: float, *, whole_words: bool) -> list[str] | None:
    """Lines no wider than `width`; None when a word has no room in one and must stay whole."""
    lines: list[str] = []
    line = ""
    for chunk in _chunks(text):
        if measure((line + chunk).rstrip()) <= width:
            line += chunk
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = chunk.lstrip()
        if measure(line) > width:
            if whole_words:
                return None
            *full, line = _broken(line, measure, width)
            lines += full
    return [*lines, line.rstrip()] if line.strip() else lines


def _chunks(text: str) -> Iterator[str]:
    """The text in parts after each of which a line may end."""
    for word in _WORD.findall(text):
        characters = CLUSTER.findall(word)
        breaks = len(characters) > _LONGEST_PART and _UNSPACED.search(word)
        chunk = ""
        for character in characters:
            if chunk and breaks and _UNSPACED.match(character):
                yield chunk
                chunk = ""
            chunk += character
            if character in _BREAKS_AFTER or (breaks and _UNSPACED.match(character)):
                yield chunk
                chunk = ""
        if chunk:
            yield chunk


def _broken(word: str, measure: Measure, width: float) -> list[str]:
    """The word in parts, each as long as the width allows and at least one character."""
    parts = [""]
    for character in CLUSTER.findall(word):
        if parts[-1] and measure(parts[-1] + character) > width:
            parts.append("")
        parts[-1] += character
    return parts


def _shortened(text: str, measure: Measure, width: float, most_lines: int) -> list[str]:
    lines = _wrap(text, measure, width, whole_words=False) or []
    if len(lines) <= most_lines:
        return lines
    last = CLUSTER.findall(lines[most_lines - 1])
    while last and measure("".join(last).rstrip() + ELLIPSIS) > width:
        last.pop()
    return [*lines[: most_lines - 1], "".join(last).rstrip() + ELLIPSIS]
