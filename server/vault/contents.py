"""What an entry says, and the prompt texts that all entries share. Plain JSON, the same for every reader.

A closed card gives a first name and neutral prompts; a contact field is in neither.
"""

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from server.agenda.candidates import can_be_ready, candidates, candidates_of_packs
from server.agenda.library import FALLBACK_LANGUAGE, language_among, languages, library_in
from server.agenda.models import Library, Prompt, PromptPhase
from server.agenda.packs.libraries import prompts_in
from server.agenda.packs.models import Pack
from server.events.models import CardQuestion
from server.registrations.models import ALL_QUESTIONS, Card

#: Raise it when the same card and library come to give another entry (the vectors then differ): all entries are made
#: anew by it.
RULES = 2

#: How many bytes of a hash tell one library, or one set of rules, from another.
MARK_BYTES = 8

#: An event's packs that are on, the oldest first.
Packs = tuple[Pack, ...]


@dataclass(frozen=True, slots=True)
class AskedHere:
    """What decides, beside a card, what an event's entries and texts say: its packs that are on, what its cards ask,
    and the languages that its organizers chose (none: every one there is).
    """

    packs: Packs = ()
    questions: frozenset[CardQuestion] = ALL_QUESTIONS
    languages: tuple[str, ...] = ()


AS_USUAL = AskedHere()
#: What is kept worked out, for so many events that ask something else.
_EVENTS_AT_ONCE = 64


def content_for(card: Card, library: Library, asked: AskedHere = AS_USUAL) -> bytes:
    """The JSON of an entry before it is sealed: what a scan of this badge shows. Of prompts only keys are in it.

    Those of the event's own packs come first in each phase: a phone takes them before those of the library.
    """
    shown = card if card.open_to_event else card.closed()
    about, packs = shown.asked(asked.questions), asked.packs
    own = [each for language in languages_of(packs) for each in candidates_of_packs(about, prompts_in(packs, language))]
    prompts = [*own, *candidates(about, library)]
    return _json(
        {
            "v": 1,
            "isOpen": card.open_to_event,
            "card": {
                "name": shown.name,
                "pronouns": shown.pronouns,
                "upTo": shown.up_to,
                "seeking": shown.seeking,
                "offering": shown.offering,
                "askMeAbout": shown.ask_me_about,
                "goodIntroduction": shown.good_introduction,
                "newHere": shown.new_here,
                "returning": shown.returning,
                "betweenThings": shown.between_things,
                "topics": list(shown.topics),
            },
            "prompts": [
                {"key": prompt.key, "quote": prompt.quote}
                for phase in PromptPhase
                for prompt in prompts
                if prompt.phase is phase
            ],
        }
    )


def texts_of(libraries: Sequence[Library], asked: AskedHere = AS_USUAL) -> bytes:
    """The JSON of the texts of every prompt that an entry can name, in all languages; the first library leads.

    A prompt of a pack is in one language alone. Under a language that the event does not offer stand the texts that its
    readers are asked in there: no phone has to know what is offered.
    """
    packs, known = asked.packs, {library.language: library for library in libraries}
    read_as = {language: language_among(asked.languages or tuple(known), language) for language in known}
    own = [(language, prompt) for language in languages_of(packs) for prompt in prompts_in(packs, language)]
    return _json(
        {
            "v": 1,
            "languages": [library.language for library in libraries],
            "prompts": [
                *(
                    _texts(prompt, _translated(prompt, {tag: known[source] for tag, source in read_as.items()}))
                    for prompt in libraries[0].prompts
                    if can_be_ready(prompt)
                ),
                *(
                    _texts(prompt, {tag: prompt for tag, source in read_as.items() if source == language})
                    for language, prompt in own
                    if can_be_ready(prompt)
                ),
            ],
        }
    )


@lru_cache(maxsize=_EVENTS_AT_ONCE)
def shared_texts(asked: AskedHere = AS_USUAL) -> bytes:
    """The texts of every language there is, with those of an event's packs, deflated (raw)."""
    deflating = zlib.compressobj(zlib.Z_BEST_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflating.compress(texts_of(_all_libraries(), asked)) + deflating.flush()


@lru_cache(maxsize=_EVENTS_AT_ONCE)
def mark_of_texts(asked: AskedHere = AS_USUAL) -> bytes:
    """Tells these texts from others: a phone that has them is not sent them again."""
    return hashlib.sha256(texts_of(_all_libraries(), asked)).digest()[:MARK_BYTES]


@lru_cache(maxsize=_EVENTS_AT_ONCE)
def mark_of_rules(asked: AskedHere = AS_USUAL) -> bytes:
    """Tells entries made by these rules from this library and these packs. A text of the library that is reworded
    changes nothing here; of a pack it makes another prompt.
    """
    packs, rules = asked.packs, [RULES, list(map(_what_chooses, leading_library().prompts))]
    own = [(language, *map(_what_chooses, prompts_in(packs, language))) for language in languages_of(packs)]
    if own:
        rules.append(own)
    if asked.questions != ALL_QUESTIONS:
        rules.append(["asks", *sorted(asked.questions)])
    return hashlib.sha256(_json(rules)).digest()[:MARK_BYTES]


def languages_of(packs: Packs) -> Sequence[str]:
    """The languages that packs are in."""
    return sorted({pack.language for pack in packs})


def leading_library() -> Library:
    """The library that candidates are chosen from; the keys are the same in every language."""
    return library_in(FALLBACK_LANGUAGE)


def _all_libraries() -> list[Library]:
    others = sorted(languages() - {FALLBACK_LANGUAGE})
    return [leading_library(), *map(library_in, others)]


def _what_chooses(prompt: Prompt) -> Sequence[object]:
    """All of a prompt that decides whether an entry names it."""
    return (prompt.key, prompt.phase, prompt.side, prompt.about, prompt.when)


def _translated(prompt: Prompt, libraries: Mapping[str, Library]) -> Mapping[str, Prompt]:
    return {tag: library.by_key[prompt.key] for tag, library in libraries.items() if prompt.key in library.by_key}


def _texts(prompt: Prompt, translated: Mapping[str, Prompt]) -> Mapping[str, Any]:
    return {
        "key": prompt.key,
        "phase": prompt.phase,
        "side": prompt.side,
        "about": prompt.about,
        "minutes": prompt.minutes,
        "text": {language: each.text for language, each in translated.items()},
        "why": {language: each.why for language, each in translated.items()},
    }


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
