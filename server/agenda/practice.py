"""The talk that people practise on: somebody made up, and what the chooser asks about them. It reads and keeps nothing
of anybody, so practising leaves nothing behind here.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from server.agenda.choosing import choose_agenda
from server.agenda.library import FALLBACK_LANGUAGE, library_in
from server.agenda.models import Agenda, ChosenPrompt, PairHistory, PromptPhase, Side
from server.registrations.models import Card

_CARDS = Path(__file__).with_name("practice.toml")
#: Two minutes: one question to begin with, one to learn from, one to close with.
_PHASES = (PromptPhase.OPEN, PromptPhase.LEARN, PromptPhase.CLOSE)


@dataclass(frozen=True, slots=True)
class Practice:
    """Somebody who is not real, with the few prompts that one practises on; one of each phase, along the arc."""

    language: str
    card: Card
    prompts: tuple[ChosenPrompt, ...]


def practice_in(language: str) -> Practice:
    """The practice in the library of a language tag: that language, else its main language, else English."""
    return _practice_of(library_in(language).language)


@cache
def _practice_of(language: str) -> Practice:
    card = _card_in(language)
    agenda = choose_agenda(
        reader=Card(name=""),
        other=card,
        history=PairHistory(),
        shown=(),
        side=Side.A,
        seed=b"practice",
        library=library_in(language),
    )
    return Practice(language, card, tuple(_one_of(phase, agenda) for phase in _PHASES))


def _card_in(language: str) -> Card:
    cards = tomllib.loads(_CARDS.read_text(encoding="utf-8"))
    return Card(**cards.get(language, cards[FALLBACK_LANGUAGE]))


def _one_of(phase: PromptPhase, agenda: Agenda) -> ChosenPrompt:
    """The first of that phase, rather one beneath a quotation: that is what has to be seen once."""
    of_phase = [prompt for prompt in agenda.prompts if prompt.phase is phase]
    return next((prompt for prompt in of_phase if prompt.quote is not None), of_phase[0])
