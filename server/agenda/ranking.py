"""Which of the prompts that fit is the better one: each rule a small function with its reason.

Shared by the agenda of a pair and by the candidates of a card. It chooses nothing itself, and holds no
opinion on people, only on questions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Said:
    """What the prompts taken so far speak of already, each with the phases in which they do."""

    circumstances: frozenset[tuple[Circumstance, PromptPhase]]
    quoted: frozenset[tuple[CardField, PromptPhase]]
    gaps: frozenset[CardField]

    @classmethod
    def by(cls, taken: Iterable[Prompt]) -> "Said":
        taken = tuple(taken)
        return cls(
            circumstances=frozenset((each, prompt.phase) for prompt in taken for each in prompt.when),
            quoted=frozenset((prompt.about, prompt.phase) for prompt in taken if prompt.about),
            gaps=frozenset(LEFT_OPEN[each] for prompt in taken for each in prompt.when if each in LEFT_OPEN),
        )

    def has_quoted(self, field: CardField) -> bool:
        return any(quoted is field for quoted, _ in self.quoted)


def relevance(prompt: Prompt, said: Said, situation: Situation, places: Places) -> int:
    """How well a prompt goes on from what was said so far; the smaller the better."""
    if prompt.when and (_is_out_of_place(prompt, said, places) or _asks_for_the_same_gap(prompt, said)):
        return HARPS_ON
    if prompt.about and said.has_quoted(prompt.about):
        return SUITS_ANYBODY if _may_quote_again(prompt.about, prompt.phase, said, situation) else HARPS_ON
    if OF_THE_PEOPLE.intersection(prompt.when):
        return SUITS_THESE_TWO
    return QUOTES_THE_CARD if prompt.about else SUITS_ANYBODY


def _is_out_of_place(prompt: Prompt, said: Said, places: Places) -> bool:
    """A circumstance is spoken to in its own place in the arc, and once there."""
    return any(
        (each, prompt.phase) in said.circumstances or prompt.phase not in places[each]
        for each in OF_THE_PEOPLE.intersection(prompt.when)
    )


def _asks_for_the_same_gap(prompt: Prompt, said: Said) -> bool:
    """What a card left open is asked for once; twice would sound like a form to fill in."""
    return any(LEFT_OPEN.get(each) in said.gaps for each in prompt.when)


def _may_quote_again(field: CardField, phase: PromptPhase, said: Said, situation: Situation) -> bool:
    """The talk moves over the whole card; only a short card is come back to, and in another phase."""
    return len(situation.quotes) <= FEW_FIELDS and (field, phase) not in said.quoted


def order_by(seed: bytes, key: str) -> bytes:
    """A shuffled order that any machine repeats: SHA-256 over the seed and the key."""
    return sha256(b"%d/%b/%b" % (len(seed), seed, key.encode())).digest()
