"""From one line of text to pieces that can be drawn left to right, each in one font and one direction (UAX 9).

Trusts its texts to hold no direction marks: those are taken out before.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import Self

import regex
from fpdf.bidi import BidiParagraph, auto_detect_base_direction
from fpdf.enums import TextDirection

from server.sheets.typefaces import Typeface, order_for, set_in

#: Whatever a text must hold for anything in it to be read from the right.
_READ_FROM_THE_RIGHT = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}\p{Bidi_Class=AN}]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters in reading order, to be drawn in one go."""

    text: str
    typeface: Typeface
    leftwards: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """How a whole text is read, which holds for each of its lines: its direction, and which fonts it is set in."""

    leftwards: bool
    order: tuple[Typeface, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        """The first letter of the text decides on its direction."""
        leftwards = bool(_READ_FROM_THE_RIGHT.search(text)) and auto_detect_base_direction(text) == TextDirection.RTL
        return cls(leftwards, order_for(text))


def pieces(line: str, reading: Reading) -> list[Piece]:
    """The line from left to right as it is seen, without characters that no font has."""
    levels = _levels(line, leftwards=reading.leftwards)
    place = 0
    parts: list[tuple[int, Typeface, str]] = []
    for cluster, typeface in set_in(line, reading.order):
        if typeface is not None:
            parts.append((levels[place], typeface, cluster))
        place += len(cluster)
    runs = [
        (level, Piece("".join(part[2] for part in group), typeface, leftwards=level % 2 == 1))
        for (level, typeface), group in groupby(parts, key=lambda part: (part[0], part[1]))
    ]
    return _as_seen(runs)


def _levels(line: str, *, leftwards: bool) -> list[int]:
    """The embedding level of each code point: odd ones are drawn from right to left."""
    if not leftwards and not _READ_FROM_THE_RIGHT.search(line):
        return [0] * len(line)
    direction = TextDirection.RTL if leftwards else TextDirection.LTR
    levels = [int(leftwards)] * len(line)
    paragraph = BidiParagraph(line, base_direction=direction, preserve_bn_chars=True)
    for character in paragraph.get_characters_with_embedding_level():
        levels[character.character_index] = character.embedding_level
    return levels


def _as_seen(runs: list[tuple[int, Piece]]) -> list[Piece]:
    """Rule L2: from the highest level down to the lowest odd one, whatever lies at it or above is turned round."""
    for level in range(max((level for level, _ in runs), default=0), 0, -1):
        turned: list[tuple[int, Piece]] = []
        for deep, group in groupby(runs, key=lambda run: run[0] >= level):
            together = list(group)
            turned += together[::-1] if deep else together
        runs = turned
    return [piece for _, piece in runs]
