"""What is known of each language besides its names for topics: one TOML file each, read once and kept.

Endings of words, idioms that only sound like a topic, how people take something back, what compounds are made of.
A language without a file is read just as its names are written.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Language:
    """One language. `endings` are (end, what may stand there instead), the first that fits counting.

    `refusing` phrases take back what follows within the clause, `refusing_next` only what follows at once,
    `refusing_before` what stood before, `refusing_said` also what the clause before that named; a `keeping` phrase
    takes nothing back though it holds one of them. `listing` words stand between two things that are told side by side.
    A `for_whom` word leads to whom or what something is for; `dealing` phrases speak of buying and selling.
    `spellings` are pairs of letters that stand for the same.
    Words are put together from `compound_parts` and topics by `compound_links`; without links there are no compounds.
    """

    endings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()
    bends_every_word: bool = False
    umlaut_in_plural: bool = False
    nouns_are_capital: bool = False
    prefixes: tuple[str, ...] = ()
    idioms: tuple[str, ...] = ()
    refusing: tuple[str, ...] = ()
    refusing_next: tuple[str, ...] = ()
    refusing_before: tuple[str, ...] = ()
    refusing_said: tuple[str, ...] = ()
    keeping: tuple[str, ...] = ()
    turning: tuple[str, ...] = ()
    listing: tuple[str, ...] = ()
    for_whom: tuple[str, ...] = ()
    dealing: tuple[str, ...] = ()
    compound_parts: tuple[str, ...] = ()
    compound_links: tuple[str, ...] = ()


def _read(path: Path) -> Language:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    endings = tuple((rule["after"], tuple(rule["instead"])) for rule in told.pop("endings", []))
    spellings = tuple((one, other) for one, other in told.pop("spellings", []))
    bends_every_word = bool(told.pop("bends_every_word", False))
    umlaut_in_plural = bool(told.pop("umlaut_in_plural", False))
    nouns_are_capital = bool(told.pop("nouns_are_capital", False))
    return Language(
        endings,
        spellings,
        bends_every_word,
        umlaut_in_plural,
        nouns_are_capital,
        **{word: tuple(phrases) for word, phrases in told.items()},
    )


def _common_words() -> frozenset[str]:
    told = tomllib.loads(Path(__file__).parent.with_name("common_words.toml").read_text(encoding="utf-8"))
    return frozenset(word for words in told.values() for word in words.split())


LANGUAGES: Mapping[str, Language] = {path.stem: _read(path) for path in sorted(Path(__file__).parent.glob("*.toml"))}
#: Words so common that they stand in any text, of all languages, in small letters.
COMMON_WORDS = _common_words()
