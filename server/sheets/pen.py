"""Writes text, QR codes and outlines on the pages of one PDF, in millimetres. Knows nothing of badges and formats."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

from fpdf import FPDF
from fpdf.enums import TextDirection
from fpdf.fonts import TTFFont

from server.sheets.fitting import ELLIPSIS
from server.sheets.lines import Piece, Reading, pieces
from server.sheets.symbols import Lines
from server.sheets.typefaces import Typeface, Weight, cut, signs_needed

#: One point of type in millimetres.
POINT = 25.4 / 72
#: So many texts are remembered with their widths; sheets of any size take no more.
_MOST_REMEMBERED = 4096
#: Outlines of labels: a grey hair, to be seen on a test print and no more.
_HAIR = 0.3
_GREY = 0.55


class Pen:
    """One document. Use it with `with`: the cut fonts lie in a folder of their own until then.

    `texts` are all texts that will be written, at each weight: only their signs get into the file.
    """

    def __init__(
        self, page: tuple[float, float], texts: Mapping[Weight, Iterable[str]], *, title: str, now: datetime
    ) -> None:
        self._pdf = FPDF(unit="mm", format=page)
        self._pdf.set_auto_page_break(auto=False)
        self._pdf.set_margin(0)
        self._pdf.set_title(title)
        self._pdf.set_creation_date(now)
        self._texts = texts
        self._widths: dict[tuple[str, Weight, Reading], float] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        folder = Path(self._open.enter_context(TemporaryDirectory(prefix="handsel-fonts-")))
        for weight, texts in self._texts.items():
            needed: defaultdict[Typeface, set[str]] = defaultdict(set)
            for text in texts:
                for typeface, signs in signs_needed(text, always=ELLIPSIS).items():
                    needed[typeface] |= signs
            for typeface, signs in needed.items():
                self._pdf.add_font(_family(typeface, weight), fname=cut(typeface, weight, signs, folder))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def new_page(self) -> None:
        self._pdf.add_page()

    @property
    def pages(self) -> int:
        return self._pdf.pages_count

    def finished(self) -> bytes:
        """The whole file. Nothing can be written after it."""
        return bytes(self._pdf.output())

    def width(self, text: str, weight: Weight, reading: Reading) -> float:
        """How wide the line is, in parts of its type size."""
        key = (text, weight, reading)
        if key not in self._widths:
            if len(self._widths) >= _MOST_REMEMBERED:
                self._widths.clear()
            self._widths[key] = sum(self._width(piece, weight) for piece in pieces(text, reading))
        return self._widths[key]

    def write(self, line: str, weight: Weight, reading: Reading, *, size: float, x: float, base: float) -> None:
        """The line from its left end at `x`, on the base line at `base`. `size` is in points."""
        for piece in pieces(line, reading):
            self._write(piece, self._font(piece.typeface, weight), size, x / POINT, self._pdf.h / POINT - base / POINT)
            x += self._width(piece, weight) * size * POINT

    def squares(self, rows: Lines, *, x: float, y: float, side: float) -> None:
        """A QR code's dark modules within a square of `side`, as one filled path so that no seams show."""
        path = []
        for number, row in enumerate(rows):
            start, rest = 0, row
            while rest:
                blank = (rest & -rest).bit_length() - 1
                start, rest = start + blank, rest >> blank
                length = (~rest & rest + 1).bit_length() - 1
                path.append(f"{start} {len(rows) - number - 1} {length} 1 re")
                start, rest = start + length, rest >> length
        scale = side / len(rows) / POINT
        origin = f"{x / POINT:.3f} {(self._pdf.h - y - side) / POINT:.3f}"
        # Through the drawing interface each module would be an object: ten times the time and the bytes.
        self._out(f"q {scale:.5f} 0 0 {scale:.5f} {origin} cm {' '.join(path)} f Q")

    def outline(self, *, x: float, y: float, width: float, height: float) -> None:
        """A thin grey rectangle."""
        box = " ".join(f"{length / POINT:.2f}" for length in (x, self._pdf.h - y - height, width, height))
        self._out(f"q {_HAIR} w {_GREY} G {box} re S Q")

    def _write(self, piece: Piece, font: TTFFont, size: float, x: float, base: float) -> None:
        """One piece at a place in points. Written here, since the library looks for directions in it once more."""
        set_font = self._pdf._set_font_for_page(font, size, wrap_in_text_object=False)  # noqa: SLF001 - lists it for the page too
        told = [f"BT {set_font} 1 0 0 1 {x:.2f} {base:.2f} Tm"]
        together = ""
        for glyph in font.shape_text(piece.text, size, _direction(piece)):
            if glyph["mapped_char"] is None:
                continue
            em = font.scale * size / 1000
            if glyph["x_offset"] or glyph["y_offset"]:
                told.append(_shown(font, together))
                together = ""
                told.append(f"1 0 0 1 {x + glyph['x_offset'] * em:.2f} {base + glyph['y_offset'] * em:.2f} Tm")
            together += chr(glyph["mapped_char"])
            x += glyph["x_advance"] * em
            if glyph["force_positioning"]:
                told.append(_shown(font, together))
                together = ""
                told.append(f"1 0 0 1 {x:.2f} {base:.2f} Tm")
        self._out(" ".join([*filter(None, [*told, _shown(font, together)]), "ET"]))

    def _width(self, piece: Piece, weight: Weight) -> float:
        font = self._font(piece.typeface, weight)
        _, places = font.perform_harfbuzz_shaping(piece.text, 1, _direction(piece))
        return sum(place.x_advance for place in places or ()) * font.scale / 1000

    def _font(self, typeface: Typeface, weight: Weight) -> TTFFont:
        font = self._pdf.fonts[_family(typeface, weight)]
        assert isinstance(font, TTFFont)  # noqa: S101 - others are never added
        return font

    def _out(self, operators: str) -> None:
        self._pdf._out(operators)  # noqa: SLF001 - the way to write what the library has no word for


def _direction(piece: Piece) -> dict[str, Any]:
    return {"features": {}, "fragment_direction": TextDirection.RTL if piece.leftwards else TextDirection.LTR}


def _shown(font: TTFFont, text: str) -> str:
    return f"({font.escape_text(text)}) Tj" if text else ""


def _family(typeface: Typeface, weight: Weight) -> str:
    return f"{typeface.name}-{weight.name}".lower()
