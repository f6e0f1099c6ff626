"""Which of the prompts that fit is the better one: each rule a small function with its reason.

Shared by the agenda of a pair and by the candidates of a card. It chooses nothing itself, and holds no
opinion on people, only on questions.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from server.agenda.circumstances import LEFT_OPEN, OF_THE_PEOPLE, Situation
from server.agenda.models import CardField, Circumstance, Prompt, PromptPhase

#: Ranks, best first.
SUITS_THESE_TWO, QUOTES_THE_CARD, SUITS_ANYBODY, HARPS_ON = range(4)
#: A card with so few quotable fields may be quoted twice, in different phases.
FEW_FIELDS = 2

Places = Mapping[Circumstance, frozenset[PromptPhase]]


def places_for_circumstances(fitting: Sequence[Prompt], seed: bytes) -> Places:
    """Where in the arc each circumstance is spoken to: in one phase, drawn by the seed.

    Once is kind; a whole talk about being new would be tiresome. People who have met before open with
    what happened since, and come back to it in one more place.
    """
    places = {}
    for circumstance in OF_THE_PEOPLE:
        phases = {prompt.phase for prompt in fitting if circumstance in prompt.when}
        opens = phases & {PromptPhase.OPEN} if circumstance is Circumstance.AGAIN else frozenset()
        drawn = min(phases - opens, key=lambda phase: order_by(seed, f"{circumstance}/{phase}"), default=None)
        places[circumstance] = frozenset(opens | ({drawn} if drawn else set()))
    return places


def relevance(prompt: Prompt, taken: Sequence[Prompt], situation: Situation, places: Places) -> int:
    """How well a prompt goes on from what was taken so far; the smaller the better."""
    if _is_out_of_place(prompt, taken, places) or _asks_for_the_same_gap(prompt, taken):
        return HARPS_ON
    if prompt.about in _quoted_in(taken):
        return SUITS_ANYBODY if _may_quote_again(prompt, taken, situation) else HARPS_ON
    if OF_THE_PEOPLE.intersection(prompt.when):
        return SUITS_THESE_TWO
    return QUOTES_THE_CARD if prompt.about else SUITS_ANYBODY


def _is_out_of_place(prompt: Prompt, taken: Sequence[Prompt], places: Places) -> bool:
    """A circumstance is spoken to in its own place in the arc, and once there."""
    people = OF_THE_PEOPLE.intersection(prompt.when)
    already = {circumstance for other in taken if other.phase is prompt.phase for circumstance in other.when}
    return bool(people & already) or any(prompt.phase not in places[circumstance] for circumstance in people)


def _asks_for_the_same_gap(prompt: Prompt, taken: Sequence[Prompt]) -> bool:
    """What a card left open is asked for once; twice would sound like a form to fill in."""
    return any(_gaps(prompt) & _gaps(other) for other in taken)


def _gaps(prompt: Prompt) -> set[CardField]:
    return {LEFT_OPEN[circumstance] for circumstance in prompt.when if circumstance in LEFT_OPEN}


def _quoted_in(taken: Iterable[Prompt]) -> set[CardField | None]:
    return {prompt.about for prompt in taken if prompt.about}


def _may_quote_again(prompt: Prompt, taken: Sequence[Prompt], situation: Situation) -> bool:
    """The talk moves over the whole card; only a short card is come back to, and in another phase."""
    phases = {other.phase for other in taken if other.about is prompt.about}
    return len(situation.quotes) <= FEW_FIELDS and prompt.phase not in phases


def order_by(seed: bytes, key: str) -> bytes:
    """A shuffled order that any machine repeats: SHA-256 over the seed and the key."""
    return sha256(b"%d/%b/%b" % (len(seed), seed, key.encode())).digest()
