"""Sheets made for tests, and looking at what is on them."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pypdfium2

from server.badges.tokens import BadgeSecret
from server.sheets.document import make_pdf
from server.sheets.formats import FORMATS, Format, FormatName
from server.sheets.models import Face, Heading
from server.sheets.pen import POINT
from tests.badges.poor_pictures import Picture

TITLE = "Repair Summit 2027"
PUBLIC_URL = "https://meet.example.org"


def face(number: int, name: str, *, pronouns: str | None = "they/them", ask_me_about: str | None = None) -> Face:
    """A badge with a token of its own."""
    secret = BadgeSecret(f"{number:026}", f"ABCD{number:04}")
    return Face(name, pronouns, ask_me_about, secret.address(PUBLIC_URL), secret.code)


def sheets(name: FormatName, *faces: Face, title: str = TITLE, outlines: bool = False) -> pypdfium2.PdfDocument:
    """The finished file, opened again."""
    pdf, _ = make_pdf(
        faces,
        heading=Heading(title, "meet.example.org"),
        on=FORMATS[name],
        now=datetime(2027, 4, 1, tzinfo=UTC),
        progress=lambda _: None,
        outlines=outlines,
    )
    return pypdfium2.PdfDocument(pdf)


@dataclass(frozen=True, slots=True)
class Sign:
    """One character on a page, with the box of its ink in millimetres from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def signs(document: pypdfium2.PdfDocument, page_number: int = 0) -> list[Sign]:
    """Every character that leaves ink on the page."""
    page = document[page_number]
    text = page.get_textpage()
    found = []
    for index in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(index)
        if right > left and top > bottom:
            height = page.get_height()
            box = [length * POINT for length in (left, height - top, right, height - bottom)]
            found.append(Sign(text.get_text_range(index, 1), *box))
    return found


def picture(document: pypdfium2.PdfDocument, page_number: int, on: Format, place: int, *, scale: float) -> Picture:
    """One label in grey, `scale` pixels to a point."""
    whole = document[page_number].render(scale=scale).to_pil().convert("L")
    x, y = on.corner(place)
    left, top, right, bottom = (length / POINT * scale for length in (x, y, x + on.width, y + on.height))
    return np.asarray(whole.crop((round(left), round(top), round(right), round(bottom))))
