"""A simulated year of evenings: how many suggestions people get, what is repeated, and whether anybody is asked early.

Run as `python bench/year_evenings.py [people]`. Six events, two of them within thirty days of the one before; who meets
whom, what is promised and written down, and what becomes of each suggestion is left to chance, the same each time. The
lists are chosen by the code that the evening's job runs; introductions, which another feature suggests, are left out,
and there is no database in it.
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

from server.evening.choosing import choose
from server.evening.met.models import Memory, MemoryKind, PersonMet, PromiseMade, Reader, SwapAt
from server.evening.models import FollowUpKind, FollowUpState, Listed, Suggestion
from server.evening.repeating import OF_PERSONS, REST, not_again
from server.promises.models import PromiseKind
from server.registrations.models import Card
from server.swaps.models import Feeling

SPACE = UUID(int=11)
DAYS = [date(2027, 1, 15) + timedelta(days=days) for days in (0, 20, 80, 105, 200, 320)]
KNOWN = ("beekeeping", "welding", "grant writing", "sailing", "bookkeeping", "pottery", "photography", "gardening")
LESSONS = ("hay insulates the hives", "old bearings sing before they break", "ask the neighbours first")
PROMISES = ("the article on soil sensors", "Jun from the tool library", "an hour in the clock tower")
GIVING = {FollowUpKind.KEEP_PROMISE, FollowUpKind.SHARE, FollowUpKind.SPEAK_UP}


@dataclass
class Year:
    """One person's year: whom they know, what was suggested, and to whom they gave something."""

    reader: Reader
    met: dict[UUID, PersonMet] = field(default_factory=dict)
    listed: list[Listed] = field(default_factory=list)
    given: set[UUID] = field(default_factory=set)


def somebody(number: int, chance: random.Random) -> Reader:
    who = uuid5(SPACE, str(number))
    card = Card(
        name=f"Person {number}",
        up_to="starting a seed library" if chance.random() < 0.6 else None,
        seeking=f"help with {chance.choice(KNOWN)}" if chance.random() < 0.7 else None,
        offering=chance.choice(KNOWN) if chance.random() < 0.7 else None,
        new_here=chance.random() < 0.15,
        between_things=chance.random() < 0.1,
        open_to_event=True,
    )
    return Reader(who, who, "en", chance.choice((1, 2, 3, 3, 3, 4, 5)), card)


def meet(year: Year, other: Reader, day: date, chance: random.Random, *, again: bool) -> None:
    """The two talked on that day; what the one wrote down of it."""
    at = SwapAt(uuid5(SPACE, str(day)), uuid5(other.person_id, f"{day}{year.reader.person_id}"))
    before = year.met.get(other.person_id)
    promises = tuple(
        PromiseMade(uuid5(at.swap_id, text), chance.choice([*PromiseKind]), text, day, None, None, at)
        for text in PROMISES
        if chance.random() < 0.12
    )
    memories = tuple(
        Memory(uuid5(at.swap_id, text), MemoryKind.INSIGHT, text, day, at) for text in LESSONS if chance.random() < 0.15
    )
    year.met[other.person_id] = PersonMet(
        person_id=other.person_id, at=at, card=other.card, met_on=day, is_mutual=chance.random() < 0.8,
        both_would_talk_again=again, is_known_longer=before is not None,
        feelings=frozenset(each for each in Feeling if chance.random() < 0.25),
        promises=(*(before.promises if before else ()), *promises),
        memories=(*(before.memories if before else ()), *memories),
    )  # fmt: skip


def evening(year: Year, day: date) -> list[Suggestion]:
    people = [replace(each, has_my_gift=each.person_id in year.given) for each in year.met.values()]
    left_out = not_again(year.listed, registration_id=uuid5(year.reader.person_id, str(day)), day=day)
    return choose(people, reader=year.reader, day=day, left_out=left_out, at_most=year.reader.evening_limit)


def settle(year: Year, suggestions: list[Suggestion], day: date, chance: random.Random) -> None:
    """What becomes of each: done, put off, let go, or left; what is done is given."""
    states = [FollowUpState.DONE, FollowUpState.LATER, FollowUpState.DISMISSED, FollowUpState.OPEN]
    for place, each in enumerate(suggestions):
        state = chance.choices(states, (4, 2, 1, 3))[0]
        due = day + timedelta(days=chance.randint(1, 60)) if state is FollowUpState.LATER else day
        year.listed.append(
            Listed(
                uuid5(year.reader.person_id, str(day)),
                day,
                each.kind,
                each.subject_id,
                each.person_id,
                state,
                due,
                place,
                is_live=True,
                is_opened=True,
                at_most=year.reader.evening_limit,
            )
        )
        if state is FollowUpState.DONE and each.kind in GIVING:
            year.given.add(each.person_id)
            person = year.met[each.person_id]
            kept = tuple(
                replace(promise, kept_on=day) if promise.id == each.subject_id else promise
                for promise in person.promises
            )
            year.met[each.person_id] = replace(person, promises=kept)


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


def main(many: int) -> None:
    chance = random.Random(7)  # the same year each run
    years = [Year(somebody(number, chance)) for number in range(many)]
    counts: defaultdict[int, Counter[int]] = defaultdict(Counter)
    kinds: Counter[FollowUpKind] = Counter()
    above = early = of_known = 0
    for day in DAYS:
        for _ in range(many * 5 // 2):
            one, two = chance.sample(years, 2)
            again = chance.random() < 0.2
            meet(one, two.reader, day, chance, again=again)
            meet(two, one.reader, day, chance, again=again)
        for year in years:
            suggestions = evening(year, day)
            counts[year.reader.evening_limit][len(suggestions)] += 1
            above += len(suggestions) > year.reader.evening_limit
            kinds.update(each.kind for each in suggestions)
            early += sum(each.kind is FollowUpKind.ASK and each.person_id not in year.given for each in suggestions)
            of_known += sum(year.met[each.person_id].met_on < day for each in suggestions)
            settle(year, suggestions, day, chance)
    total = sum(kinds.values())
    print(
        f"{many} people, {len(DAYS)} events: {total:,} suggestions, {of_known / total:.0%} about people of earlier days"
    )
    for limit, held in sorted(counts.items()):
        evenings = ", ".join(f"{number}: {held[number]}" for number in sorted(held))
        print(f"  limit {limit}: {mean(held.elements()):.1f} an evening ({evenings})")
    print(
        f"Evenings above their limit {above}; repeats within {REST.days} days unless put off {sum(map(repeats, years))}"
    )
    print(f"Asks {kinds[FollowUpKind.ASK]}, of which before a gift {early}")
    print(", ".join(f"{kind} {number}" for kind, number in kinds.most_common()))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
