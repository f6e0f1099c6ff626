"""What an entry says, and the prompt texts that all entries share. Plain JSON, the same for every reader.

A closed card gives a first name and neutral prompts; a contact field is in neither.
"""

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from server.agenda.candidates import can_be_ready, candidates
from server.agenda.library import FALLBACK_LANGUAGE, languages, library_in
from server.agenda.models import Library, Prompt
from server.registrations.models import Card

#: Raise it when the same card and library come to give another entry (the vectors then differ): all entries are made
#: anew by it.
RULES = 2

#: How many bytes of a hash tell one library, or one set of rules, from another.
MARK_BYTES = 8


def content_for(card: Card, library: Library) -> bytes:
    """The JSON of an entry before it is sealed: what a scan of this badge shows. Of the library only keys are in it."""
    shown = card if card.open_to_event else card.closed()
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
            "prompts": [{"key": prompt.key, "quote": prompt.quote} for prompt in candidates(shown, library)],
        }
    )


def texts_of(libraries: Sequence[Library]) -> bytes:
    """The JSON of the texts of every prompt that an entry can name, in all languages; the first library leads."""
    return _json(
        {
            "v": 1,
            "languages": [library.language for library in libraries],
            "prompts": [_texts(prompt, libraries) for prompt in libraries[0].prompts if can_be_ready(prompt)],
        }
    )


@cache
def shared_texts() -> bytes:
    """The texts of every language there is, deflated (raw)."""
    deflating = zlib.compressobj(zlib.Z_BEST_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflating.compress(texts_of(_all_libraries())) + deflating.flush()


@cache
def mark_of_texts() -> bytes:
    """Tells these texts from others: a phone that has them is not sent them again."""
    return hashlib.sha256(texts_of(_all_libraries())).digest()[:MARK_BYTES]


@cache
def mark_of_rules() -> bytes:
    """Tells entries made by these rules from this library. A text that is reworded changes nothing here."""
    prompts = [
        (prompt.key, prompt.phase, prompt.side, prompt.about, prompt.when) for prompt in leading_library().prompts
    ]
    return hashlib.sha256(_json([RULES, prompts])).digest()[:MARK_BYTES]


def leading_library() -> Library:
    """The library that candidates are chosen from; the keys are the same in every language."""
    return library_in(FALLBACK_LANGUAGE)


def _all_libraries() -> list[Library]:
    others = sorted(languages() - {FALLBACK_LANGUAGE})
    return [leading_library(), *map(library_in, others)]


def _texts(prompt: Prompt, libraries: Sequence[Library]) -> Mapping[str, Any]:
    translated = {library.language: library.by_key[prompt.key] for library in libraries if prompt.key in library.by_key}
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
