"""The people of the simulated year of evenings: who meets whom, what each writes down, gives, and is introduced for.

Everything is left to chance, the same each time. What an introduction may become is decided by the rules that the app
runs (`server.introductions.seeing`). It measures nothing; `year_evenings` does.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5

from server.evening.met.models import Memory, MemoryKind, PersonMet, PromiseMade, Reader, SwapAt
from server.evening.models import Listed
from server.introductions.models import ASKED, Asked, Introduction, IntroductionPart
from server.introductions.seeing import answered, seen_by, thanked
from server.introductions.suggesting.models import Circle
from server.introductions.suggesting.operations import contacts_of
from server.introductions.suggesting.queries import ContactRow
from server.people.models import ContactField
from server.promises.models import PromiseKind
from server.registrations.models import Card
from server.swaps.models import Feeling

SPACE = UUID(int=11)
KNOWN = ("beekeeping", "welding", "grant writing", "sailing", "bookkeeping", "pottery", "photography", "gardening")
LESSONS = ("hay insulates the hives", "old bearings sing before they break", "ask the neighbours first")
PROMISES = ("the article on soil sensors", "Jun from the tool library", "an hour in the clock tower")
#: How likely each is in one talk, for each side.
PROMISED, LEARNED, NEED_HEARD, GAVE_AT_ONCE, SHARED, AGAIN = 0.08, 0.1, 0.05, 0.1, 0.8, 0.1
#: How likely each tap of how it was.
FELT = 0.2
#: How likely somebody who is asked says yes, and how likely each of the two gives thanks.
SAYS_YES, THANKS = 0.75, 0.6


@dataclass
class Year:
    """One person's year: whom they know, what was suggested, to whom they gave something, whom they introduced."""

    reader: Reader
    open_to_introductions: bool
    met: dict[UUID, PersonMet] = field(default_factory=dict)
    listed: list[Listed] = field(default_factory=list)
    given: set[UUID] = field(default_factory=set)
    introduced: list[Introduction] = field(default_factory=list)


@dataclass
class Town:
    """All of them, and the pairs of whom one said no to the other: nobody suggests these again."""

    people: dict[UUID, Year]
    chance: random.Random
    apart: set[frozenset[UUID]] = field(default_factory=set)

    @classmethod
    def of(cls, many: int, chance: random.Random) -> "Town":
        years = [_somebody(number, chance) for number in range(many)]
        return cls({each.reader.person_id: each for each in years}, chance)

    def talk(self, day: date) -> None:
        """Two by chance; what each of them wrote down and gave."""
        one, two = self.chance.sample(list(self.people.values()), 2)
        is_mutual, again = self.chance.random() < SHARED, self.chance.random() < AGAIN
        for me, other in ((one, two.reader), (two, one.reader)):
            self._remember(me, other, day, is_mutual=is_mutual, again=again)

    def circle(self, year: Year) -> Circle:
        """Of whom the person may think for introductions."""
        rows = [self._row(each) for each in year.met.values() if each.is_mutual and self._is_open(each.person_id)]
        done = frozenset(frozenset(part.person_id for part in (each.first, each.second)) for each in year.introduced)
        return Circle("en", contacts_of(rows), done, frozenset(self.apart))

    def introduce(self, year: Year, first: PersonMet, second: PersonMet, day: date) -> None:
        """Ask the first and, after a yes, the second; once made, thanks follow by chance."""
        now = datetime.combine(day, time(20), UTC)
        made = Introduction(
            uuid5(first.person_id, f"{second.person_id} {day}"), year.reader.person_id, _asked(first), _asked(second),
            reason="why",
            asked_at=now, made_at=None, taken_back_at=None, ended_at=None, has_consent=True, is_apart=False,
        )  # fmt: skip
        for part in ASKED:
            made = self._asked(made, part, now + timedelta(days=1))
        if made.made_at is not None:
            for part in ASKED:
                year.given.add(made.asked(part).person_id)
                if self.chance.random() < THANKS:
                    made = thanked(made, whom=part, at=now + timedelta(days=3))
        year.introduced.append(made)

    def _asked(self, introduction: Introduction, part: IntroductionPart, now: datetime) -> Introduction:
        person_id = introduction.asked(part).person_id
        if seen_by(introduction, person_id=person_id, now=now) is None:
            return introduction  # the second, to whom nothing is known before the first's yes
        yes = self.chance.random() < SAYS_YES
        if not yes:
            self.apart.add(frozenset({introduction.first.person_id, introduction.second.person_id}))
        return answered(introduction, part=part, yes=yes, offers=frozenset({ContactField.EMAIL}), now=now)

    def _is_open(self, person_id: UUID) -> bool:
        return self.people[person_id].open_to_introductions

    def _row(self, met: PersonMet) -> ContactRow:
        return ContactRow(
            person_id=met.person_id, contact_id=met.person_id, event_id=met.at.event_id, swap_id=met.at.swap_id,
            swapped_at=datetime.combine(met.met_on, time(12), UTC), name=met.card.name, seeking=met.card.seeking,
            offering=met.card.offering, dropped_topics=(), leans=met.card.new_here or met.card.between_things,
            needs=tuple(each.text for each in met.memories if each.kind is MemoryKind.NEED),
        )  # fmt: skip

    def _remember(self, me: Year, other: Reader, day: date, *, is_mutual: bool, again: bool) -> None:
        chance, before = self.chance, me.met.get(other.person_id)
        at = SwapAt(uuid5(SPACE, str(day)), uuid5(other.person_id, f"{day}{me.reader.person_id}"))
        me.met[other.person_id] = PersonMet(
            person_id=other.person_id, at=at, card=other.card, met_on=day, is_mutual=is_mutual,
            both_would_talk_again=again, is_known_longer=before is not None,
            feelings=frozenset(each for each in Feeling if chance.random() < FELT),
            promises=(*(before.promises if before else ()), *self._promises(at, day)),
            memories=(*(before.memories if before else ()), *self._memories(at, day)),
        )  # fmt: skip
        if chance.random() < GAVE_AT_ONCE:
            me.given.add(other.person_id)

    def _promises(self, at: SwapAt, day: date) -> Iterator[PromiseMade]:
        if self.chance.random() < PROMISED:
            text = self.chance.choice(PROMISES)
            kind = self.chance.choice([*PromiseKind])
            yield PromiseMade(uuid5(at.swap_id, text), kind, text, day, None, None, at)

    def _memories(self, at: SwapAt, day: date) -> Iterator[Memory]:
        if self.chance.random() < LEARNED:
            text = self.chance.choice(LESSONS)
            yield Memory(uuid5(at.swap_id, text), MemoryKind.INSIGHT, text, day, at)
        if self.chance.random() < NEED_HEARD:
            text = f"needs help with {self.chance.choice(KNOWN)}"
            yield Memory(uuid5(at.swap_id, text), MemoryKind.NEED, text, day, at)


def _asked(person: PersonMet) -> Asked:
    return Asked(person.person_id, person.at.event_id, person.at.swap_id, is_contact=True)


def kept(person: PersonMet, promise_id: UUID, day: date) -> PersonMet:
    """The same with that promise kept."""
    promises = tuple(replace(each, kept_on=day) if each.id == promise_id else each for each in person.promises)
    return replace(person, promises=promises)


def _somebody(number: int, chance: random.Random) -> Year:
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
    reader = Reader(who, who, "en", chance.choice((1, 2, 3, 3, 3, 4, 5)), card)
    return Year(reader, open_to_introductions=chance.random() < 0.8)
