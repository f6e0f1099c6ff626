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
    SHARE_OFFER = "share_offer"
    SHARE_NEED = "share_need"
    SHARE_LEARNED = "share_learned"
    SPEAK_UP_UP_TO = "speak_up_up_to"
    SPEAK_UP_LEARNED = "speak_up_learned"
    INSIGHT = "insight"
    NOTE = "note"
    KEPT_PROMISE = "kept_promise"
    ASK_OFFER = "ask_offer"


class SpeakUpBecause(StrEnum):
    """Why a word for what somebody is up to, where it is not that something was learned from them."""

    NEW = "speak_up_new"
    BETWEEN = "speak_up_between"
    CAN_HELP = "speak_up_can_help"


#: `name` is the first name of the one it is written to, `quote` a literal piece of what was written down or stands on
#: their card, `mine` one of what the reader offers or learned.
_PLACES = {
    Ground.PROMISE_UNQUOTED: {"name"},
    Ground.BOTH_AGAIN: {"name"},
    Ground.SHARE_OFFER: {"name", "quote", "mine"},
    Ground.SHARE_NEED: {"name", "mine"},
    Ground.SHARE_LEARNED: {"name", "quote", "mine"},
}

DRAFTS = DraftBook(
    folder=Path(__file__).with_name("drafts"),
    places={ground: frozenset(_PLACES.get(ground, {"name", "quote"})) for ground in Ground},
    told_as={
        Ground.BOTH_AGAIN_AFTER_INSIGHT: "both_again",
        **{ground: "promise" for ground in Ground if ground.startswith("promise_")},
    },
    more_reasons=frozenset(SpeakUpBecause),
    fewest=5,  # as many as an evening has suggestions at most
)

_SPOKEN_UP = {"en": "A word for their work", "de": "Ein Wort für diese Arbeit"}


def spoken_up(language: str) -> str:
    """How a word for somebody's work is remembered among what was given; without theirs, which may not stay."""
    return _SPOKEN_UP[DRAFTS.in_language(language).language]
