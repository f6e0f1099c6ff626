"""A simulated year of weekly reviews: 300 people meet by chance at six events, half of the time in a circle of their
own, and get up to 52 reviews each, made by the code that the job runs, on a throw-away PostgreSQL. Half-way some rest,
withdraw, block or ask for quiet; two in five of those who are named are written to. Always the same year.

`python bench/year_reviews.py [people]`
"""

import asyncio
import random
import statistics
import sys
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parent.parent))

from server.db import Connection, open_pool
from server.embedded import throw_away_postgres
from server.ids import new_id
from server.migrations import migrate
from server.relationships.models import RelationshipKind
from server.relationships.operations import begin, touch
from server.reviews.making import make_due
from server.reviews.rhythms import RHYTHMS

PEOPLE = int(sys.argv[1]) if len(sys.argv) > 1 else 300
EVENTS, MET_EACH, CIRCLE, SEED = 6, 4, 15, 2026
#: A Monday at noon; the events are on Saturdays, two months apart.
START = datetime(2027, 1, 4, 12, 0, tzinfo=UTC)
WEEKS = 52
ZONES = ("Europe/Lisbon", "Europe/Berlin", "Asia/Kolkata", "America/New_York", "Pacific/Kiritimati", "Pacific/Niue")
KINDS = (None, None, None, *RelationshipKind)
Pair = tuple[UUID, UUID]


