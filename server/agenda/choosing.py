"""Chooses the prompts of one side: a pure function from two cards, what the two have had, circumstances and a seed.

It reads no clock, no database and no order of sets; the same facts always give the same agenda. What makes one prompt
the better is said in `ranking` and `drawing`, each rule with its reason.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from server.agenda.circumstances import Shared, Situation, as_shown, fits
from server.agenda.drawing import Draw, Limits, had_at
from server.agenda.models import Agenda, Library, PairHistory, Prompt, PromptPhase, Side
from server.agenda.ranking import places_for_matters, places_for_the_theme
from server.registrations.models import Card

#: Five to seven questions are what two people can ask in twenty minutes. Without somebody to help and somebody else to
#: meet, a talk is only a talk: both sides always hold these.
OF_A_TALK = Limits(most_prompts=7, always_held=(PromptPhase.HELP, PromptPhase.WHO_ELSE))
#: With this much to quote, a third question to learn from is worth its minutes.
FIELDS_FOR_A_THIRD_LEARN = 3

#: In a 1-2-1 the two have sat down for it: they go deeper, help both ways, and say at the end what comes next.
OF_A_ONE_TO_ONE = Limits(most_prompts=8, always_held=(PromptPhase.HELP, PromptPhase.WHO_ELSE, PromptPhase.CLOSE))
_DUE_IN_A_ONE_TO_ONE: Mapping[PromptPhase, int] = {
    PromptPhase.OPEN: 1,
    PromptPhase.LEARN: 3,
    PromptPhase.HELP: 2,
    PromptPhase.WHO_ELSE: 1,
    PromptPhase.CLOSE: 1,
}


def choose_agenda(
    *,
    reader: Card,
    other: Card,
    history: PairHistory,
    shown: Sequence[str],
    side: Side,
    seed: bytes,
    library: Library,
    shared: Shared = MappingProxyType({}),
    with_others: Sequence[str] = (),
) -> Agenda:
    """The prompts that `reader` sees about `other`, in order; `other` is the card as the reader may see it.

    `seed` belongs to the pair's conversation and is the same for both sides. `shown` are the library keys that the
    reader's phone already showed offline: the agenda begins with them; keys this library lacks are passed
    over. `shared` are the words of the other's card that meet the reader's, and `with_others` the keys that the reader
    has about other people today, once for each. The language is the library's, so give the one of the reader.
    """
    situation = Situation.between(reader=reader, other=other, history=history, shared=shared)
    draw = drawing(situation, side=side, seed=seed, library=library, with_others=with_others, limits=OF_A_TALK)
    for key in dict.fromkeys(shown):
        if key in library.by_key and draw.still_fits(library.by_key[key]):
            draw.taken.append(library.by_key[key])
    for phase in rest_of_the_arc(draw.taken, situation):
        draw.take_best(phase)
    return Agenda(library.language, tuple(as_shown(prompt, situation) for prompt in draw.taken))


def choose_guided_agenda(
    *,
    reader: Card,
    other: Card,
    history: PairHistory,
    side: Side,
    seed: bytes,
    library: Library,
    shared: Shared = MappingProxyType({}),
) -> Agenda:
    """The prompts of one side of a 1-2-1 that the two agreed on: about twenty minutes of questions, never more.

    As `choose_agenda`, with what was written for a 1-2-1 before anything else. Give `history` as before the 1-2-1.
    """
    situation = Situation.between(reader=reader, other=other, history=history, shared=shared, is_guided=True)
    draw = drawing(situation, side=side, seed=seed, library=library, with_others=(), limits=OF_A_ONE_TO_ONE)
    for phase, due in _DUE_IN_A_ONE_TO_ONE.items():
        for _ in range(due):
            draw.take_best(phase)
    return Agenda(library.language, tuple(as_shown(prompt, situation) for prompt in draw.taken))


def drawing(
    situation: Situation, *, side: Side, seed: bytes, library: Library, with_others: Sequence[str], limits: Limits
) -> Draw:
    """An agenda for this situation with nothing taken yet."""
    suitable = [prompt for prompt in library.prompts if fits(prompt, situation) and _may_open(prompt, side)]
    had = had_at(situation.history)
    fresh = [prompt for prompt in suitable if prompt.key not in had]
    places = places_for_matters(fresh, seed)
    return Draw(
        situation=situation,
        side=side,
        seed=seed,
        suitable=suitable,
        had_at=had,
        places=places,
        theme_places=places_for_the_theme(fresh, situation.quotes, seed, places),
        with_others=Counter(with_others),
        limits=limits,
    )


def rest_of_the_arc(taken: Sequence[Prompt], situation: Situation) -> list[PromptPhase]:
    """What follows what was shown: an opening only where nothing was asked yet, and each phase its due."""
    learn = 3 if len(situation.quotes) >= FIELDS_FOR_A_THIRD_LEARN else 2
    due = {PromptPhase.OPEN: 0 if taken else 1, PromptPhase.LEARN: learn} | dict.fromkeys(
        (*OF_A_TALK.always_held, PromptPhase.CLOSE), 1
    )
    had = [prompt.phase for prompt in taken]
    return [phase for phase in PromptPhase for _ in range(due[phase] - had.count(phase))]


def _may_open(prompt: Prompt, side: Side) -> bool:
    """An opening belongs to one side alone, so two people never open with the same question.

    It holds for any two cards and for phones that cannot ask each other. In later phases the side is
    only a preference.
    """
    return prompt.phase is not PromptPhase.OPEN or prompt.side is side
