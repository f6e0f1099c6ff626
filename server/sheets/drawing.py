"""One badge on its label: the name large, the QR code with its short code, the rest small. Decides where things stand.

Everything keeps the format's padding from the edge. Only the QR code's blank quiet zone reaches into it, and by a
fraction of a large letter its own overhang, such as the foot of a J.
"""

from dataclasses import dataclass, replace

import qrcode
from qrcode.constants import ERROR_CORRECT_M

from server.sheets.fitting import Fitted, fit_name, fit_text
from server.sheets.formats import Arrangement, Format
from server.sheets.lines import Reading
from server.sheets.models import Face
from server.sheets.pen import POINT, Pen
from server.sheets.typefaces import Weight, set_in

#: Blank modules around a QR code (ISO/IEC 18004).
QUIET_MODULES = 4
ASK_ME_ABOUT = "Ask me about"

#: Sizes beside the format's own text size.
_TITLE = 0.85
_LABEL = 0.8
_CODE = 1.2
#: A name this many times the text size is still read across a table; smaller ones rather break a word.
_SMALLEST_NAME = 1.4
_MOST_ASK_LINES = {Arrangement.BESIDE: 3, Arrangement.BENEATH: 5}
#: Between one text and the next, in parts of the text size.
_GAP = 0.35


@dataclass(frozen=True, slots=True)
class _Box:
    """Millimetres from the page's upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Block:
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


def draw_badge(pen: Pen, face: Face, *, event_title: str, on: Format, corner: tuple[float, float]) -> None:
    """Draw the badge on the label whose upper left corner is `corner`."""
    matrix = qr_matrix(face.address)
    quiet = QUIET_MODULES * on.qr / (len(matrix) + 2 * QUIET_MODULES)
    inset = max(on.padding - quiet, 0)
    x, y = corner
    code_height = on.text * _CODE * POINT
    qr = _Box(x + on.width - inset - on.qr, 0, on.qr, on.qr)
    words = _Box(x + on.padding, y + on.padding, on.width - 2 * on.padding, on.height - 2 * on.padding)
    if on.arrangement is Arrangement.BESIDE:
        qr_y = y + (on.height - on.qr - code_height) / 2
        words = _Box(words.x, words.y, qr.x - words.x, words.height)
        asked = words
    else:
        qr_y = y + on.height - on.padding - code_height - on.qr
        asked = _Box(words.x, qr_y + quiet, qr.x - words.x, words.y + words.height - qr_y - quiet)
        words = _Box(words.x, words.y, words.width, qr_y - words.y)
    pen.squares(matrix, x=qr.x + quiet, y=qr_y + quiet, side=on.qr - 2 * quiet)
    _write_code(pen, face.code, on, x=qr.x, width=on.qr, base=qr_y + on.qr + 0.8 * code_height)
    taken = _write_asked(pen, face, on, asked)
    if on.arrangement is Arrangement.BESIDE:
        words = _Box(words.x, words.y, words.width, words.height - taken)
    _write_name(pen, face, event_title, on, words)


def qr_matrix(address: str) -> list[list[bool]]:
    """The QR code's modules without quiet zone, dark ones true; level M: 15 % of it may be unreadable."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(address, optimize=0)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def grouped(code: str) -> str:
    """The short code as it is read aloud: `ABCD EFGH`."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def _write_code(pen: Pen, code: str, on: Format, *, x: float, width: float, base: float) -> None:
    size = on.text * _CODE
    reading = Reading.of(code)
    taken = pen.width(grouped(code), Weight.BOLD, reading) * size * POINT
    pen.write(grouped(code), Weight.BOLD, reading, size=size, x=x + (width - taken) / 2, base=base)


def _write_asked(pen: Pen, face: Face, on: Format, box: _Box) -> float:
    """At the bottom of its box; how much of it is taken, with the gap above."""
    if face.ask_me_about is None:
        return 0
    label = _lesser(pen, ASK_ME_ABOUT, box, size=on.text * _LABEL, most_lines=1)
    asked = _lesser(pen, face.ask_me_about, box, size=on.text, most_lines=_MOST_ASK_LINES[on.arrangement])
    top = box.y + box.height - label.height - asked.height
    _write(pen, asked, box, top=top + label.height)
    label = replace(label, rightmost=asked.rightmost)
    _write(pen, label, box, top=top)
    return label.height + asked.height + 2 * _GAP * on.text * POINT


def _write_name(pen: Pen, face: Face, event_title: str, on: Format, box: _Box) -> None:
    """The event's title on top, name and pronouns in the middle of what is left."""
    gap = _GAP * on.text * POINT
    title = _lesser(pen, event_title, box, size=on.text * _TITLE, most_lines=1) if event_title else None
    if title is not None:
        _write(pen, title, box, top=box.y)
        box = _Box(box.x, box.y + title.height + gap, box.width, box.height - title.height - gap)
    pronouns = _lesser(pen, face.pronouns, box, size=on.text, most_lines=1) if face.pronouns else None
    below = pronouns.height + gap if pronouns is not None else 0
    name = _name(pen, face.name, on, width=box.width, height=box.height - below)
    top = box.y + (box.height - name.height - below) / 2
    _write(pen, name, box, top=top)
    if pronouns is not None:
        pronouns = replace(pronouns, rightmost=name.rightmost)
        _write(pen, pronouns, box, top=top + name.height + gap)


def _name(pen: Pen, text: str, on: Format, *, width: float, height: float) -> _Block:
    reading = Reading.of(text)
    ascent, descent = _extent(text, reading)
    fitted = fit_name(
        text,
        lambda line: pen.width(line, Weight.BOLD, reading),
        width=width / POINT,
        height=height / POINT,
        leading=ascent + descent,
        largest=on.largest_name,
        smallest=on.text * _SMALLEST_NAME,
    )
    return _Block(fitted, Weight.BOLD, reading, reading.leftwards, ascent, descent)


def _lesser(pen: Pen, text: str, box: _Box, *, size: float, most_lines: int) -> _Block:
    reading = Reading.of(text)
    ascent, descent = _extent(text, reading)
    fitted = fit_text(
        text,
        lambda line: pen.width(line, Weight.REGULAR, reading),
        width=box.width / POINT,
        most_lines=most_lines,
        largest=size,
        smallest=size * 0.75,
    )
    return _Block(fitted, Weight.REGULAR, reading, reading.leftwards, ascent, descent)


def _extent(text: str, reading: Reading) -> tuple[float, float]:
    """Above and below the base line, in parts of the size, of the fonts this text needs."""
    typefaces = {typeface for _, typeface in set_in(text, reading.order) if typeface is not None}
    return max(each.ascent for each in typefaces), max(each.descent for each in typefaces)


def _write(pen: Pen, block: _Block, box: _Box, *, top: float) -> None:
    """Each line at the side of the box where its script begins."""
    size = block.fitted.size
    for number, line in enumerate(block.fitted.lines):
        width = pen.width(line, block.weight, block.reading) * size * POINT
        x = box.x + box.width - width if block.rightmost else box.x
        base = top + number * block.leading + block.ascent * size * POINT
        pen.write(line, block.weight, block.reading, size=size, x=x, base=base)