class Year:
    """Who knows whom, who is gone, and what the reviews said."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.chance = random.Random(SEED)
        self.people = sorted(new_id() for _ in range(PEOPLE))
        self.kinds: dict[Pair, RelationshipKind | None] = {}
        self.met_on: dict[Pair, date] = {}
        self.event_of: dict[Pair, int] = {}
        self.named_on: defaultdict[Pair, list[date]] = defaultdict(list)
        self.gone: dict[Pair, str] = {}
        self.wrongly: Counter[str] = Counter()
        self.most = 0

    async def settle(self) -> None:
        for number, who in enumerate(self.people):
            await self.connection.execute(
                "INSERT INTO people (id, email, email_key, name, timezone, created_at) VALUES ($1, $2, $2, $3, $4, $5)",
                who, f"{number}@example.org", f"Person {number}", ZONES[number % len(ZONES)], START,
            )  # fmt: skip

    async def hold_event(self, number: int, at: datetime) -> None:
        """Everybody meets a few people: by chance, or in the circle where one meets again."""
        event_id = new_id()
        await self.connection.execute(
            "INSERT INTO events (id, slug, title, starts_at, ends_at, timezone, evening_at, created_at)"
            " VALUES ($1, $2, $3, $4, $5, 'Europe/Lisbon', $6, $7)",
            event_id, f"event-{number}", f"Gathering {number}", at, at + timedelta(hours=9), time(19), START,
        )  # fmt: skip
        places = {who: new_id() for who in self.people}
        for who, place in places.items():
            await self.connection.execute(
                "INSERT INTO registrations (event_id, id, person_id, name, name_key, source, created_at)"
                " VALUES ($1, $2, $3, 'Somebody', 'somebody', 'bench', $4)", event_id, place, who, START,
            )  # fmt: skip
            await self.connection.execute(
                "INSERT INTO cards (event_id, registration_id, name, up_to, open_to_event, updated_at)"
                " VALUES ($1, $2, 'Somebody Here', 'keeping bees on a roof', true, $3)", event_id, place, START,
            )  # fmt: skip
        pairs = {
            (min(who, other), max(who, other))
            for who in self.people
            for other in (self._somebody_for(who) for _ in range(MET_EACH))
        }
        for one, other in sorted(pairs):
            # Whoever blocked is not met again, and whoever withdrew stays away, so that both can be told for sure.
            if self.gone.get((one, other)) in {"withdrew", "blocked"}:
                continue
            await self._meet(event_id, at, (places[one], places[other]))
            for pair in ((one, other), (other, one)):
                if pair not in self.kinds:
                    self.kinds[pair] = self.chance.choice(KINDS)
                    self.event_of[pair] = number
                    kind = self.kinds[pair]
                    await self.connection.execute(
                        "UPDATE relationships SET kind = $3 WHERE person_id = $1 AND other_id = $2", *pair, kind
                    )
                self.met_on[pair] = at.date()

    def _somebody_for(self, who: UUID) -> UUID:
        place = self.people.index(who)
        circle = self.people[place - place % CIRCLE : place - place % CIRCLE + CIRCLE]
        others = [each for each in (circle if self.chance.random() < 0.5 else self.people) if each != who]
        return self.chance.choice(others)

    async def _meet(self, event_id: UUID, at: datetime, places: tuple[UUID, UUID]) -> None:
        swap_id = new_id()
        await self.connection.execute(
            "INSERT INTO swaps (event_id, id, lower_id, upper_id, swapped_at, changed_at)"
            " VALUES ($1, $2, $3, $4, $5, $5)",
            event_id, swap_id, min(places), max(places), at,
        )  # fmt: skip
        for place in places:
            await self.connection.execute(
                "INSERT INTO swap_sides (event_id, swap_id, registration_id, scanned_at, offers, offered_at)"
                " VALUES ($1, $2, $3, $4, '{EMAIL}', $4)", event_id, swap_id, place, at,
            )  # fmt: skip
        await self.connection.execute(
            "INSERT INTO conversations (event_id, swap_id, day) VALUES ($1, $2, $3)", event_id, swap_id, at.date()
        )
        await begin(self.connection, event_id=event_id, swap_id=swap_id, now=at)

    async def lose_some(self) -> None:
        """Half-way through the year; each way of leaving is told apart."""
        pairs = sorted(self.kinds)
        for pair in self.chance.sample(pairs, PEOPLE // 2):
            self.gone[pair] = "rests"
            await self.connection.execute(
                "UPDATE relationships SET resting_until = '2099-01-01' WHERE person_id = $1 AND other_id = $2", *pair
            )
        for way in ("withdrew", "blocked"):
            for one, other in self.chance.sample(pairs, PEOPLE // 3):
                self.gone[one, other] = self.gone[other, one] = way
                await self.connection.execute(
                    "UPDATE swaps SET withdrawn_at = $3 FROM registrations AS mine, registrations AS theirs"
                    " WHERE mine.person_id = $1 AND theirs.person_id = $2 AND theirs.event_id = mine.event_id"
                    " AND swaps.event_id = mine.event_id AND swaps.lower_id = LEAST(mine.id, theirs.id)"
                    " AND swaps.upper_id = GREATEST(mine.id, theirs.id)", one, other, START,
                )  # fmt: skip
        for quiet in self.chance.sample(self.people, PEOPLE // 20):
            await self.connection.execute("UPDATE people SET quiet_since = $2 WHERE id = $1", quiet, START)
            # Whoever withdrew or was blocked stays so: those two are not met again.
            self.gone = {pair: "asked for quiet" for pair in pairs if pair[1] == quiet} | self.gone

    async def review(self, now: datetime) -> int:
        """A worker at `now`; what it made is read, and some of those named are written to."""
        made = await make_due(self.connection, now=now)
        rows = await self.connection.fetch(
            "SELECT review_follow_ups.person_id, other_id, suggested_on FROM review_follow_ups"
            " JOIN review_weeks USING (person_id, week_of) JOIN relationships ON relationships.id = relationship_id"
            " AND relationships.person_id = review_follow_ups.person_id WHERE made_at = $1"
            " ORDER BY review_follow_ups.person_id, place", now,
        )  # fmt: skip
        self.most = max([self.most, *Counter(row["person_id"] for row in rows).values()])
        for row in rows:
            pair = (row["person_id"], row["other_id"])
            self.named_on[pair].append(row["suggested_on"])
            if pair in self.gone:
                self.wrongly[self.gone[pair]] += 1
            if self.chance.random() < 0.4:
                await touch(self.connection, person_id=pair[0], other_id=pair[1], now=now)
        return made


async def main() -> None:
    with throw_away_postgres() as dsn:
        await migrate(dsn)
        pool = await open_pool(dsn, size=2)
        async with pool.acquire() as connection:
            year = Year(connection)
            await year.settle()
            reviews = 0
            for week in range(WEEKS):
                monday = START + timedelta(weeks=week)
                if week % (WEEKS // EVENTS) == 0 and week // (WEEKS // EVENTS) < EVENTS:
                    await year.hold_event(week // (WEEKS // EVENTS), monday - timedelta(days=2))
                if week == WEEKS // 2:
                    await year.lose_some()
                # Friday noon and Saturday noon in UTC: by then four in the afternoon of Friday has come in every zone.
                for days in (4, 5):
                    reviews += await year.review(monday + timedelta(days=days))
        await pool.close()
    show(year, reviews)


def show(year: Year, reviews: int) -> None:
    named = sum(len(days) for days in year.named_on.values())
    again = [
        ((then - before).days, RHYTHMS[year.kinds[pair]], pair)
        for pair, days in year.named_on.items()
        for before, then in pairwise(days)
    ]
    known = Counter(pair[0] for pair in year.kinds)
    print(f"{PEOPLE} people, {EVENTS} events, {statistics.median(known.values()):.0f} people known at the end (median)")
    print(f"{reviews} reviews in {WEEKS} weeks named {named} times; never more than {year.most} in one")
    print(f"named again within their rhythm: {sum(days < rhythm for days, rhythm, _ in again)} of {len(again)}")
    print(f"named though they rest, withdrew, blocked or asked for quiet: {dict(year.wrongly) or 0}")
    for kind, rhythm in RHYTHMS.items():
        waits = sorted(days / rhythm for days, _, pair in again if year.kinds[pair] is kind)
        told = f"{_median(waits):.1f} rhythms, slowest tenth {waits[len(waits) * 9 // 10]:.1f}" if waits else "none"
        print(f"  {kind or 'nothing said':14} {rhythm:4} days: again after {told}  ({len(waits)} times)")
    for event in range(EVENTS - 1):
        met = [pair for pair, number in year.event_of.items() if number == event and pair not in year.gone]
        waits = sorted(
            (then - before).days / RHYTHMS[year.kinds[pair]]
            for pair in met
            for before, then in pairwise(year.named_on[pair])
            if before >= (START + timedelta(weeks=26)).date()
        )
        never = sum(pair not in year.named_on for pair in met) / len(met)
        told = f"again after {_median(waits):.1f} rhythms in the second half; never named {never:.0%}"
        print(f"  met first at event {event + 1}: {told}")


def _median(waits: list[Any]) -> float:
    return statistics.median(waits) if waits else float("nan")


if __name__ == "__main__":
    asyncio.run(main())
