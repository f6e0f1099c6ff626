"""Writes agendas out as a page to be read aloud: a file of cards, each asked by somebody who meets them twice.

What makes a reader wince is mended in the library, not here. Nothing of this is ever shown to attendees.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from server.agenda.choosing import choose_agenda
from server.agenda.library import library_in
from server.agenda.models import Agenda, CardField, PairHistory, Side
from server.registrations.models import Card

_TOLD_ABOUT_A_CARD = {"kind", "reads"}
_NAMES = {
    CardField.UP_TO: "is up to",
    CardField.SEEKING: "would welcome help with",
    CardField.OFFERING: "can help with",
    CardField.ASK_ME_ABOUT: "likes to be asked about",
    CardField.GOOD_INTRODUCTION: "would like to meet",
}
#: Every fourth talk is a second one, so that those questions are read as well.
_FIRST_TALKS_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class SampleCard:
    """An invented card, why it is in the file, and the language of the one who meets them."""

    card: Card
    kind: str
    reads: str


@dataclass(frozen=True, slots=True)
class Talk:
    """What one reader was given about one card; `number` counts the talks of the two."""

    other: SampleCard
    number: int
    agenda: Agenda


def read_cards(content: str) -> tuple[SampleCard, ...]:
    """The cards written in `content` as TOML, each under [[cards]]."""
    return tuple(
        SampleCard(
            card=Card(**{key: value for key, value in entry.items() if key not in _TOLD_ABOUT_A_CARD}),
            kind=entry["kind"],
            reads=entry["reads"],
        )
        for entry in tomllib.loads(content)["cards"]
    )


def talks(cards: Sequence[SampleCard]) -> Iterator[Talk]:
    """Each card asked by the next in the file; now and then it is the second talk of the two."""
    readers = islice(cycle(cards), 1, None)
    for place, (other, reader) in enumerate(zip(cards, readers, strict=False)):
        side = Side.A if place % 2 else Side.B
        first = _agenda(reader, other, side, PairHistory())
        if place % (_FIRST_TALKS_IN_A_ROW + 1) < _FIRST_TALKS_IN_A_ROW:
            yield Talk(other, 1, first)
        else:
            had = PairHistory(conversations=1, asked=tuple(prompt.key for prompt in first.prompts))
            yield Talk(other, 2, _agenda(reader, other, side, had))


def page(cards: Sequence[SampleCard]) -> str:
    """The talks as a page of Markdown."""
    lines = [
        "# Agendas to read aloud",
        "",
        f"{len(cards)} invented cards, each with the questions that somebody who met them was given. Made by",
        "`./run prompts review tests/prompts/cards.toml`; read it aloud, and mend in the library what makes you wince.",
    ]
    for talk in talks(cards):
        lines += ["", *_lines_of(talk)]
    return "\n".join(lines) + "\n"


def _lines_of(talk: Talk) -> Iterator[str]:
    card = talk.other.card
    again = ", met for the second time" if talk.number > 1 else ""
    yield f"## {card.name} ({talk.other.kind}){again}"
    yield ""
    said = [(name, card_field.of(card)) for card_field, name in _NAMES.items()]
    yield from (f"- {name}: {words}" for name, words in said if words)
    yield from (f"- {words}" for words, holds in _circumstances(card) if holds)
    yield ""
    for prompt in talk.agenda.prompts:
        quote = f"“{prompt.quote}” " if prompt.quote else ""
        yield f"{prompt.phase.value.replace('_', ' ').capitalize()}: {quote}**{prompt.text}** *{prompt.why}*"
        yield ""
    yield f"{talk.agenda.minutes} minutes."


def _circumstances(card: Card) -> tuple[tuple[str, bool], ...]:
    return (
        ("is new here", card.new_here),
        ("is between things", card.between_things),
        ("left the card empty", not any(card_field.of(card) for card_field in CardField)),
    )


def _agenda(reader: SampleCard, other: SampleCard, side: Side, history: PairHistory) -> Agenda:
    return choose_agenda(
        reader=reader.card,
        other=other.card,
        history=history,
        shown=(),
        side=side,
        seed=other.card.name.encode(),
        library=library_in(other.reads),
    )
