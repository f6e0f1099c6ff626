"""From badges to a finished PDF. Takes seconds for many badges, so it belongs in a worker thread."""

from collections.abc import Callable, Sequence
from datetime import datetime

from server.sheets.drawing import ASK_ME_ABOUT, draw_badge, grouped
from server.sheets.formats import Format
from server.sheets.models import Face
from server.sheets.pen import Pen
from server.sheets.typefaces import Weight


def make_pdf(
    faces: Sequence[Face], *, event_title: str, on: Format, now: datetime, progress: Callable[[int], None]
) -> tuple[bytes, int]:
    """The file and its number of pages. `progress` is told how many badges were drawn since it was told last."""
    texts = {
        Weight.BOLD: {face.name for face in faces} | {grouped(face.code) for face in faces},
        Weight.REGULAR: {ASK_ME_ABOUT, event_title}
        | {text for face in faces for text in (face.pronouns, face.ask_me_about) if text is not None},
    }
    with Pen(on.page, texts, title="Badges", now=now) as pen:
        for number, face in enumerate(faces):
            place = number % on.per_page
            if place == 0:
                pen.new_page()
            draw_badge(pen, face, event_title=event_title, on=on, corner=on.corner(place))
            progress(1)
        return pen.finished(), pen.pages
