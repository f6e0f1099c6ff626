"""Keeps from being quoted to somebody what was written about them and may be private or unkind.

It reads words in every language it has a list for, since nobody says in which language they write; when in doubt
nothing is quoted. It judges no person and keeps nothing.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

_LISTS = Path(__file__).with_name("guards")


def may_be_quoted(words: str) -> bool:
    """Whether nothing in a person's own words about another looks private or unkind."""
    return not _any_of("private").search(words)


def tells_of_a_gift(note: str) -> bool:
    """Whether a note says that something was given: most notes are memory, not a reason for thanks."""
    return bool(_any_of("giving").search(note)) and may_be_quoted(note)


@cache
def _any_of(name: str) -> re.Pattern[str]:
    """The words of that list in every language; a star stands for any ending."""
    words: list[str] = []
    for path in sorted(_LISTS.glob("*.toml")):
        listed: Sequence[str] = tomllib.loads(path.read_text(encoding="utf-8"))[name]
        words += listed
    written = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<!\w)(?:{written})(?!\w)", re.IGNORECASE)
