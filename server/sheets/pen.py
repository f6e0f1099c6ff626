"""Writes text and QR codes on the pages of one PDF, in millimetres. Knows nothing of badges and formats."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from fpdf import FPDF
from fpdf.enums import TextDirection

from server.sheets.fitting import ELLIPSIS
from server.sheets.lines import Reading, pieces
from server.sheets.typefaces import Typeface, Weight, cut, signs_needed

#: One point of type in millimetres.
POINT = 25.4 / 72
#: Widths grow evenly with the size, so each text is measured once, at this one.
_MEASURED_AT = 100.0


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
        self._pdf.c_margin = 0
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
            self._widths[key] = sum(
                self._set(piece.typeface, weight, _MEASURED_AT, leftwards=piece.leftwards).get_string_width(piece.text)
                for piece in pieces(text, reading)
            ) / (_MEASURED_AT * POINT)
        return self._widths[key]

    def write(self, line: str, weight: Weight, reading: Reading, *, size: float, x: float, base: float) -> None:
        """The line from its left end at `x`, on the base line at `base`. `size` is in points."""
        for piece in pieces(line, reading):
            pdf = self._set(piece.typeface, weight, size, leftwards=piece.leftwards)
            width = pdf.get_string_width(piece.text)
            # A cell puts the base line at half its height and three tenths of the type size.
            pdf.set_xy(x, base - 0.8 * size * POINT)
            pdf.cell(width, size * POINT, piece.text)
            x += width

    def squares(self, matrix: list[list[bool]], *, x: float, y: float, side: float) -> None:
        """A QR code's dark modules within a square of `side`, as one filled path so that no seams show."""
        module = side / len(matrix)
        path = []
        for row, cells in enumerate(matrix):
            start = 0
            while start < len(cells):
                end = start
                while end < len(cells) and cells[end]:
                    end += 1
                if end > start:
                    path.append(f"{start} {len(matrix) - row - 1} {end - start} 1 re")
                start = end + 1
        scale = module / POINT
        origin = f"{x / POINT:.3f} {(self._pdf.h - y - side) / POINT:.3f}"
        # Through the drawing interface each module would be an object: ten times the time and the bytes.
        self._pdf._out(f"q {scale:.5f} 0 0 {scale:.5f} {origin} cm {' '.join(path)} f Q")  # noqa: SLF001

    def _set(self, typeface: Typeface, weight: Weight, size: float, *, leftwards: bool) -> FPDF:
        self._pdf.set_font(_family(typeface, weight), size=size)
        self._pdf.set_text_shaping(True, direction=TextDirection.RTL if leftwards else TextDirection.LTR)
        return self._pdf


def _family(typeface: Typeface, weight: Weight) -> str:
    return f"{typeface.name}-{weight.name}".lower()
