"""The short note that two people get once they were introduced: who did it and why, and for whom the other would like
to be introduced, word for word. It adds no praise and names nobody else.
"""

from pathlib import Path

from server.drafts.reading import DraftBook
from server.introductions.models import Introduction
from server.registrations.models import Card

NOTES = DraftBook(
    folder=Path(__file__).with_name("notes"),
    places={
        "note": frozenset({"introducer", "other", "quote"}),
        "note_with_wish": frozenset({"introducer", "other", "quote", "wish"}),
    },
    has_reasons=False,
)


#: Quotation marks within a quotation.
_INNER = str.maketrans({"“": "\u2018", "”": "\u2019", "„": "\u201a", '"': "'"})


def note_for(introduction: Introduction, *, introducer: Card, other: Card, language: str) -> str:
    """The note for one of the two about the other, the same whenever it is read."""
    words = {"introducer": introducer.first_name, "other": other.first_name, "quote": _inside(introduction.reason)}
    ground = "note"
    if other.good_introduction is not None:
        ground, words = "note_with_wish", words | {"wish": other.good_introduction}
    return NOTES.in_language(language).draft(ground, seed=introduction.id.bytes, place=0, **words)


def _inside(reason: str) -> str:
    """The reason as it stands between quotation marks within a sentence: the same words."""
    return reason.removesuffix(".").translate(_INNER)
