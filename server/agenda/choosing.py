"""Chooses the prompts of one side of one swap: a pure function from two cards, a history and a seed.

It reads no clock, no database and no order of sets; the same facts always give the same agenda. Each
rule is one small function below, with its reason. Topics that two cards share are not weighed here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from server.agenda.circumstances import Situation, as_shown, fits
from server.agenda.library import MOST_MINUTES as LONGEST_PROMPT
from server.agenda.models import (
    Agenda,
    Library,
    PairHistory,
    Prompt,
    PromptPhase,
    Side,
)
from server.agenda.ranking import Places, Said, order_by, places_for_matters, relevance
from server.registrations.models import Card

#: A good first meeting is twenty minutes, and five to seven questions are what two people can ask in it.
MOST_MINUTES = 20
MOST_PROMPTS = 7
#: With this much to quote, a third question to learn from is worth its minutes.
FIELDS_FOR_A_THIRD_LEARN = 3
#: Without somebody to help and somebody else to meet, a talk is only a talk: both sides always hold these.
ALWAYS_HELD = (PromptPhase.HELP, PromptPhase.WHO_ELSE)


def choose_agenda(
    *,
    reader: Card,
    other: Card,
    history: PairHistory,
    shown: Sequence[str],
    side: Side,
    seed: bytes,
    library: Library,
) -> Agenda:
    """The prompts that `reader` sees about `other`, in order.

    `seed` belongs to the pair's swap and is the same for both sides. `shown` are the library keys that the
    reader's phone already showed offline: the agenda begins with them; keys this library lacks are passed
    over. The language is the library's, so give the one of the reader.
    """
    situation = Situation.between(reader=reader, other=other, history=history)
    suitable = [prompt for prompt in library.prompts if fits(prompt, situation) and _may_open(prompt, side)]
    fresh = [prompt for prompt in suitable if not _was_had(prompt, history)]
    draw = _Draw(
        situation=situation,
        history=history,
        side=side,
        seed=seed,
        suitable=suitable,
        fresh=fresh,
        places=places_for_matters(fresh, seed),
    )
    for key in dict.fromkeys(shown):
        if key in library.by_key and draw.still_fits(library.by_key[key]):
            draw.taken.append(library.by_key[key])
    for phase in _rest_of_the_arc(draw.taken, situation):
        draw.take_best(phase)
    return Agenda(library.language, tuple(as_shown(prompt, situation) for prompt in draw.taken))


def _rest_of_the_arc(taken: Sequence[Prompt], situation: Situation) -> list[PromptPhase]:
    """What follows what was shown: an opening only where nothing was asked yet, and each phase its due."""
    learn = 3 if len(situation.quotes) >= FIELDS_FOR_A_THIRD_LEARN else 2
    due = {PromptPhase.OPEN: 0 if taken else 1, PromptPhase.LEARN: learn} | dict.fromkeys(
        (*ALWAYS_HELD, PromptPhase.CLOSE), 1
    )
    had = [prompt.phase for prompt in taken]
    return [phase for phase in PromptPhase for _ in range(due[phase] - had.count(phase))]


@dataclass(slots=True, kw_only=True)
class _Draw:
    """The agenda while it grows: what could be asked, what of it is fresh to the pair, what was taken."""

    situation: Situation
    history: PairHistory
    side: Side
    seed: bytes
    suitable: Sequence[Prompt]
    fresh: Sequence[Prompt]
    places: Places
    taken: list[Prompt] = field(default_factory=list)

    def take_best(self, phase: PromptPhase) -> None:
        """The best prompt of that phase that fits into the time; of a phase used up, the oldest."""
        said = Said.by(self.taken)
        fresh = self._can_take(self.fresh, phase)
        if fresh:
            self.taken.append(self._best(fresh, said))
            return
        had = self._can_take(self.suitable, phase)
        if had:
            longest_ago = min(_last_had(prompt, self.history) for prompt in had)
            oldest = [prompt for prompt in had if _last_had(prompt, self.history) == longest_ago]
            self.taken.append(self._best(oldest, said))

    def still_fits(self, prompt: Prompt) -> bool:
        """Within seven prompts and twenty minutes, with room kept for what is always held."""
        return prompt.minutes <= self._minutes_left(prompt.phase)

    def _minutes_left(self, phase: PromptPhase) -> int:
        """How long one more prompt of that phase may take; nothing once there are enough of them."""
        phases = {phase, *(prompt.phase for prompt in self.taken)}
        missing = sum(held not in phases for held in ALWAYS_HELD)
        if len(self.taken) + 1 + missing > MOST_PROMPTS:
            return 0
        return MOST_MINUTES - sum(prompt.minutes for prompt in self.taken) - LONGEST_PROMPT * missing

    def _can_take(self, prompts: Sequence[Prompt], phase: PromptPhase) -> list[Prompt]:
        left = self._minutes_left(phase)
        had = {prompt.key for prompt in self.taken}
        return [each for each in prompts if each.phase is phase and each.minutes <= left and each.key not in had]

    def _best(self, prompts: Sequence[Prompt], said: Said) -> Prompt:
        """What suits these two, then what is written for this side, then the seed's own order."""
        ranks = [
            (relevance(prompt, said, self.situation, self.places), prompt.side is not self.side) for prompt in prompts
        ]
        best = min(ranks)
        alike = [prompt for prompt, rank in zip(prompts, ranks, strict=True) if rank == best]
        return min(alike, key=lambda prompt: order_by(self.seed, prompt.key))


def _may_open(prompt: Prompt, side: Side) -> bool:
    """An opening belongs to one side alone, so two people never open with the same question.

    It holds for any two cards and for phones that cannot ask each other. In later phases the side is
    only a preference.
    """
    return prompt.phase is not PromptPhase.OPEN or prompt.side is side


def _was_had(prompt: Prompt, history: PairHistory) -> bool:
    """A question that either of the two put to the other is no question for this pair any more."""
    return prompt.key in history.asked or prompt.key in history.asked_by_other


def _last_had(prompt: Prompt, history: PairHistory) -> tuple[int, int]:
    """Once a phase is used up, first what only the other asked, then what was asked longest ago."""
    return (_position(prompt.key, history.asked), _position(prompt.key, history.asked_by_other))


def _position(key: str, asked: Sequence[str]) -> int:
    return max((at for at, had in enumerate(asked, start=1) if had == key), default=0)
