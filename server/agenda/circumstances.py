"""When a prompt fits: what the card says, what it leaves open, and how often the two have talked.

Only facts live here; which of the fitting prompts is the better one is said in `ranking`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from server.agenda.models import CardField, ChosenPrompt, Circumstance, Prompt
from server.agenda.quoting import telling_clause
from server.registrations.models import Card


@dataclass(frozen=True, slots=True)
class Situation:
    """Who asks, who answers, what can be quoted of the answerer's card, and their earlier conversations.

    `holds` are the circumstances that are so; it follows from the rest.
    """

    reader: Card
    other: Card
    quotes: Mapping[CardField, str]
    conversations: int
    holds: frozenset[Circumstance] = frozenset()

    @classmethod
    def between(cls, *, reader: Card, other: Card, conversations: int) -> "Situation":
        situation = cls(reader=reader, other=other, quotes=quotes_of(other), conversations=conversations)
        return replace(situation, holds=frozenset(each for each, is_so in _HOLDS.items() if is_so(situation)))


#: The card field that each of the "empty" circumstances speaks of.
LEFT_OPEN: Mapping[Circumstance, CardField] = {
    Circumstance.EMPTY_UP_TO: CardField.UP_TO,
    Circumstance.EMPTY_SEEKING: CardField.SEEKING,
    Circumstance.EMPTY_OFFERING: CardField.OFFERING,
    Circumstance.EMPTY_ASK_ME_ABOUT: CardField.ASK_ME_ABOUT,
    Circumstance.EMPTY_GOOD_INTRODUCTION: CardField.GOOD_INTRODUCTION,
}

#: Circumstances that the other's card alone decides, so that they can be judged before two people meet.
OF_THE_CARD = frozenset({Circumstance.NEWCOMER, Circumstance.BETWEEN_THINGS, *LEFT_OPEN})

#: Circumstances of the two people that deserve one prompt of their own in an agenda.
OF_THE_PEOPLE = frozenset(
    {
        Circumstance.NEWCOMER,
        Circumstance.BETWEEN_THINGS,
        Circumstance.READER_NEWCOMER,
        Circumstance.AGAIN,
    }
)


def quotes_of(card: Card) -> Mapping[CardField, str]:
    """The telling clause of each field that has one; a field of emoji alone counts as left open."""
    quotes = {field: telling_clause(field.of(card)) for field in CardField}
    return {field: quote for field, quote in quotes.items() if quote is not None}


def _leaves_open(field: CardField, situation: Situation) -> bool:
    return field not in situation.quotes


def _is_a_newcomer_among_us(newcomer: Card, host: Card) -> bool:
    """Two newcomers cannot show each other around: they get the prompts that suit anybody."""
    return newcomer.new_here and not host.new_here


_HOLDS: Mapping[Circumstance, Callable[[Situation], bool]] = {
    Circumstance.NEWCOMER: lambda situation: _is_a_newcomer_among_us(situation.other, situation.reader),
    Circumstance.BETWEEN_THINGS: lambda situation: situation.other.between_things,
    Circumstance.READER_NEWCOMER: lambda situation: _is_a_newcomer_among_us(situation.reader, situation.other),
    Circumstance.FIRST_MEETING: lambda situation: situation.conversations == 0,
    Circumstance.AGAIN: lambda situation: situation.conversations > 0,
    **{circumstance: partial(_leaves_open, field) for circumstance, field in LEFT_OPEN.items()},
}


def fits(prompt: Prompt, situation: Situation) -> bool:
    """Whether all that the prompt asks for is so: its circumstances, and words to quote from its field.

    The "empty" circumstances are what keeps a prompt from asking what the card already answers.
    """
    return (prompt.about is None or prompt.about in situation.quotes) and situation.holds.issuperset(prompt.when)


def as_shown(prompt: Prompt, situation: Situation) -> ChosenPrompt:
    """The prompt with the other's words above it; a field that has since become empty gives none."""
    return ChosenPrompt(
        key=prompt.key,
        phase=prompt.phase,
        side=prompt.side,
        quote=situation.quotes.get(prompt.about) if prompt.about else None,
        text=prompt.text,
        why=prompt.why,
        about=prompt.about,
        minutes=prompt.minutes,
    )
