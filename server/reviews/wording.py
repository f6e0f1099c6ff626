"""What a review can say: the grounds that a reason rests on, and the shapes for each in `drafts/`."""

from enum import StrEnum
from pathlib import Path

from server.drafts.reading import DraftBook


class Ground(StrEnum):
    """What in the record the reason and the draft rest on; each has shapes of its own."""

    PROMISE = "promise"
    THIRD = "third"
    INSIGHT = "insight"
    CARD = "card"
    TALK = "talk"
    TOUCH = "touch"


_QUOTED = frozenset({"name", "quote", "times"})

#: `name` is the first name of the one it is written to, `quote` a literal piece of what was written down, `times` and
#: `when` stand as `saying` puts them, `event` is a title.
DRAFTS = DraftBook(
    folder=Path(__file__).with_name("drafts"),
    places={
        Ground.PROMISE: _QUOTED,
        Ground.THIRD: frozenset({"name", "times"}),
        Ground.INSIGHT: _QUOTED,
        Ground.CARD: _QUOTED,
        Ground.TALK: frozenset({"name", "event", "times"}),
        Ground.TOUCH: frozenset({"name", "when", "times"}),
    },
)
