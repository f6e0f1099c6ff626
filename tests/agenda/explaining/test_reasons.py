"""Each rule by which one prompt comes before another has its sentence."""

from typing import Any

import pytest

from server.agenda.drawing import Standing
from server.agenda.explaining.reasons import rule_between
from server.agenda.models import CardField, Circumstance, Prompt, PromptPhase, Side
from server.agenda.ranking import Rank, first_matter

BEST = Standing((0, 0), False, Rank.SUITS_THESE_TWO, 0, 0, False, b"")
PROMISED = Prompt("promised", PromptPhase.HELP, Side.A, "", "", 3, when=(Circumstance.READER_PROMISED,))
NEWCOMER = Prompt("new", PromptPhase.HELP, Side.A, "", "", 3, about=CardField.SEEKING, when=(Circumstance.NEWCOMER,))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"last_had": (3, 0)}, "one of the two has put it to the other before"),
        ({"is_for_any_talk": True}, "it is not written for a 1-2-1"),
        ({"relevance": Rank.QUOTES_THE_CARD}, "it quotes seeking, not quoted yet"),
        ({"relevance": Rank.HARPS_ON}, "it harps on what was spoken of, or comes out of its place"),
        ({"matter": first_matter(NEWCOMER)}, "what the reader promised comes before being new here"),
        ({"times_with_others": 1}, "the reader has it with one other person today"),
        ({"times_with_others": 2}, "the reader has it with 2 other people today"),
        ({"is_of_other_side": True}, "it is written for the other side"),
        ({"order": b"1"}, "the draw"),
    ],
)
def test_the_first_rule_that_differs_is_told(change: dict[str, Any], said: str) -> None:
    assert rule_between((BEST, PROMISED), (BEST._replace(**change), NEWCOMER)) == said


def test_once_a_phase_is_used_up_it_is_told_which_was_had_more_lately() -> None:
    older, newer = BEST._replace(last_had=(1, 0)), BEST._replace(last_had=(2, 0))

    assert rule_between((older, PROMISED), (newer, NEWCOMER)) == "it was had more lately"
