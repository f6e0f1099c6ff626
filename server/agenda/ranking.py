"""Which of the prompts that fit is the better one: each rule a small function with its reason.

Shared by the agenda of a pair and by the candidates of a card. It chooses nothing itself, and holds no
opinion on people, only on questions.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache, lru_cache
from hashlib import sha256

from server.agenda.circumstances import LEFT_OPEN, Situation
from server.agenda.models import CardField, Circumstance, Prompt, PromptPhase


class Rank(IntEnum):
    """How well a prompt goes on from what was said so far, the best first."""

    SUITS_THESE_TWO = 0
    IS_THE_THEME = 1
    QUOTES_THE_CARD = 2
    SUITS_ANYBODY = 3
    HARPS_ON = 4


#: The theme of the day is spoken to once or twice in a talk, not all the time.
MOST_OF_THE_THEME = 2
#: A card with so few quotable fields may be quoted twice, in different phases.
FEW_FIELDS = 2


class Matter(StrEnum):
    """What deserves one prompt of its own in an agenda. Of two that meet in one place the first here comes first."""

    PROMISES = "promises"
    NEEDS = "needs"
    INTRODUCTION = "introduction"
    MEETING_AGAIN = "meeting_again"
    WHAT_THEY_OFFER = "what_they_offer"
    WHAT_THEY_SEEK = "what_they_seek"
    COMMON_GROUND = "common_ground"
    NEW_HERE = "new_here"
    BEEN_HERE = "been_here"
    BETWEEN_THINGS = "between_things"


_ORDER_OF: Mapping[Matter, int] = {matter: place for place, matter in enumerate(Matter)}
_MATTER_OF: Mapping[Circumstance, Matter] = {
    Circumstance.READER_PROMISED: Matter.PROMISES,
    Circumstance.READER_KEPT: Matter.PROMISES,
    Circumstance.NEED_NOTED: Matter.NEEDS,
    Circumstance.INTRODUCED: Matter.INTRODUCTION,
    Circumstance.AGAIN: Matter.MEETING_AGAIN,
    Circumstance.SECOND_MEETING: Matter.MEETING_AGAIN,
    Circumstance.THIRD_MEETING: Matter.MEETING_AGAIN,
    Circumstance.THEY_OFFER: Matter.WHAT_THEY_OFFER,
    Circumstance.THEY_SEEK: Matter.WHAT_THEY_SEEK,
    Circumstance.COMMON_TOPIC: Matter.COMMON_GROUND,
    Circumstance.NEWCOMER: Matter.NEW_HERE,
    Circumstance.READER_NEWCOMER: Matter.NEW_HERE,
    Circumstance.RETURNING: Matter.BEEN_HERE,
    Circumstance.BETWEEN_THINGS: Matter.BETWEEN_THINGS,
}

#: The phase that is about what somebody wrote into that field: no general question is worth as much there.
_ANSWERED_BY: Mapping[CardField, PromptPhase] = {
    CardField.SEEKING: PromptPhase.HELP,
    CardField.GOOD_INTRODUCTION: PromptPhase.WHO_ELSE,
}

_ARC: Mapping[PromptPhase, int] = {phase: place for place, phase in enumerate(PromptPhase)}
#: What belongs into any talk of these two, however they came to sit together.
LASTING_MATTERS = frozenset(
    {Matter.PROMISES, Matter.NEEDS, Matter.WHAT_THEY_OFFER, Matter.WHAT_THEY_SEEK, Matter.COMMON_GROUND}
)

#: The fields whose words a matter quotes.
_SPOKEN_FOR: Mapping[CardField, Matter] = {
    CardField.OFFERING: Matter.WHAT_THEY_OFFER,
    CardField.SEEKING: Matter.WHAT_THEY_SEEK,
}

Places = Mapping[Matter, frozenset[PromptPhase]]


@cache
def matters_of(when: tuple[Circumstance, ...]) -> tuple[Matter, ...]:
    """What a prompt with these conditions speaks to, in the order of `Matter`."""
    spoken_to = {_MATTER_OF.get(each) for each in when}
    return tuple(matter for matter in Matter if matter in spoken_to)


def first_matter(prompt: Prompt) -> int:
    """Of two prompts in one place, the one whose matter stands first in `Matter` comes first."""
    return min((_ORDER_OF[matter] for matter in matters_of(prompt.when)), default=len(Matter))


def places_for_matters(fitting: Sequence[Prompt], seed: bytes) -> Places:
    """Where in the arc each matter is spoken to: in one phase, drawn by the seed, apart from the others if it can be.

    Once is kind; a whole talk about being new would be tiresome. People who have met before open with
    what happened since, and come back to it in one more place.
    """
    spoken_to = [(matters_of(prompt.when), prompt.phase) for prompt in fitting if prompt.when]
    places: dict[Matter, frozenset[PromptPhase]] = {}
    for matter in Matter:
        phases = {phase for matters, phase in spoken_to if matter in matters}
        opens = phases & {PromptPhase.OPEN} if matter is Matter.MEETING_AGAIN else frozenset()
        claimed = frozenset().union(*places.values())
        drawn = sorted(phases - opens, key=lambda phase: (phase in claimed, order_by(seed, f"{matter}/{phase}")))
        places[matter] = frozenset(opens | set(drawn[:1]))
    return places


def places_for_the_theme(
    fitting: Sequence[Prompt], quoted: Collection[CardField], seed: bytes, matters: Places
) -> frozenset[PromptPhase]:
    """Where in the arc the event's own packs are asked from, once in each: drawn by the seed, rather where no matter
    of these two belongs, and where the other's own words say neither what would help them nor whom they look for.
    """
    phases = {prompt.phase for prompt in fitting if prompt.theme}
    answered = {_ANSWERED_BY[each] for each in quoted if each in _ANSWERED_BY}
    claimed = frozenset().union(*matters.values())
    drawn = sorted(phases, key=lambda phase: (phase in answered, phase in claimed, order_by(seed, f"theme/{phase}")))
    return frozenset(drawn[:MOST_OF_THE_THEME])


@dataclass(frozen=True, slots=True)
class Said:
    """What the prompts taken so far speak of already, each with the phases in which they do."""

    matters: frozenset[tuple[Matter, PromptPhase]]
    quoted: frozenset[tuple[CardField, PromptPhase]]
    fields: frozenset[CardField]
    gaps: frozenset[CardField]

    @classmethod
    def by(cls, taken: Iterable[Prompt]) -> "Said":
        taken = tuple(taken)
        return cls(
            matters=frozenset((each, prompt.phase) for prompt in taken for each in matters_of(prompt.when)),
            quoted=frozenset((prompt.about, prompt.phase) for prompt in taken if prompt.about),
            fields=frozenset(prompt.about for prompt in taken if prompt.about),
            gaps=frozenset(LEFT_OPEN[each] for prompt in taken for each in prompt.when if each in LEFT_OPEN),
        )

    def times(self, matter: Matter) -> int:
        return sum(spoken_to is matter for spoken_to, _ in self.matters)

    def has_quoted(self, field: CardField) -> bool:
        return field in self.fields


def relevance(prompt: Prompt, said: Said, situation: Situation, places: Places) -> Rank:
    """How well a prompt goes on from what was said so far."""
    if prompt.when and (_is_out_of_place(prompt, said, places) or _asks_for_the_same_gap(prompt, said)):
        return Rank.HARPS_ON
    if prompt.about and not matters_of(prompt.when) and _is_spoken_for(prompt.about, prompt.phase, places):
        return Rank.HARPS_ON
    if prompt.about and said.has_quoted(prompt.about):
        return Rank.SUITS_ANYBODY if _may_quote_again(prompt.about, prompt.phase, said, situation) else Rank.HARPS_ON
    if matters_of(prompt.when):
        return Rank.SUITS_THESE_TWO
    if prompt.theme:
        return Rank.IS_THE_THEME
    return Rank.QUOTES_THE_CARD if prompt.about else Rank.SUITS_ANYBODY


def _is_out_of_place(prompt: Prompt, said: Said, places: Places) -> bool:
    """A matter is spoken to in its own place in the arc, once there, and as often as it has places."""
    matters = matters_of(prompt.when)
    if not matters:
        return False
    return not any(prompt.phase in places[each] for each in matters) or any(
        (each, prompt.phase) in said.matters or said.times(each) >= len(places[each]) for each in matters
    )


def _is_spoken_for(field: CardField, phase: PromptPhase, places: Places) -> bool:
    """The words in which an offer meets a need are kept for the question about that while its place is to come."""
    matter = _SPOKEN_FOR.get(field)
    return matter is not None and any(_ARC[place] > _ARC[phase] for place in places[matter])


def _asks_for_the_same_gap(prompt: Prompt, said: Said) -> bool:
    """What a card left open is asked for once; twice would sound like a form to fill in."""
    return any(LEFT_OPEN.get(each) in said.gaps for each in prompt.when)


def _may_quote_again(field: CardField, phase: PromptPhase, said: Said, situation: Situation) -> bool:
    """The talk moves over the whole card; only a short card is come back to, and in another phase."""
    return len(situation.quotes) <= FEW_FIELDS and (field, phase) not in said.quoted


@lru_cache(maxsize=8_192)
def order_by(seed: bytes, key: str) -> bytes:
    """A shuffled order that any machine repeats: SHA-256 over the seed and the key."""
    return sha256(b"%d/%b/%b" % (len(seed), seed, key.encode())).digest()
