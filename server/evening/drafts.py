"""What an evening can say: the grounds that its suggestions grow from, and the shapes for each in `drafts/`."""

from enum import StrEnum
from pathlib import Path

from server.drafts.reading import DraftBook


class Ground(StrEnum):
    """What a suggestion grew from; each has shapes of its own."""

    PROMISE_SEND = "promise_send"
    PROMISE_INTRODUCE = "promise_introduce"
    PROMISE_ANSWER = "promise_answer"
    PROMISE_MEET = "promise_meet"
    PROMISE_OTHER = "promise_other"
    PROMISE_UNQUOTED = "promise_unquoted"
    BOTH_AGAIN = "both_again"
    BOTH_AGAIN_AFTER_INSIGHT = "both_again_after_insight"
    INSIGHT = "insight"
    NOTE = "note"
    KEPT_PROMISE = "kept_promise"


#: Grounds whose shapes hold no quotation.
UNQUOTED = frozenset({Ground.PROMISE_UNQUOTED, Ground.BOTH_AGAIN})

#: `name` is the first name of the one it is written to, `quote` a literal piece of what was written down.
DRAFTS = DraftBook(
    folder=Path(__file__).with_name("drafts"),
    places={ground: frozenset({"name"} if ground in UNQUOTED else {"name", "quote"}) for ground in Ground},
    told_as={
        Ground.BOTH_AGAIN_AFTER_INSIGHT: "both_again",
        **{ground: "promise" for ground in Ground if ground.startswith("promise_")},
    },
    fewest=5,  # as many as an evening has suggestions at most
)
