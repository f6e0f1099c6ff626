"""One badge on its label: the name large, the QR code with its short code, the rest small. Decides where things stand.

Everything keeps the format's padding from the edge. Only the QR code's blank quiet zone reaches into it, and by a
fraction of a large letter its own overhang, such as the foot of a J.
"""

from dataclasses import replace

from server.sheets.blocks import Block, Box, write_centred
from server.sheets.formats import Arrangement, Format
from server.sheets.models import Face, Heading
from server.sheets.pen import POINT, Pen
from server.sheets.symbols import QUIET_MODULES, Lines, symbol_of
from server.sheets.typefaces import Weight

ASK_ME_ABOUT = "Ask me about"

#: Sizes beside the format's own text size.
_TITLE = 0.85
_LABEL = 0.8
_CODE = 1.2
_HOST = 0.8
#: A line's height in parts of its size, where only capitals, digits and small Latin letters stand in it.
_LATIN_LEADING = 1.1
#: A name this many times the text size is still read across a table; smaller ones rather break a word.
_SMALLEST_NAME = 1.4
_MOST_ASK_LINES = {Arrangement.BESIDE: 3, Arrangement.BENEATH: 5}
#: Between one text and the next, in parts of the text size.
_GAP = 0.35


def draw_badge(pen: Pen, face: Face, *, heading: Heading, on: Format, corner: tuple[float, float]) -> None:
    """Draw the badge on the label whose upper left corner is `corner`."""
    rows = symbol_of(face.address)
    quiet = _quiet(rows, on)
    inset = max(on.padding - quiet, 0)
    x, y = corner
    beneath = (_CODE + _HOST) * _LATIN_LEADING * on.text * POINT
    qr_x = x + on.width - inset - on.qr
    words = Box(x + on.padding, y + on.padding, on.width - 2 * on.padding, on.height - 2 * on.padding)
    if on.arrangement is Arrangement.BESIDE:
        spare = on.height - inset - on.padding - on.qr - beneath
        qr = Box(qr_x, y + inset + spare / 2, on.qr, on.qr)
        words = Box(words.x, words.y, qr.x - words.x, words.height)
        asked = words
    else:
        qr = Box(qr_x, y + on.height - on.padding - beneath - on.qr, on.qr, on.qr)
        asked = Box(words.x, qr.y + quiet, qr.x - words.x, words.y + words.height - qr.y - quiet)
        words = Box(words.x, words.y, words.width, qr.y - words.y)
    pen.squares(rows, x=qr.x + quiet, y=qr.y + quiet, side=on.qr - 2 * quiet)
    _write_code(pen, face.code, heading.host, on, qr)
    taken = _write_asked(pen, face, on, asked)
    if on.arrangement is Arrangement.BESIDE:
        words = Box(words.x, words.y, words.width, words.height - taken)
    _write_name(pen, face, heading.event_title, on, words)


def _quiet(rows: Lines, on: Format) -> float:
    """The width of the quiet zone in millimetres."""
    return QUIET_MODULES * on.qr / (len(rows) + 2 * QUIET_MODULES)


def grouped(code: str) -> str:
    """The short code as it is read aloud: `ABCD EFGH`."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def _write_code(pen: Pen, code: str, host: str, on: Format, qr: Box) -> None:
    """Beneath the QR code: what to type, and where a scan leads, so that a sticker of somebody else's is noticed."""
    size = on.text * _CODE
    base = qr.y + qr.height + 0.8 * _LATIN_LEADING * size * POINT
    write_centred(pen, grouped(code), Weight.BOLD, size=size, box=qr, base=base)
    size = on.text * _HOST
    write_centred(pen, host, Weight.REGULAR, size=size, box=qr, base=base + _LATIN_LEADING * size * POINT)


def _write_asked(pen: Pen, face: Face, on: Format, box: Box) -> float:
    """At the bottom of its box; how much of it is taken, with the gap above."""
    if face.ask_me_about is None:
        return 0
    label = Block.of_lesser(pen, ASK_ME_ABOUT, width=box.width, size=on.text * _LABEL, most_lines=1)
    asked = Block.of_lesser(
        pen, face.ask_me_about, width=box.width, size=on.text, most_lines=_MOST_ASK_LINES[on.arrangement]
    )
    top = box.y + box.height - label.height - asked.height
    asked.write(pen, box, top=top + label.height)
    replace(label, rightmost=asked.rightmost).write(pen, box, top=top)
    return label.height + asked.height + 2 * _GAP * on.text * POINT


def _write_name(pen: Pen, face: Face, event_title: str, on: Format, box: Box) -> None:
    """The event's title on top, name and pronouns in the middle of what is left."""
    gap = _GAP * on.text * POINT
    if event_title:
        title = Block.of_lesser(pen, event_title, width=box.width, size=on.text * _TITLE, most_lines=1)
        title.write(pen, box, top=box.y)
        box = Box(box.x, box.y + title.height + gap, box.width, box.height - title.height - gap)
    pronouns = (
        Block.of_lesser(pen, face.pronouns, width=box.width, size=on.text, most_lines=1) if face.pronouns else None
    )
    below = pronouns.height + gap if pronouns is not None else 0
    name = Block.of_name(
        pen,
        face.name,
        width=box.width,
        height=box.height - below,
        largest=on.largest_name,
        smallest=on.text * _SMALLEST_NAME,
    )
    top = box.y + (box.height - name.height - below) / 2
    name.write(pen, box, top=top)
    if pronouns is not None:
        replace(pronouns, rightmost=name.rightmost).write(pen, box, top=top + name.height + gap)
