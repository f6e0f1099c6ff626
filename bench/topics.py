"""How well the topic table finds who could help whom, on labelled pairs, and how long it takes.

    python bench/topics.py            precision and recall on both halves, and the times
    python bench/topics.py --wrong    also the pairs of the tuning half that come out wrong

The held-out half is never listed: whoever tunes the table must not read it.
"""

import argparse
import statistics
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from server.topics.matching import meets  # noqa: E402
from server.topics.recognising import recogniser, topics_in, topics_of_card  # noqa: E402

PAIRS = ROOT / "tests" / "topics" / "pairs.toml"
HALVES = ("tuning", "held-out")


@dataclass(frozen=True, slots=True)
class Pair:
    seeking: str
    offering: str
    meet: bool
    half: str

    def is_found(self) -> bool:
        return meets(topics_in(self.seeking), topics_in(self.offering)) is not None


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of one half."""

    pairs: int
    precision: float
    recall: float


def read_pairs() -> list[Pair]:
    told = tomllib.loads(PAIRS.read_text(encoding="utf-8"))
    return [Pair(**each) for each in told["pairs"]]


def figures_of(pairs: Sequence[Pair]) -> Figures:
    found = [pair for pair in pairs if pair.is_found()]
    right = sum(pair.meet for pair in found)
    return Figures(len(pairs), right / max(1, len(found)), right / max(1, sum(pair.meet for pair in pairs)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="list what is wrong in the tuning half")
    chosen = parser.parse_args()

    started = perf_counter()
    recogniser()
    loading = perf_counter() - started
    pairs = read_pairs()
    for half in HALVES:
        figures = figures_of([pair for pair in pairs if pair.half == half])
        print(f"{half:9} {figures.pairs} pairs   precision {figures.precision:.3f}   recall {figures.recall:.3f}")
    if chosen.wrong:
        _show_wrong([pair for pair in pairs if pair.half == "tuning"])
    card = {"up_to": pairs[0].seeking, "seeking": pairs[1].seeking, "offering": pairs[2].offering,
            "ask_me_about": pairs[3].offering, "good_introduction": pairs[4].seeking}  # fmt: skip
    long_card = {name: (f"{text} und " * 30)[:280] for name, text in card.items()}
    print(f"the table loads in {loading * 1000:.0f} ms")
    for name, texts in (("a card", card), ("a card of five full fields", long_card)):
        print(f"{name}: {_milliseconds(texts):.3f} ms")


def _show_wrong(pairs: Sequence[Pair]) -> None:
    for pair in pairs:
        if pair.is_found() != pair.meet:
            print(f"  {'missed' if pair.meet else 'false '}  {pair.seeking} {topics_in(pair.seeking)}")
            print(f"          {pair.offering} {topics_in(pair.offering)}")


def _milliseconds(texts: dict[str, str]) -> float:
    """The median of two hundred, after a first one that warms up."""
    topics_of_card(**texts)
    times = []
    for _ in range(200):
        started = perf_counter()
        topics_of_card(**texts)
        times.append(perf_counter() - started)
    return statistics.median(times) * 1000


if __name__ == "__main__":
    main()
