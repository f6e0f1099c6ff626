"""The words that a calendar is told of a 1-2-1, in the reader's language. They are read from `words.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).with_name("words.toml")
_FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """Of one language. `title` has `{name}` in it; `title_gone` tells of nobody."""

    title: str
    title_gone: str
    about: str

    def title_with(self, name: str) -> str:
        """The title that names the other."""
        return self.title.replace("{name}", name)


def words_in(locale: str) -> Words:
    """The words of that language, of `de-AT` those of `de`; English where there are none."""
    known = _known()
    return known.get(locale.split("-", 1)[0].lower(), known[_FALLBACK])


@cache
def _known() -> dict[str, Words]:
    return {language: Words(**words) for language, words in tomllib.loads(_WORDS.read_text(encoding="utf-8")).items()}
