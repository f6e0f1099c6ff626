"""What printing badges can be refused for."""

from collections.abc import Sequence

from server.errors import DomainError
from server.sheets.models import BadgesWanted, NotPrintable


class NothingToPrint(DomainError):
    """No badge of this event is asked for. Nothing was logged.

    `left_out` holds the badges that were, but whose names no font here can write.
    """

    def __init__(self, wanted: BadgesWanted, *, left_out: Sequence[NotPrintable] = ()) -> None:
        super().__init__()
        self.wanted = wanted
        self.left_out = tuple(left_out)

    @property
    def message(self) -> str:
        if self.left_out:
            return "None of these badges can be printed: no font here has the signs of their names."
        return _NOTHING[self.wanted]


_NOTHING = {
    BadgesWanted.ALL: "There is no badge to print: nobody has a place at this event yet.",
    BadgesWanted.NEW: "There is no badge to print: all of this event's were printed before.",
    BadgesWanted.NEW_WALK_INS: "There is no badge to print: everybody registered on the spot has a printed one.",
    BadgesWanted.ONE: "There is no badge to print: this place was cancelled, or has no badge.",
}


class BadgesChanged(DomainError):
    """A badge was reissued or a place cancelled while the sheets were made. Nothing counts as printed."""

    @property
    def message(self) -> str:
        return "A badge was replaced while the sheets were being made, so they were thrown away. Please try again."
