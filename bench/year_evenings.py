"""A simulated year of evenings: how many suggestions people get, what is repeated, who is introduced, and whether
anybody is asked for something too early.

Run as `python bench/year_evenings.py [people]`. Six events of one to three days, two of them within thirty days of the
one before. The lists are chosen, and introductions suggested, by the code that the evening's job runs; there is no
database in it. What becomes of each suggestion is left to chance, the same each time.
"""

import random
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from statistics import mean
from uuid import UUID, uuid5

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.year_people import Town, Year, kept
from server.evening.choosing import choose
from server.evening.giving import asks_of
from server.evening.introducing import introductions_among
from server.evening.models import FollowUpKind, FollowUpState, Listed, Suggestion
from server.evening.repeating import OF_PERSONS, REST, not_again
from server.introductions.models import Introduction
from server.introductions.suggesting.matching import suggest
from server.introductions.suggesting.wording import told
from server.people.models import LONGEST_EVENING

FIRST = date(2027, 1, 15)
#: The days of each event, counted from the first.
EVENTS = ((0, 1), (20,), (80, 81, 82), (105,), (200, 201), (320,))
TALKS_EACH = 4
GIVING = {FollowUpKind.KEEP_PROMISE, FollowUpKind.SHARE, FollowUpKind.SPEAK_UP}


@dataclass
class Counts:
    """What is reported."""

    held: defaultdict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    kinds: Counter[FollowUpKind] = field(default_factory=Counter)
    of_known: int = 0
    above: int = 0
    early: int = 0
    waited: int = 0
    open_asks: int = 0


def evening(town: Town, year: Year, event: int, day: date, counts: Counts) -> None:
    """One person's list, and what becomes of it."""
    place = uuid5(year.reader.person_id, str(event))
    reader = replace(year.reader, registration_id=place)
    people = [replace(each, has_my_gift=each.person_id in year.given) for each in year.met.values()]
    left_out = not_again(year.listed, registration_id=place, day=day)
    ideas = [told(each, language="en") for each in suggest(town.circle(year), at_most=LONGEST_EVENING)]
    chosen = choose(
        people, reader=reader, day=day, introductions=introductions_among(people, ideas), left_out=left_out,
        at_most=reader.evening_limit,
    )  # fmt: skip
    counts.held[reader.evening_limit][len(chosen)] += 1
    counts.above += len(chosen) > reader.evening_limit
    counts.kinds.update(each.kind for each in chosen)
    counts.early += sum(each.kind is FollowUpKind.ASK and each.person_id not in year.given for each in chosen)
    counts.of_known += sum(year.met[each.person_id].met_on < day for each in chosen)
    answering = [each for each in people if any(asks_of(reader, each))]
    counts.waited += sum(not each.has_my_gift for each in answering)
    counts.open_asks += any(each.has_my_gift for each in answering)
    for number, each in enumerate(chosen):
        settle(town, year, Listed(
            place, day, each.kind, each.subject_id, each.person_id, FollowUpState.OPEN, day, number,
            is_live=True, is_opened=True, at_most=reader.evening_limit,
        ), each)  # fmt: skip


def settle(town: Town, year: Year, listed: Listed, suggestion: Suggestion) -> None:
    """Done, put off, let go, or left; what is done is given, kept, or asked of two."""
    states = [FollowUpState.DONE, FollowUpState.LATER, FollowUpState.DISMISSED, FollowUpState.OPEN]
    state = town.chance.choices(states, (4, 2, 1, 3))[0]
    put_off = timedelta(days=town.chance.randint(1, 60) if state is FollowUpState.LATER else 0)
    year.listed.append(replace(listed, state=state, due_on=listed.day + put_off))
    if state is not FollowUpState.DONE:
        return
    person = year.met[suggestion.person_id]
    if suggestion.kind is FollowUpKind.INTRODUCE and suggestion.other is not None:
        (other,) = [each for each in year.met.values() if each.at == suggestion.other]
        town.introduce(year, person, other, listed.day)
    if suggestion.kind in GIVING:
        year.given.add(person.person_id)
        year.met[person.person_id] = kept(person, suggestion.subject_id, listed.day)


def repeats(year: Year) -> int:
    """Suggestions of one subject, or of one kind about one person, within the rest and not put off."""
    found = 0
    for later in year.listed:
        for earlier in year.listed:
            same = later.subject_id == earlier.subject_id or (
                later.kind in OF_PERSONS and later.person_id == earlier.person_id
            )
            is_near = earlier.day < later.day < earlier.day + REST
            found += later.kind is earlier.kind and same and is_near and earlier.state is not FollowUpState.LATER
    return found


def _pair(introduction: Introduction) -> frozenset[UUID]:
    return frozenset({introduction.first.person_id, introduction.second.person_id})


def report(town: Town, counts: Counts) -> None:
    years = town.people.values()
    total, kinds = counts.kinds.total(), counts.kinds
    evenings = sum(map(len, EVENTS))
    known = counts.of_known / total
    print(f"{len(years)} people, {evenings} evenings: {total:,} suggestions, {known:.0%} about people of earlier days")
    for limit, held in sorted(counts.held.items()):
        each = ", ".join(f"{number}: {held[number]}" for number in sorted(held))
        print(f"  limit {limit}: {mean(held.elements()):.1f} an evening ({each})")
    again = sum(map(repeats, years))
    print(f"Evenings above their limit {counts.above}; repeats within {REST.days} days unless put off {again}")
    print(
        f"Asks {kinds[FollowUpKind.ASK]}, of which before a gift {counts.early}: held back {counts.waited:,} times, "
        f"in {counts.open_asks} evenings somebody who had a gift could be asked"
    )
    begun = [introduction for year in years for introduction in year.introduced]
    made = [each for each in begun if each.made_at is not None]
    both = sum(each.first.thanked_at is not None and each.second.thanked_at is not None for each in made)
    agreed = sum(each.first.says_yes is True for each in begun)
    unasked = sum(each.second.says_yes is not None and each.first.says_yes is not True for each in begun)
    twice = sum(count > 1 for year in years for count in Counter(map(_pair, year.introduced)).values())
    print(
        f"Introductions suggested {kinds[FollowUpKind.INTRODUCE]}, begun {len(begun)}, the first agreed {agreed}, "
        f"made {len(made)}, both gave thanks {both}; the second asked before a yes {unasked}, a pair twice {twice}"
    )
    print(", ".join(f"{kind} {number}" for kind, number in kinds.most_common()))


def main(many: int) -> None:
    town = Town.of(many, random.Random(7))  # the same year each run
    counts = Counts()
    for event, days in enumerate(EVENTS):
        for day in (FIRST + timedelta(days=each) for each in days):
            for _ in range(many * TALKS_EACH // 2):
                town.talk(day)
            for year in town.people.values():
                evening(town, year, event, day, counts)
    report(town, counts)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
