"""Writes agendas out as a page to be read aloud: a file of cards, each asked by the next, on occasions of every kind.

What makes a reader wince is mended in the library, not here. Nothing of this is ever shown to attendees.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import cycle, islice
from uuid import UUID

from server.agenda.choosing import choose_agenda, choose_guided_agenda
from server.agenda.circumstances import Shared
from server.agenda.library import library_in
from server.agenda.models import Agenda, CardField, PairHistory, Remembered, Side
from server.agenda.pairs.common_ground import words_shared
from server.agenda.pairs.models import Participant
from server.registrations.models import Card

_TOLD_ABOUT_A_CARD = {"kind", "reads"}
_NAMES = {
    CardField.UP_TO: "is up to",
    CardField.SEEKING: "would welcome help with",
    CardField.OFFERING: "can help with",
    CardField.ASK_ME_ABOUT: "likes to be asked about",
    CardField.GOOD_INTRODUCTION: "would like to meet",
}
_LANGUAGES = {"en": "English", "de": "German", "pt": "Portuguese"}


@dataclass(frozen=True, slots=True)
class SampleCard:
    """An invented card, why it is in the file, and the language of the one who meets them."""

    card: Card
    kind: str
    reads: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """What brings two together: how many talks they had `earlier`, and what the reader remembers of those."""

    name: str
    earlier: int = 0
    remembered: Remembered = field(default_factory=Remembered)
    introduced: bool = False
    is_guided: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """What one reader was given about one card, and on which occasion."""

    other: SampleCard
    reader: SampleCard
    occasion: Occasion
    agenda: Agenda


_FIRST = Occasion("met for the first time")
#: The occasions of the page, one after the other and again; most talks are first ones.
OCCASIONS = (
    _FIRST,
    _FIRST,
    Occasion("met for the second time", earlier=1),
    _FIRST,
    Occasion("met for the third time", earlier=2),
    _FIRST,
    Occasion("met again, a promise still open", earlier=1, remembered=Remembered(open_promise=True)),
    Occasion("introduced by somebody", introduced=True),
    Occasion("in a 1-2-1", earlier=1, is_guided=True),
    _FIRST,
    Occasion("met again, a promise kept", earlier=1, remembered=Remembered(kept_promise=True)),
    Occasion("met again, a need written down", earlier=1, remembered=Remembered(need=True)),
    Occasion("in a second 1-2-1", earlier=2, is_guided=True),
)


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
    """Each card asked by the next in the file, on one occasion after the other."""
    readers = islice(cycle(cards), 1, None)
    for place, (other, reader, occasion) in enumerate(zip(cards, readers, cycle(OCCASIONS), strict=False)):
        yield Talk(other, reader, occasion, _agenda_on(occasion, reader, other, Side.A if place % 2 else Side.B))


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
    yield f"## {card.name} ({talk.other.kind}), {talk.occasion.name}"
    yield ""
    said = [(name, card_field.of(card)) for card_field, name in _NAMES.items()]
    yield from (f"- {name}: {words}" for name, words in said if words)
    yield from (f"- {words}" for words, holds in _circumstances(card) if holds)
    yield ""
    yield f"{talk.reader.card.name} reads in {_LANGUAGES[talk.other.reads]}:"
    yield ""
    for prompt in talk.agenda.prompts:
        if prompt.quote:
            yield f"> {prompt.quote}"
            yield ""
        yield f"{prompt.phase.value.replace('_', ' ').capitalize()}: **{prompt.text}** *{prompt.why}*"
        yield ""
    yield f"{talk.agenda.minutes} minutes."


def _circumstances(card: Card) -> tuple[tuple[str, bool], ...]:
    return (
        ("is new here", card.new_here),
        ("has been here before", card.returning),
        ("is between things", card.between_things),
        ("left the card empty", not any(card_field.of(card) for card_field in CardField)),
    )


def _agenda_on(occasion: Occasion, reader: SampleCard, other: SampleCard, side: Side) -> Agenda:
    """The agenda of that occasion, after the earlier ones that went before it."""
    had: list[str] = []
    for number in range(occasion.earlier):
        earlier = replace(_FIRST, earlier=number, is_guided=occasion.is_guided and number > 0)
        had += (prompt.key for prompt in _agenda(earlier, reader, other, side, had).prompts)
    return _agenda(occasion, reader, other, side, had)


def _agenda(occasion: Occasion, reader: SampleCard, other: SampleCard, side: Side, had: Sequence[str]) -> Agenda:
    history = PairHistory(
        conversations=occasion.earlier,
        asked=tuple(had),
        remembered=occasion.remembered,
        introduced=occasion.introduced,
    )
    seed, library, shared = other.card.name.encode(), library_in(other.reads), _shared(reader.card, other.card)
    if occasion.is_guided:
        return choose_guided_agenda(
            reader=reader.card, other=other.card, history=history, side=side, seed=seed, library=library, shared=shared
        )
    return choose_agenda(
        reader=reader.card,
        other=other.card,
        history=history,
        shown=(),
        side=side,
        seed=seed,
        library=library,
        shared=shared,
    )


def _shared(reader: Card, other: Card) -> Shared:
    open_cards = (replace(card, open_to_event=True) for card in (reader, other))
    return words_shared(*(Participant(UUID(int=0), card) for card in open_cards))
