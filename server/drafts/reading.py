"""Reads a feature's drafts: reasons and shapes from one TOML file per language in a folder beside its code.

It puts a name and quotations into a shape and adds nothing; it decides who is written to as little as it sends
anything. What a file lacks is told in plain sentences.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

FALLBACK_LANGUAGE = "en"

#: Where the app takes a reason apart: why, and the words it grew from.
_ENDS_WITH_QUOTE = re.compile(r": ?[“„«「]?\{quote\}[”“»」]?$")
_PLACE = re.compile(r"\{(\w+)\}")


class DraftsNotValid(ValueError):
    """A file of drafts that cannot be used. `faults` says each thing to mend, in words."""

    def __init__(self, source: str, faults: Sequence[str]) -> None:
        self.source = source
        self.faults = tuple(faults)
        super().__init__("\n".join([f"{source} cannot be used:", *(f"  - {fault}" for fault in self.faults)]))


@dataclass(frozen=True, slots=True)
class Drafts:
    """Reasons and shapes of one feature in one language."""

    language: str
    reasons: Mapping[str, str]
    shapes: Mapping[str, tuple[str, ...]]
    told_as: Mapping[str, str] = field(default_factory=dict)

    def reason(self, ground: str, **words: str) -> str:
        """The sentence that tells the person why; `words` are by the name of their place, such as `name`."""
        return _filled(self.reasons[self.told_as.get(ground, ground)], words)

    def draft(self, ground: str, *, seed: bytes, place: int, **words: str) -> str:
        """The draft for the `place`-th suggestion of a list.

        The seed says with which shape a list begins; the places go round from there, so that no shape comes
        twice in one list, also when it is filled up later.
        """
        shapes = self.shapes[ground]
        begin = int.from_bytes(sha256(seed + ground.encode()).digest()[:4])
        return _filled(shapes[(begin + place) % len(shapes)], words)


@dataclass(frozen=True, eq=False)
class DraftBook:
    """All drafts of one feature: `<folder>/<language>.toml`, each with the same grounds.

    `places` says by ground what each of its shapes names exactly once in braces, such as `name` and `quote`.
    `told_as` gives grounds the reason of another, `more_reasons` are told for grounds by choice; without `has_reasons`
    the files hold shapes alone. `fewest` is how many shapes a ground needs: as many as one list may hold, so that none
    is used twice in one.
    """

    folder: Path
    places: Mapping[str, frozenset[str]]
    told_as: Mapping[str, str] = field(default_factory=dict)
    more_reasons: frozenset[str] = frozenset()
    has_reasons: bool = True
    fewest: int = 4

    def in_language(self, tag: str) -> Drafts:
        """The drafts for a language tag: that language, else its main language, else English."""
        for known in (tag.lower(), tag.lower().partition("-")[0]):
            if known in self.languages():
                return _read(self, known)
        return _read(self, FALLBACK_LANGUAGE)

    def languages(self) -> frozenset[str]:
        """The languages there are files for."""
        return _languages_in(self.folder)

    def parse(self, content: str, *, source: str) -> Drafts:
        """The drafts written in `content`; raises `DraftsNotValid` with every fault of the file."""
        try:
            written = tomllib.loads(content)
        except tomllib.TOMLDecodeError as error:
            raise DraftsNotValid(source, [f"it is not TOML: {error}"]) from error
        reasons, shapes = written.get("reasons", {}), written.get("shapes", {})
        faults = [
            *self._faults_of_reasons(reasons),
            *(f"the shapes {name!r} belong to nothing" for name in shapes.keys() - self.places.keys()),
            *(fault for ground in self.places for fault in self._faults_of(ground, shapes.get(ground, []))),
        ]
        if not isinstance(written.get("language"), str):
            faults.append('it does not say its language: put a line like language = "en" at the top')
        if faults:
            raise DraftsNotValid(source, faults)
        return Drafts(
            language=written["language"],
            reasons=reasons,
            shapes={str(ground): tuple(shapes[ground]) for ground in self.places},
            told_as=self.told_as,
        )

    def _faults_of_reasons(self, reasons: Mapping[str, str]) -> list[str]:
        told = {self.told_as.get(ground, str(ground)) for ground in self.places} if self.has_reasons else set()
        needed = told | self.more_reasons
        known = frozenset[str]().union(*self.places.values())
        faults = [f"the reason {told!r} is missing" for told in sorted(needed - reasons.keys())]
        faults += [f"the reason {told!r} belongs to nothing" for told in sorted(reasons.keys() - needed)]
        faults += [
            f"the reason {told!r}: a quotation stands at the end, after a colon"
            for told, reason in reasons.items()
            if "{quote}" in reason and not _ENDS_WITH_QUOTE.search(reason)
        ]
        faults += [
            f"the reason {told!r} names {{{place}}}, which nobody fills"
            for told, reason in reasons.items()
            for place in sorted(set(_PLACE.findall(reason)) - known)
        ]
        return faults

    def _faults_of(self, ground: str, shapes: Sequence[str]) -> list[str]:
        faults = []
        if len(set(shapes)) < self.fewest:
            faults.append(f"{ground} has {len(set(shapes))} shapes; it needs {self.fewest}")
        for number, shape in enumerate(shapes, start=1):
            named = _PLACE.findall(shape)
            faults += [
                f"{ground}, shape {number}: it says {{{place}}} exactly once"
                for place in sorted(self.places[ground])
                if named.count(place) != 1
            ]
            faults += [
                f"{ground}, shape {number}: there is no {{{place}}} to put in"
                for place in sorted(set(named) - self.places[ground])
            ]
        return faults


@cache
def _read(book: DraftBook, language: str) -> Drafts:
    path = book.folder / f"{language}.toml"
    return book.parse(path.read_text(encoding="utf-8"), source=path.name)


@cache
def _languages_in(folder: Path) -> frozenset[str]:
    return frozenset(path.stem for path in folder.glob("*.toml"))


def _filled(shape: str, words: Mapping[str, str]) -> str:
    """In one pass, so that braces in somebody's words stay what they are."""
    return _PLACE.sub(lambda place: words[place[1]], shape)
