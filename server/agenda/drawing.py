"""An agenda while it grows: what could come next, how each of these stands, and which of them is taken.

The rules of one comparison are the fields of `Standing`, in their order. It reads no clock and no database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from server.agenda.circumstances import Situation
from server.agenda.library import MOST_MINUTES as LONGEST_PROMPT
from server.agenda.models import Circumstance, PairHistory, Prompt, PromptPhase, Side
from server.agenda.ranking import (
    LASTING_MATTERS,
    MOST_OF_THE_THEME,
    Places,
    Rank,
    Said,
    first_matter,
    matters_of,
    order_by,
    relevance,
)

#: A good first meeting is twenty minutes.
MOST_MINUTES = 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How many prompts an agenda holds at most, and the phases that it always holds: room is kept for them."""

    most_prompts: int
    always_held: Sequence[PromptPhase]


class Standing(NamedTuple):
    """How a prompt stands among those that could come next: the smaller is taken, and the first rule that differs
    decides. `last_had` is as `had_at` gives it.
    """

    last_had: tuple[int, int]
    is_for_any_talk: bool
    relevance: Rank
    matter: int
    times_with_others: int
    is_of_other_side: bool
    order: bytes


@dataclass(slots=True, kw_only=True)
class Draw:
    """`suitable` is all that could be asked of these two; `with_others` counts each that the reader has elsewhere."""

    situation: Situation
    side: Side
    seed: bytes
    suitable: Sequence[Prompt]
    had_at: Mapping[str, tuple[int, int]]
    places: Places
    theme_places: frozenset[PromptPhase]
    with_others: Mapping[str, int]
    limits: Limits
    taken: list[Prompt] = field(default_factory=list)

    def take_best(self, phase: PromptPhase) -> None:
        """The best prompt of that phase that fits into the time, where there is one."""
        ranked = self.ranked(phase)
        if ranked:
            self.taken.append(ranked[0][1])

    def ranked(self, phase: PromptPhase) -> list[tuple[Standing, Prompt]]:
        """What of that phase could come next, the best first."""
        left = self._minutes_left(phase)
        had = {prompt.key for prompt in self.taken}
        said = Said.by(self.taken)
        may_take_the_theme = self._may_take_the_theme(phase)
        could = [
            (self._standing(prompt, said), prompt)
            for prompt in self.suitable
            if prompt.phase is phase and prompt.minutes <= left and prompt.key not in had
            if may_take_the_theme or not prompt.theme
        ]
        return sorted(could, key=lambda each: each[0])

    def _may_take_the_theme(self, phase: PromptPhase) -> bool:
        """The event's own packs are asked from in their places only, once in each, whatever else is used up."""
        spoken_to = [prompt.phase for prompt in self.taken if prompt.theme]
        return phase in self.theme_places and phase not in spoken_to and len(spoken_to) < MOST_OF_THE_THEME

    def still_fits(self, prompt: Prompt) -> bool:
        """Within the limits, with room kept for what is always held."""
        return prompt.minutes <= self._minutes_left(prompt.phase)

    def _minutes_left(self, phase: PromptPhase) -> int:
        """How long one more prompt of that phase may take; nothing once there are enough of them."""
        phases = {phase, *(prompt.phase for prompt in self.taken)}
        missing = sum(held not in phases for held in self.limits.always_held)
        if len(self.taken) + 1 + missing > self.limits.most_prompts:
            return 0
        return MOST_MINUTES - sum(prompt.minutes for prompt in self.taken) - LONGEST_PROMPT * missing

    def _standing(self, prompt: Prompt, said: Said) -> Standing:
        rank = relevance(prompt, said, self.situation, self.places)
        return Standing(
            last_had=self.had_at.get(prompt.key, FRESH),
            is_for_any_talk=self.situation.is_guided and not _belongs_in_a_one_to_one(prompt, rank),
            relevance=rank,
            matter=first_matter(prompt) if rank is Rank.SUITS_THESE_TWO else 0,
            times_with_others=self.with_others.get(prompt.key, 0),
            is_of_other_side=prompt.side is not self.side,
            order=order_by(self.seed, prompt.key),
        )


def _belongs_in_a_one_to_one(prompt: Prompt, rank: Rank) -> bool:
    """What was written for it, and in its place what lasts between these two: promises, needs, common ground."""
    lasts = rank is Rank.SUITS_THESE_TWO and not LASTING_MATTERS.isdisjoint(matters_of(prompt.when))
    return lasts or Circumstance.ONE_TO_ONE in prompt.when


#: Where a prompt stands among what the reader and the other had in earlier talks, when it is in neither.
FRESH = (0, 0)


def had_at(history: PairHistory) -> Mapping[str, tuple[int, int]]:
    """Of each key that either of the two put to the other, where it stands last in what each had, from 1; 0 for never.

    It is no question for this pair any more. Once a phase is used up, first comes what only the other asked, then what
    was asked longest ago.
    """
    asked = {key: at for at, key in enumerate(history.asked, start=1)}
    asked_by_other = {key: at for at, key in enumerate(history.asked_by_other, start=1)}
    return {key: (asked.get(key, 0), asked_by_other.get(key, 0)) for key in asked.keys() | asked_by_other.keys()}
