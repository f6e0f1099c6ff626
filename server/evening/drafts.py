"""The wording of the evening: reasons and drafts, read from one TOML file per language under `drafts/`.

It puts a name and a quotation into a shape and adds nothing; it decides who is written to as little as
it sends anything.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from pathlib import Path

DRAFTS = Path(__file__).with_name("drafts")
FALLBACK_LANGUAGE = "en"
#: As many shapes as an evening has suggestions at most, so that none need be used twice in one.
FEWEST_SHAPES = 5


class Ground(StrEnum):
    """What a suggestion grew from; each has shapes of its own."""

    PROMISE_SEND = "promise_send"
    PROMISE_INTRODUCE = "promise_introduce"
    PROMISE_ANSWER = "promise_answer"
    PROMISE_MEET = "promise_meet"
    PROMISE_OTHER = "promise_other"
    PROMISE_UNQUOTED = "promise_unquoted"
    BOTH_AGAIN = "both_again"
    BOTH_AGAIN_AFTER_INSIGHT = "both_again_after_insight"
    INSIGHT = "insight"
    NOTE = "note"
    KEPT_PROMISE = "kept_promise"


#: Grounds whose shapes hold no quotation.
UNQUOTED = frozenset({Ground.PROMISE_UNQUOTED, Ground.BOTH_AGAIN})
#: Grounds that are told with the same reason as another.
_TOLD_AS = {Ground.BOTH_AGAIN_AFTER_INSIGHT: "both_again"} | {
    ground: "promise" for ground in Ground if ground.startswith("promise_")
}

#: Where the app takes a reason apart: why, and the words it grew from.
_ENDS_WITH_QUOTE = re.compile(r": ?[“„«「]?\{quote\}[”“»」]?$")


class DraftsNotValid(ValueError):
    """A file of drafts that cannot be used. `faults` says each thing to mend, in words."""

    def __init__(self, source: str, faults: Sequence[str]) -> None:
        self.source = source
        self.faults = tuple(faults)
        super().__init__("\n".join([f"{source} cannot be used:", *(f"  - {fault}" for fault in self.faults)]))


@dataclass(frozen=True, slots=True)
class Drafts:
    """Reasons, shapes and guarded words of one language."""

    language: str
    reasons: Mapping[str, str]
    shapes: Mapping[Ground, tuple[str, ...]]
    private: re.Pattern[str]
    giving: re.Pattern[str]

    def may_be_quoted_to_them(self, words: str) -> bool:
        """Whether nothing in my own words looks private or unkind. When in doubt it is not quoted."""
        return not self.private.search(words)

    def tells_of_a_gift(self, note: str) -> bool:
        """Whether a note says that something was given: most notes are memory, not a reason for thanks."""
        return bool(self.giving.search(note)) and self.may_be_quoted_to_them(note)

    def reason(self, ground: Ground, *, name: str, quote: str) -> str:
        return _filled(self.reasons[_TOLD_AS.get(ground, ground.value)], name=name, quote=quote)

    def draft(self, ground: Ground, *, name: str, quote: str, seed: bytes, place: int) -> str:
        """The draft for the `place`-th suggestion of an evening.

        The seed says with which shape an evening begins; the places go round from there, so that no
        shape comes twice in one evening, also when it is filled up later.
        """
        shapes = self.shapes[ground]
        begin = int.from_bytes(sha256(seed + ground.encode()).digest()[:4])
        return _filled(shapes[(begin + place) % len(shapes)], name=name, quote=quote)


def drafts_in(language: str) -> Drafts:
    """The drafts for a language tag: that language, else its main language, else English."""
    for tag in (language.lower(), language.lower().partition("-")[0]):
        if tag in languages():
            return _drafts_of(tag)
    return _drafts_of(FALLBACK_LANGUAGE)


@cache
def languages() -> frozenset[str]:
    """The languages there are drafts for."""
    return frozenset(path.stem for path in DRAFTS.glob("*.toml"))


@cache
def _drafts_of(language: str) -> Drafts:
    path = DRAFTS / f"{language}.toml"
    return parse_drafts(path.read_text(encoding="utf-8"), source=path.name)


def parse_drafts(content: str, *, source: str) -> Drafts:
    """The drafts written in `content`; raises DraftsNotValid with every fault of the file."""
    try:
        written = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise DraftsNotValid(source, [f"it is not TOML: {error}"]) from error
    reasons, shapes = written.get("reasons", {}), written.get("shapes", {})
    guard = written.get("guard", {})
    faults = [f"the reason {told!r} is missing" for told in sorted(_reasons_needed() - reasons.keys())]
    faults += [
        f"the reason {told!r}: a quotation stands at the end, after a colon"
        for told, reason in reasons.items()
        if "{quote}" in reason and not _ENDS_WITH_QUOTE.search(reason)
    ]
    faults += [f"the shapes {name!r} belong to nothing" for name in shapes.keys() - {*Ground}]
    faults += [fault for ground in Ground for fault in _faults_of(ground, shapes.get(ground.value, []))]
    faults += [f"guard has no {name}" for name in ("private", "giving") if not guard.get(name)]
    if not isinstance(written.get("language"), str):
        faults.append('it does not say its language: put a line like language = "en" at the top')
    if faults:
        raise DraftsNotValid(source, faults)
    return Drafts(
        language=written["language"],
        reasons=reasons,
        shapes={ground: tuple(shapes[ground.value]) for ground in Ground},
        private=_any_of(guard["private"]),
        giving=_any_of(guard["giving"]),
    )


def _reasons_needed() -> set[str]:
    return {_TOLD_AS.get(ground, ground.value) for ground in Ground}


def _faults_of(ground: Ground, shapes: Sequence[str]) -> list[str]:
    faults = []
    if len(set(shapes)) < FEWEST_SHAPES:
        faults.append(f"{ground} has {len(set(shapes))} shapes; it needs {FEWEST_SHAPES}")
    for number, shape in enumerate(shapes, start=1):
        if shape.count("{name}") != 1:
            faults.append(f"{ground}, shape {number}: it says {{name}} exactly once")
        if shape.count("{quote}") != (0 if ground in UNQUOTED else 1):
            faults.append(f"{ground}, shape {number}: it says {{quote}} exactly once, or never where there is none")
    return faults


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


def _filled(shape: str, *, name: str, quote: str) -> str:
    """In one pass, so that braces in somebody's words stay what they are."""
    return re.sub(r"\{(name|quote)\}", lambda place: name if place[1] == "name" else quote, shape)
