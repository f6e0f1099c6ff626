"""A simulated year of six events: what 300 people are asked who meet by chance, half of the time in a circle in which
they meet again. The engine alone, without a database, always the same year.

`python bench/year.py`; with `--people` also the variety of each person at each event.
"""

import argparse
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.agenda.crowd import Crowd, Talk, varieties

PEOPLE, EVENTS, TALKS_EACH, SEED = 300, 6, 8, 2026
Both = tuple[Talk, Talk]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", action="store_true", help="list the variety of each person")
    chosen = parser.parse_args()

    crowd = Crowd(PEOPLE, seed=SEED)
    events = [list(crowd.event(talks_each=TALKS_EACH)) for _ in range(EVENTS)]
    _show_pairs([both for event in events for both in event])
    _show_variety("each with regard to the others of the day", events)
    by_chance = Crowd(PEOPLE, seed=SEED)
    without = [list(by_chance.event(talks_each=TALKS_EACH, vary=False)) for _ in range(EVENTS)]
    _show_variety("the same, left to chance", without)
    if chosen.people:
        _show_people(events)


def _show_pairs(talks: Sequence[Both]) -> None:
    sides = [talk for both in talks for talk in both]
    again = [one for one, _ in talks if one.situation.history.conversations]
    most = max(one.situation.history.conversations for one, _ in talks) + 1
    repeated = [key for talk in sides for key in talk.keys if key in _had(talk)]
    early = [key for talk in sides for key in talk.repeats_too_early()]
    differ = sum(one.agenda.prompts[0].text != two.agenda.prompts[0].text for one, two in talks)
    print(f"{PEOPLE} people, {EVENTS} events, {len(talks)} talks, {len(again)} of people who had met; {most} at most")
    print(f"prompts {sum(len(talk.keys) for talk in sides)}, of them chosen {len({k for t in sides for k in t.keys})}")
    print(f"repetitions for a pair before a phase was used up: {len(early)}; after it: {len(repeated) - len(early)}")
    print(f"openings differ in {100 * differ / len(talks):.1f} % of talks")
    met = sum(any(talk.situation.shared.values()) for talk in sides)
    print(f"the cards of the two meet by a topic in {100 * met / len(sides):.0f} % of talks")
    minutes = [talk.agenda.minutes for talk in sides if not talk.is_guided]
    print(f"minutes: {min(minutes)} to {max(minutes)}, median {statistics.median(minutes):.0f}")


def _had(talk: Talk) -> set[str]:
    return {*talk.situation.history.asked, *talk.situation.history.asked_by_other}


def _show_variety(name: str, events: Sequence[Sequence[Both]]) -> None:
    """How many of the prompts that one person had in a day were different ones."""
    figures = [figure for event in events for figure in _of_day(event).values()]
    tenth = statistics.quantiles(figures, n=10)[0]
    print(
        f"variety of a person's day, {name}: median {statistics.median(figures):.3f}, "
        f"lowest tenth {tenth:.3f}, lowest {min(figures):.3f}"
    )


def _show_people(events: Sequence[Sequence[Both]]) -> None:
    days = [_of_day(event) for event in events]
    for person in range(PEOPLE):
        print(f"person {person:3}  " + "  ".join(f"{day[person]:.2f}" if person in day else "   -" for day in days))


def _of_day(event: Sequence[Both]) -> dict[int, float]:
    return varieties(talk for both in event for talk in both)


if __name__ == "__main__":
    main()
