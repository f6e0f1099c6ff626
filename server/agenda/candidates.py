"""The prompts kept ready for a card that nobody has scanned yet, made from that card alone.

The same for every reader: what depends on who reads, or on how often two have met, is left to
`choosing` once a swap is known.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from server.agenda.circumstances import OF_THE_CARD, Situation, as_shown, fits
from server.agenda.models import CardField, ChosenPrompt, Library, Prompt, PromptPhase, Side
from server.agenda.ranking import Said, order_by, places_for_matters, places_for_the_theme, relevance
from server.registrations.models import Card

#: How many of each phase *for each side*: one more than an agenda holds, so that one can be passed over.
#: Sixteen in all; fewer where the library has fewer, and never below twelve with a library that is whole.
OF_EACH_SIDE: Mapping[PromptPhase, int] = {
    PromptPhase.OPEN: 2,
    PromptPhase.LEARN: 3,
    PromptPhase.HELP: 1,
    PromptPhase.WHO_ELSE: 1,
    PromptPhase.CLOSE: 1,
}


def candidates(other: Card, library: Library) -> tuple[ChosenPrompt, ...]:
    """Twelve to sixteen prompts about `other`, along the arc, the better ones first within each phase.

    A phone that picks offline takes those of its own side, in this order.
    """
    situation = Situation.between(reader=Card(name=""), other=other)
    fitting = [prompt for prompt in library.prompts if can_be_ready(prompt) and fits(prompt, situation)]
    by_side = {side: _for_one_side(side, fitting, situation, _seed_of(other)) for side in Side}
    ready = [prompt for phase in PromptPhase for side in Side for prompt in by_side[side] if prompt.phase is phase]
    return tuple(as_shown(prompt, situation) for prompt in ready)


def candidates_of_packs(other: Card, prompts: Sequence[Prompt]) -> tuple[ChosenPrompt, ...]:
    """At most two about `other` for each side from the event's own packs in one language, along the arc.

    They come on top of `candidates`: somebody who reads another language does without them and lacks nothing.
    """
    situation = Situation.between(reader=Card(name=""), other=other)
    fitting = [prompt for prompt in prompts if can_be_ready(prompt) and fits(prompt, situation)]
    ready = [prompt for side in Side for prompt in _theme_for_one_side(side, fitting, situation, _seed_of(other))]
    return tuple(as_shown(prompt, situation) for phase in PromptPhase for prompt in ready if prompt.phase is phase)


def _theme_for_one_side(side: Side, fitting: Sequence[Prompt], situation: Situation, seed: bytes) -> list[Prompt]:
    own = [prompt for prompt in fitting if prompt.side is side]
    matters = places_for_matters(own, seed)
    phases = places_for_the_theme(own, situation.quotes, seed, matters)
    taken: list[Prompt] = []
    for phase in [phase for phase in PromptPhase if phase in phases]:
        said = Said.by(taken)
        best = min(
            (prompt for prompt in own if prompt.phase is phase),
            key=lambda prompt: (relevance(prompt, said, situation, matters), order_by(seed, prompt.key)),
        )
        taken.append(best)
    return taken


def can_be_ready(prompt: Prompt) -> bool:
    """Whether a card alone can decide that it fits, so that it may be kept ready."""
    return OF_THE_CARD.issuperset(prompt.when)


def _for_one_side(side: Side, fitting: Sequence[Prompt], situation: Situation, seed: bytes) -> list[Prompt]:
    own = [prompt for prompt in fitting if prompt.side is side]
    places = places_for_matters(own, seed)
    taken: list[Prompt] = []
    for phase in [phase for phase, count in OF_EACH_SIDE.items() for _ in range(count)]:
        said = Said.by(taken)
        left = [prompt for prompt in own if prompt.phase is phase and prompt not in taken]
        ranks = {
            prompt.key: (relevance(prompt, said, situation, places), order_by(seed, prompt.key)) for prompt in left
        }
        taken += sorted(left, key=lambda prompt: ranks[prompt.key])[:1]
    return taken


def _seed_of(card: Card) -> bytes:
    """A seed from the card itself: the same for all readers, another for the next person."""
    words = [card.name, *(field.of(card) or "" for field in CardField)]
    return sha256("\x1f".join(words).encode("utf-8", "surrogatepass")).digest()
