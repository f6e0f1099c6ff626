"""When a prompt fits: what the card says, what it leaves open, and what the two have had with each other.

Only facts live here; which of the fitting prompts is the better one is said in `ranking`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

from server.agenda.models import NEVER_MET, CardField, ChosenPrompt, Circumstance, PairHistory, Prompt
from server.agenda.quoting import telling_clause
from server.registrations.models import Card

#: Where the other's card speaks of what the two share: for each such circumstance, the words of each field that do.
Shared = Mapping[Circumstance, Mapping[CardField, str]]


@dataclass(frozen=True, slots=True)
class Situation:
    """Who asks, who answers, what can be quoted of the answerer's card, and what the two have had.

    `shared` are the words of the other's card that meet the reader's; `is_guided` says that this is for a 1-2-1.
    `holds` are the circumstances that are so; it follows from the rest.
    """

    reader: Card
    other: Card
    quotes: Mapping[CardField, str]
    history: PairHistory
    shared: Shared
    is_guided: bool
    holds: frozenset[Circumstance] = frozenset()

    @classmethod
    def between(
        cls,
        *,
        reader: Card,
        other: Card,
        history: PairHistory = NEVER_MET,
        shared: Shared = MappingProxyType({}),
        is_guided: bool = False,
    ) -> "Situation":
        """`other` as the reader may see them: nothing else of them has a part in what is asked."""
        situation = cls(reader, other, quotes_of(other), history, shared, is_guided)
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
OF_THE_CARD = frozenset({Circumstance.NEWCOMER, Circumstance.RETURNING, Circumstance.BETWEEN_THINGS, *LEFT_OPEN})

#: Circumstances that rest on both cards at once. A prompt with one of them quotes the words that met.
OF_BOTH_CARDS = frozenset({Circumstance.COMMON_TOPIC, Circumstance.THEY_OFFER, Circumstance.THEY_SEEK})


def quotes_of(card: Card) -> Mapping[CardField, str]:
    """The telling clause of each field that has one; a field of emoji alone counts as left open."""
    quotes = {field: telling_clause(field.of(card)) for field in CardField}
    return {field: quote for field, quote in quotes.items() if quote is not None}


def _leaves_open(field: CardField, situation: Situation) -> bool:
    return field not in situation.quotes


def _is_a_newcomer_among_us(newcomer: Card, host: Card) -> bool:
    """Two newcomers cannot show each other around: they get the prompts that suit anybody."""
    return newcomer.new_here and not host.new_here


def _shares(circumstance: Circumstance, situation: Situation) -> bool:
    return bool(situation.shared.get(circumstance))


_HOLDS: Mapping[Circumstance, Callable[[Situation], bool]] = {
    Circumstance.FIRST_MEETING: lambda situation: situation.history.conversations == 0,
    Circumstance.AGAIN: lambda situation: situation.history.conversations > 0,
    Circumstance.SECOND_MEETING: lambda situation: situation.history.conversations == 1,
    Circumstance.THIRD_MEETING: lambda situation: situation.history.conversations >= 2,
    Circumstance.NEWCOMER: lambda situation: _is_a_newcomer_among_us(situation.other, situation.reader),
    Circumstance.READER_NEWCOMER: lambda situation: _is_a_newcomer_among_us(situation.reader, situation.other),
    Circumstance.RETURNING: lambda situation: situation.other.returning,
    Circumstance.BETWEEN_THINGS: lambda situation: situation.other.between_things,
    **{circumstance: partial(_leaves_open, field) for circumstance, field in LEFT_OPEN.items()},
    **{circumstance: partial(_shares, circumstance) for circumstance in sorted(OF_BOTH_CARDS)},
    Circumstance.READER_PROMISED: lambda situation: situation.history.remembered.open_promise,
    Circumstance.READER_KEPT: lambda situation: situation.history.remembered.kept_promise,
    Circumstance.NEED_NOTED: lambda situation: situation.history.remembered.need,
    Circumstance.INTRODUCED: lambda situation: situation.history.introduced,
    Circumstance.ONE_TO_ONE: lambda situation: situation.is_guided,
}


def fits(prompt: Prompt, situation: Situation) -> bool:
    """Whether all that the prompt asks for is so: its circumstances, and words to quote from its field.

    The "empty" circumstances are what keeps a prompt from asking what the card already answers.
    """
    return situation.holds.issuperset(prompt.when) and (
        prompt.about is None or quote_above(prompt, situation) is not None
    )


def quote_above(prompt: Prompt, situation: Situation) -> str | None:
    """The other's words that stand above the prompt: those that the two share where it speaks of that, else the telling
    ones of its field. None where its field has none.
    """
    if prompt.about is None:
        return None
    for circumstance in prompt.when:
        if circumstance in OF_BOTH_CARDS:
            return situation.shared.get(circumstance, {}).get(prompt.about)
    return situation.quotes.get(prompt.about)


def as_shown(prompt: Prompt, situation: Situation) -> ChosenPrompt:
    """The prompt with the other's words above it; a field that has since become empty gives none."""
    return ChosenPrompt(
        key=prompt.key,
        phase=prompt.phase,
        side=prompt.side,
        quote=quote_above(prompt, situation),
        text=prompt.text,
        why=prompt.why,
        about=prompt.about,
        minutes=prompt.minutes,
    )
