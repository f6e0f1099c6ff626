import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from server.agenda.drawing import MOST_MINUTES
from server.agenda.models import PromptPhase, Side
from server.vault.picking import OF_EACH_PHASE, pick, side_of

PICKS: dict[str, Any] = json.loads(Path(__file__).with_name("picks.json").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Ready:
    key: str
    phase: PromptPhase
    side: Side
    minutes: int


def prompts_of(entry: str) -> list[Ready]:
    return [
        Ready(each["key"], PromptPhase(each["phase"]), Side(each["side"]), each["minutes"])
        for each in PICKS["entries"][entry]
    ]


@pytest.mark.parametrize("case", PICKS["cases"], ids=lambda case: case["about"])
def test_a_phone_picks_by_the_one_rule(case: dict[str, Any]) -> None:
    assert pick(prompts_of(case["entry"]), side=Side(case["side"]), asked=case["asked"]) == case["picked"]


@pytest.mark.parametrize("case", PICKS["sides"], ids=lambda case: f"{case['mine'][:4]}-{case['theirs'][:4]}")
def test_the_lower_lookup_is_side_a(case: dict[str, Any]) -> None:
    mine, theirs = bytes.fromhex(case["mine"]), bytes.fromhex(case["theirs"])

    assert side_of(mine=mine, theirs=theirs) is Side(case["side"])
    assert side_of(mine=theirs, theirs=mine) is not Side(case["side"])


def test_the_vectors_tell_the_figures_of_the_rule() -> None:
    assert PICKS["rule"] == {"ofEachPhase": dict(OF_EACH_PHASE), "mostMinutes": MOST_MINUTES}
