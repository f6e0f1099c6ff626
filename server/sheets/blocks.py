"""Texts as blocks in boxes: fitted, measured, and written at the side where their script begins. Knows no badge."""

from dataclasses import dataclass
from typing import Self

from server.sheets.fitting import Fitted, fit_name, fit_text
from server.sheets.lines import Reading
from server.sheets.pen import POINT, Pen
from server.sheets.typefaces import Weight, set_in


@dataclass(frozen=True, slots=True)
class Box:
    """Millimetres from the page's upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Block:
    """A text that has been fitted, what it takes, and the side it stands on."""

    fitted: Fitted
    weight: Weight
    reading: Reading
    rightmost: bool
    ascent: float
    descent: float

    @property
    def leading(self) -> float:
        """Height of a line in millimetres."""
        return (self.ascent + self.descent) * self.fitted.size * POINT

    @property
    def height(self) -> float:
        return self.leading * len(self.fitted.lines)

    @classmethod
    def of_name(cls, pen: Pen, text: str, *, width: float, height: float, largest: float, smallest: float) -> Self:
        """A name as large as it fits, whole. Below `smallest` points it rather breaks a word."""
        reading = Reading.of(text)
        ascent, descent = _extent(text, reading)
        fitted = fit_name(
            text,
            lambda line: pen.width(line, Weight.BOLD, reading),
            width=width / POINT,
            height=height / POINT,
            leading=ascent + descent,
            largest=largest,
            smallest=smallest,
        )
        return cls(fitted, Weight.BOLD, reading, reading.leftwards, ascent, descent)

    @classmethod
    def of_lesser(cls, pen: Pen, text: str, *, width: float, size: float, most_lines: int) -> Self:
        """A text that shrinks by a quarter and then ends with an ellipsis, if it must."""
        reading = Reading.of(text)
        ascent, descent = _extent(text, reading)
        fitted = fit_text(
            text,
            lambda line: pen.width(line, Weight.REGULAR, reading),
            width=width / POINT,
            most_lines=most_lines,
            largest=size,
            smallest=size * 0.75,
        )
        return cls(fitted, Weight.REGULAR, reading, reading.leftwards, ascent, descent)

    def write(self, pen: Pen, box: Box, *, top: float) -> None:
        """Each line at the side of the box where its script begins."""
        size = self.fitted.size
        for number, line in enumerate(self.fitted.lines):
            width = pen.width(line, self.weight, self.reading) * size * POINT
            x = box.x + box.width - width if self.rightmost else box.x
            base = top + number * self.leading + self.ascent * size * POINT
            pen.write(line, self.weight, self.reading, size=size, x=x, base=base)


def write_centred(pen: Pen, text: str, weight: Weight, *, size: float, box: Box, base: float) -> None:
    """One short line in the middle of the box, smaller if it must to stay inside. `base` is from the page's top."""
    reading = Reading.of(text)
    width = pen.width(text, weight, reading)
    size = min(size, box.width / (width * POINT))
    pen.write(text, weight, reading, size=size, x=box.x + (box.width - width * size * POINT) / 2, base=base)


def _extent(text: str, reading: Reading) -> tuple[float, float]:
    """Above and below the base line, in parts of the size, of the fonts this text needs."""
    typefaces = {typeface for _, typeface in set_in(text, reading.order) if typeface is not None}
    return max(each.ascent for each in typefaces), max(each.descent for each in typefaces)
