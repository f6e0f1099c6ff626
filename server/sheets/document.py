"""From badges to a finished PDF. Takes seconds for many badges, so it belongs in a thread or a process of its own."""

from collections.abc import Callable, Sequence
from datetime import datetime

from server.sheets.drawing import ASK_ME_ABOUT, draw_badge, grouped
from server.sheets.formats import Format
from server.sheets.models import Face, Heading
from server.sheets.pen import Pen
from server.sheets.typefaces import Weight


def make_pdf(
    faces: Sequence[Face],
    *,
    heading: Heading,
    on: Format,
    now: datetime,
    progress: Callable[[int], None],
    outlines: bool = False,
) -> tuple[bytes, int]:
    """The file and its number of pages. `progress` is told how many badges were drawn since it was told last.

    With `outlines` every label of the paper is outlined, also where no badge is.
    """
    texts = {
        Weight.BOLD: {face.name for face in faces} | {grouped(face.code) for face in faces},
        Weight.REGULAR: {ASK_ME_ABOUT, heading.host, heading.event_title}
        | {text for face in faces for text in (face.pronouns, face.ask_me_about) if text is not None},
    }
    with Pen(on.page, texts, title="Badges", now=now) as pen:
        for number, face in enumerate(faces):
            place = number % on.per_page
            if place == 0:
                pen.new_page()
                if outlines:
                    _outline(pen, on)
            draw_badge(pen, face, heading=heading, on=on, corner=on.corner(place))
            progress(1)
        return pen.finished(), pen.pages


def _outline(pen: Pen, on: Format) -> None:
    for place in range(on.per_page):
        x, y = on.corner(place)
        pen.outline(x=x, y=y, width=on.width, height=on.height)
