"""The one rule by which a phone picks prompts offline, here in Python; the phone's own is held to the same vectors
(`tests/vault/picks.json`). It chooses among what an entry holds and makes nothing new.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from server.agenda.drawing import MOST_MINUTES
from server.agenda.models import PromptPhase, Side

#: How many of each phase one side reads, in the order of the arc: six prompts at most.
OF_EACH_PHASE: Mapping[PromptPhase, int] = {
    PromptPhase.OPEN: 1,
    PromptPhase.LEARN: 2,
    PromptPhase.HELP: 1,
    PromptPhase.WHO_ELSE: 1,
    PromptPhase.CLOSE: 1,
}


class Candidate(Protocol):
    """What the rule reads of a prompt."""

    @property
    def key(self) -> str: ...
    @property
    def phase(self) -> PromptPhase: ...
    @property
    def side(self) -> Side: ...
    @property
    def minutes(self) -> int: ...


def side_of(*, mine: bytes, theirs: bytes) -> Side:
    """Which side I am on: A when my badge's lookup is the lower one, byte by byte. Both phones find the same."""
    return Side.A if mine < theirs else Side.B


def pick(prompts: Sequence[Candidate], *, side: Side, asked: Collection[str]) -> list[str]:
    """The keys to show, in order. `prompts` stand as in the entry; `asked` are keys this phone already showed about
    this person: they come again only where a phase has nothing else left.
    """
    picked: list[Candidate] = []
    for phase, most in OF_EACH_PHASE.items():
        mine = [prompt for prompt in prompts if prompt.side is side and prompt.phase is phase]
        fresh_first = sorted(mine, key=lambda prompt: prompt.key in asked)
        for prompt in fresh_first:
            of_phase = sum(each.phase is phase for each in picked)
            minutes = sum(each.minutes for each in picked) + prompt.minutes
            if of_phase < most and minutes <= MOST_MINUTES:
                picked.append(prompt)
    return [prompt.key for prompt in picked]
