"""What every feature's shapes are held to, whatever they speak of: calm, short, and none like another."""

import re
from collections.abc import Iterable

from server.drafts.reading import DraftBook

#: Quotations, in the marks of each language, and the places a shape is filled at: what lies between is ours.
_NOT_OURS = re.compile(r"“[^”]*”|„[^“]*“|\{\w+\}")
_LOUD = re.compile(
    r"\b(amazing|great|wonderful|inspiring|honou?red|pleasure|awesome|today|yesterday|regards"
    r"|toll|großartig|wunderbar|inspirierend|geehrt|heute|gestern|grüße)\b",
    re.IGNORECASE,
)


def shapes_of(book: DraftBook, language: str) -> list[str]:
    return [shape for group in book.in_language(language).shapes.values() for shape in group]


def share_a_run(texts: Iterable[str], *, length: int = 5) -> list[str]:
    """Each run of so many words that two of these texts share outside quotations, with both."""
    seen: dict[tuple[str, ...], str] = {}
    shared = []
    for text in texts:
        runs = set()
        for part in _NOT_OURS.split(text):
            words = re.findall(r"[\w\u2019-]+", part.casefold())
            runs |= {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}
        shared += [f"{' '.join(run)}: {seen[run]} / {text}" for run in runs if run in seen]
        seen |= dict.fromkeys(runs, text)
    return shared


def loud_or_long(texts: Iterable[str], *, longest: int = 190) -> list[str]:
    """Those that shout, praise, claim a day, use a typewriter's apostrophe, or go on for too long."""
    return [text for text in texts if "!" in text or "'" in text or _LOUD.search(text) or len(text) > longest]
