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
    `refusing_before` what stood before; a `keeping` phrase takes nothing back though it holds one of them.
    """

    endings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    bends_every_word: bool = False
    prefixes: tuple[str, ...] = ()
    idioms: tuple[str, ...] = ()
    refusing: tuple[str, ...] = ()
    refusing_next: tuple[str, ...] = ()
    refusing_before: tuple[str, ...] = ()
    keeping: tuple[str, ...] = ()
    turning: tuple[str, ...] = ()
    compound_parts: tuple[str, ...] = ()
    compound_links: tuple[str, ...] = ()


def _read(path: Path) -> Language:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    endings = tuple((rule["after"], tuple(rule["instead"])) for rule in told.pop("endings", []))
    bends_every_word = bool(told.pop("bends_every_word", False))
    return Language(endings, bends_every_word, **{word: tuple(phrases) for word, phrases in told.items()})


LANGUAGES: Mapping[str, Language] = {path.stem: _read(path) for path in sorted(Path(__file__).parent.glob("*.toml"))}
