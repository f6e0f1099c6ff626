"""The labelled pairs, and how many of them the table finds."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from server.topics.matching import meets
from server.topics.recognising import topics_in

PAIRS = Path(__file__).with_name("pairs.toml")
#: `pairs.toml` says what each may be used for.
PARTS = ("tuning", "held-out", "check")
#: As strangers would put it, by a hand that had not read the table then: half to tune on, half never listed.
STRANGERS = Path(__file__).with_name("strangers.toml")
STRANGERS_PARTS = ("tune", "strangers")
#: By another hand and never read by whoever works on the table: counted in totals alone.
SEALED = Path(__file__).with_name("sealed.toml")


@dataclass(frozen=True, slots=True)
class Pair:
    """What one person seeks and another offers, and whether the two should be found."""

    seeking: str
    offering: str
    meet: bool
    part: str

    def is_found(self) -> bool:
        return meets(topics_in(self.seeking), topics_in(self.offering)) is not None


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of some pairs: of those found, how many are right; of those that are right, how many are found."""

    pairs: int
    precision: float
    recall: float


def read_pairs() -> list[Pair]:
    told = tomllib.loads(PAIRS.read_text(encoding="utf-8"))
    return [Pair(**each) for each in told["pairs"]]


def read_strangers() -> list[Pair]:
    told = tomllib.loads(STRANGERS.read_text(encoding="utf-8"))
    return [Pair(**each) for each in told["pairs"]]


def read_sealed() -> list[Pair]:
    told = tomllib.loads(SEALED.read_text(encoding="utf-8"))
    return [Pair(**each, part="sealed") for each in told["pairs"]]


def figures_of(pairs: Sequence[Pair]) -> Figures:
    found = [pair for pair in pairs if pair.is_found()]
    right = sum(pair.meet for pair in found)
    return Figures(len(pairs), right / max(1, len(found)), right / max(1, sum(pair.meet for pair in pairs)))
