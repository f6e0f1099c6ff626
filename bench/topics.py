"""How well the topic table finds who could help whom, on labelled pairs, and how long it takes.

    python bench/topics.py            precision and recall on each part, and the times
    python bench/topics.py --wrong    also the pairs of the parts for tuning that come out wrong

The other parts are never listed: whoever tunes the table must not read them, nor tests/topics/sealed.toml, which is by
another hand.
"""

import argparse
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parent.parent))

from server.topics.recognising import recogniser, topics_in, topics_of_card
from tests.topics.pairs import PARTS, STRANGERS_PARTS, Pair, figures_of, read_pairs, read_sealed, read_strangers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="list what is wrong in the parts for tuning")
    chosen = parser.parse_args()

    started = process_time()
    recogniser()
    loading = process_time() - started
    pairs = [*read_pairs(), *read_strangers()]
    for part in (*PARTS, *STRANGERS_PARTS):
        _show(part, [pair for pair in pairs if pair.part == part])
    _show("sealed", read_sealed())
    if chosen.wrong:
        _show_wrong([pair for pair in pairs if pair.part in {"tuning", "tune"}])
    card = {"up_to": pairs[0].seeking, "seeking": pairs[1].seeking, "offering": pairs[2].offering,
            "ask_me_about": pairs[3].offering, "good_introduction": pairs[4].seeking}  # fmt: skip
    long_card = {name: (f"{text} und " * 30)[:280] for name, text in card.items()}
    print(f"the table loads in {loading * 1000:.0f} ms")
    for name, texts in (("a card", card), ("a card of five full fields", long_card)):
        print(f"{name}: {_milliseconds(texts):.3f} ms")


def _show(part: str, pairs: Sequence[Pair]) -> None:
    figures = figures_of(pairs)
    print(f"{part:9} {figures.pairs} pairs   precision {figures.precision:.2f}   recall {figures.recall:.2f}")


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
        started = process_time()
        topics_of_card(**texts)
        times.append(process_time() - started)
    return statistics.median(times) * 1000


if __name__ == "__main__":
    main()
