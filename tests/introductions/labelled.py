"""The labelled set as the matcher sees it, and how often its first suggestions are what people would do."""

import itertools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from server.ids import new_id
from server.introductions.suggesting.matching import match_of
from server.introductions.suggesting.models import Match
from server.introductions.suggesting.operations import contacts_of
from server.introductions.suggesting.queries import ContactRow

_MET_AT = datetime(2027, 4, 22, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Judged:
    """What one contact needs and another offers, and whether somebody who knows both would introduce them for it."""

    needs: str
    offers: str
    right: bool

    def match(self) -> Match | None:
        """What the matcher makes of it."""
        first, second = contacts_of([contact_row(seeking=self.needs), contact_row(offering=self.offers)])
        return match_of(first, second)


@dataclass(frozen=True, slots=True)
class Precision:
    """Of the suggestions that would be shown, how many are right; and how many right ones are found at all."""

    shown: int
    right: int
    found: int
    wanted: int
    wrong: tuple[Judged, ...]

    @property
    def share(self) -> float:
        return self.right / self.shown


def judged(path: Path) -> list[list[Judged]]:
    """The set, one list for each introducer."""
    written = tomllib.loads(path.read_text(encoding="utf-8"))["introducer"]
    return [[Judged(**each) for each in group["possible"]] for group in written]


def precision(groups: Sequence[Sequence[Judged]], *, at: int) -> Precision:
    """Over the first `at` suggestions of each introducer."""
    shown: list[Judged] = []
    found = 0
    for group in groups:
        matched = [(match.worth, each) for each in group if (match := each.match()) is not None]
        found += sum(each.right for _, each in matched)
        shown += [each for _, each in sorted(matched, key=lambda pair: -pair[0])[:at]]
    everything = list(itertools.chain(*groups))
    return Precision(
        shown=len(shown),
        right=sum(each.right for each in shown),
        found=found,
        wanted=sum(each.right for each in everything),
        wrong=tuple(each for each in shown if not each.right),
    )


def contact_row(*, seeking: str | None = None, offering: str | None = None) -> ContactRow:
    """A contact of whom no more is known than this."""
    return ContactRow(
        person_id=new_id(), contact_id=new_id(), event_id=new_id(), swap_id=new_id(), swapped_at=_MET_AT, name="",
        seeking=seeking, offering=offering, dropped_topics=(), leans=False, needs=(),
    )  # fmt: skip
