"""Reads the prompt library: one TOML file per language under `prompts/`, read once and kept.

A file that is not whole is refused with every fault said in words; nothing is mended silently.
Whether a prompt is worth asking is judged in `linting`.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from server.agenda.models import CardField, Circumstance, Library, Prompt, PromptPhase, Side
from server.events.models import Event

PROMPTS = Path(__file__).with_name("prompts")
FALLBACK_LANGUAGE = "en"
#: The longest soft time of one prompt. With six prompts to an agenda it keeps within twenty minutes.
MOST_MINUTES = 3

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KNOWN_KEYS = {"key", "phase", "side", "about", "when", "text", "why", "minutes"}
_NEEDED_KEYS = ("key", "phase", "side", "text", "why", "minutes")
_Choice = TypeVar("_Choice", bound=StrEnum)


class LibraryNotValid(ValueError):
    """A prompt file that cannot be used. `faults` says each thing to mend, in words."""

    def __init__(self, source: str, faults: Iterable[str]) -> None:
        self.source = source
        self.faults = tuple(faults)
        super().__init__("\n".join([f"{source} cannot be used:", *(f"  - {fault}" for fault in self.faults)]))


def library_in(language: str) -> Library:
    """The library for a language tag: that language, else its main language, else English.

    Agendas are chosen among its own `prompts`, so a talk never mixes languages. Its `by_key` also knows, in English,
    the prompts that the language lacks: a phone offline may have shown one of them.
    """
    for tag in (language, language.partition("-")[0]):
        if tag.lower() in languages():
            return _library_of(tag.lower())
    return _library_of(FALLBACK_LANGUAGE)


@cache
def languages() -> frozenset[str]:
    """The languages there are prompts for."""
    return frozenset(path.stem for path in PROMPTS.glob("*.toml"))


def languages_of(event: Event) -> tuple[str, ...]:
    """The languages that people are asked in at an event: those its organizers chose, in their order; else all, English
    first. A chosen one whose prompts are gone is left out, and where none is left, it is as if none was chosen.
    """
    chosen = tuple(tag for tag in event.languages if tag in languages())
    return chosen or (FALLBACK_LANGUAGE, *sorted(languages() - {FALLBACK_LANGUAGE}))


def language_at(event: Event, locale: str) -> str:
    """The language that a reader is asked in at an event, as `language_among` finds it."""
    return language_among(languages_of(event), locale)


def language_among(offered: Sequence[str], locale: str) -> str:
    """A reader's own language if it is offered, as `library_in` finds it; else English if that is; else the first."""
    for tag in (locale.lower(), locale.lower().partition("-")[0], FALLBACK_LANGUAGE):
        if tag in offered:
            return tag
    return offered[0]


@cache
def _library_of(language: str) -> Library:
    path = PROMPTS / f"{language}.toml"
    own = parse_library(path.read_text(encoding="utf-8"), source=path.name)
    if language == FALLBACK_LANGUAGE:
        return own
    return replace(own, by_key={**_library_of(FALLBACK_LANGUAGE).by_key, **own.by_key})


def parse_library(content: str, *, source: str) -> Library:
    """The library written in `content`; raises LibraryNotValid with every fault of the file."""
    try:
        written = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        missing = "look there and just above for a quotation mark, an equals sign or a bracket that is missing"
        raise LibraryNotValid(source, [f"it is not TOML: {error}; {missing}"]) from error
    faults: list[str] = []
    language = written.get("language")
    if not isinstance(language, str) or not language:
        faults.append('it does not say its language: put a line like language = "en" at the top')
    entries = written.get("prompts")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        faults.append("it holds no prompts: each one begins with a line [[prompts]]")
        entries = []
    prompts = [_prompt(number, entry, faults) for number, entry in enumerate(entries, start=1)]
    whole = tuple(prompt for prompt in prompts if prompt is not None)
    faults += _repeated("key", [prompt.key for prompt in whole])
    faults += _repeated("text", [prompt.text.casefold() for prompt in whole])
    if faults:
        raise LibraryNotValid(source, faults)
    return Library(language=str(language), prompts=whole, by_key={prompt.key: prompt for prompt in whole})


def _prompt(number: int, entry: Mapping[str, Any], faults: list[str]) -> Prompt | None:
    """The prompt of one entry, or None after adding what is wrong with it to `faults`."""
    name = f"prompt {entry.get('key') or number}"
    before = len(faults)
    faults += [
        f"{name}: {key} is missing; add a line that begins with {key} =" for key in _NEEDED_KEYS if key not in entry
    ]
    faults += [
        f"{name}: {key} is not a word this file knows; take it out, or mend its spelling"
        for key in sorted(entry.keys() - _KNOWN_KEYS)
    ]
    if len(faults) > before:
        return None
    phase = _choice(name, "phase", entry["phase"], PromptPhase, faults)
    side = _choice(name, "side", entry["side"], Side, faults)
    about = _choice(name, "about", entry["about"], CardField, faults) if "about" in entry else None
    when = [_choice(name, "when", word, Circumstance, faults) for word in _words(name, entry, faults)]
    faults += _faults_of_values(name, entry)
    if len(faults) > before or phase is None or side is None:
        return None
    return Prompt(
        key=entry["key"],
        phase=phase,
        side=side,
        text=entry["text"],
        why=entry["why"],
        minutes=entry["minutes"],
        about=about,
        when=tuple(circumstance for circumstance in when if circumstance is not None),
    )


def _words(name: str, entry: Mapping[str, Any], faults: list[str]) -> list[object]:
    when = entry.get("when", [])
    if isinstance(when, list):
        return when
    faults.append(f'{name}: when must be a list, like when = ["newcomer"]')
    return []


def _choice(name: str, key: str, word: object, choices: type[_Choice], faults: list[str]) -> _Choice | None:
    for choice in choices:
        if choice.value == word:
            return choice
    known = ", ".join(choice.value for choice in choices)
    faults.append(f"{name}: {key} = {word!r} is not one of {known}; choose one of them")
    return None


def _faults_of_values(name: str, entry: Mapping[str, Any]) -> list[str]:
    faults = []
    if not isinstance(entry["key"], str) or not _KEY.fullmatch(entry["key"]):
        faults.append(
            f'{name}: a key is made of small letters, digits and single hyphens; write it like "open-first-bike"'
        )
    for key in ("text", "why"):
        words = entry[key]
        if not isinstance(words, str) or not words.strip():
            faults.append(f"{name}: {key} is empty; write it between the quotation marks")
        elif words != " ".join(words.split()):
            faults.append(f"{name}: {key} has spaces or line breaks to spare; keep single spaces only")
    minutes = entry["minutes"]
    if type(minutes) is not int or not 1 <= minutes <= MOST_MINUTES:
        faults.append(f"{name}: minutes must be a whole number from 1 to {MOST_MINUTES}")
    return faults


def _repeated(what: str, values: Iterable[str]) -> list[str]:
    return [
        f"the {what} {value!r} is used {times} times; keep one, and change or take out the rest"
        for value, times in Counter(values).items()
        if times > 1
    ]
