"""How long the evening lists of a whole event take, made by the code the job runs, and in how much memory.

Run as `python bench/evening.py [people] [swaps]`. It makes a throw-away PostgreSQL and an event with believable
conversations, prints its figures and leaves nothing. The database syncs nothing to disk here, so a real one is
somewhat slower to commit.
"""

import asyncio
import random
import resource
import sys
import time
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parent.parent))

from server.db import Connection, open_pool
from server.embedded import throw_away_postgres
from server.evening.making import count_lists, make_evenings
from server.events.models import Event
from server.events.operations import create_event
from server.ids import new_id
from server.migrations import migrate
from server.people.queries import upsert_person

PEOPLE, SWAPS = 2_000, 10_000
DAY = date(2027, 4, 22)
NOW = datetime(2027, 4, 22, 9, tzinfo=UTC)
EVENING = datetime(2027, 4, 22, 18, tzinfo=UTC)
NOON = datetime(2027, 4, 22, 11, tzinfo=UTC)

PROMISES = ["the article on soil sensors", "Introduce her to Jun from the tool library", "Call about the roof"]
INSIGHTS = ["He repairs old radios with parts from one shop in Porto", "Bees sleep less than she thought", "Ask locals"]


async def an_event(connection: Connection) -> Event:
    owner = await upsert_person(
        connection, new_id=new_id(), email="desk@example.org", email_key="desk@example.org", name="Desk", now=NOW
    )
    return await create_event(
        connection,
        owner_id=owner,
        slug="large",
        title="Large",
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=9),
        timezone="Europe/Lisbon",
        now=NOW,
    )


async def copy(connection: Connection, table: str, columns: str, records: list[tuple[Any, ...]]) -> None:
    await connection.copy_records_to_table(table, columns=columns.split(), records=records)


async def fill(connection: Connection, event: Event, people: int, swaps: int, chance: random.Random) -> None:
    """People with open cards; half of the swaps with something learned, a third with a promise, a fifth felt alike."""
    ids = sorted(new_id() for _ in range(people))
    numbered = list(enumerate(ids))
    await copy(
        connection,
        "people",
        "id email email_key created_at",
        [(who, f"{number}@example.org", f"{number}@example.org", NOW) for number, who in numbered],
    )
    await copy(
        connection,
        "registrations",
        "event_id id person_id name name_key source created_at",
        [(event.id, who, who, f"Attendee {number}", f"attendee {number}", "bench", NOW) for number, who in numbered],
    )
    await copy(
        connection,
        "cards",
        "event_id registration_id name open_to_event updated_at",
        [(event.id, who, f"Attendee {number}", True, NOW) for number, who in numbered],
    )
    pairs: set[tuple[UUID, UUID]] = set()
    while len(pairs) < swaps:
        lower, upper = sorted(chance.sample(ids, 2))
        pairs.add((lower, upper))
    met = [(new_id(), lower, upper) for lower, upper in sorted(pairs)]
    await copy(
        connection,
        "swaps",
        "event_id id lower_id upper_id swapped_at changed_at",
        [(event.id, swap, lower, upper, NOON, NOON) for swap, lower, upper in met],
    )
    sides = [(swap, who) for swap, lower, upper in met for who in (lower, upper)]
    await copy(
        connection,
        "swap_sides",
        "event_id swap_id registration_id scanned_at offers offered_at",
        [(event.id, swap, who, NOON, ["EMAIL"], NOON) for swap, who in sides],
    )
    await copy(connection, "conversations", "event_id swap_id day", [(event.id, swap, DAY) for swap, _, _ in met])
    await copy(
        connection,
        "promises",
        "event_id id swap_id registration_id key kind text made_at",
        [
            (event.id, new_id(), swap, who, new_id(), "OTHER", chance.choice(PROMISES), NOON)
            for swap, who in sides
            if chance.random() < 1 / 6
        ],
    )
    await copy(
        connection,
        "agenda_prompts",
        "event_id id swap_id registration_id day place library_key phase minutes text why state insight marked_at",
        [
            (event.id, new_id(), swap, who, DAY, place, f"key-{place}", "LEARN", 3, "What?", "Why", *told)
            for swap, who in sides
            for place, told in enumerate(
                [("ASKED", chance.choice(INSIGHTS) if chance.random() < 1 / 4 else None, NOON)]
                + [("WAITING", None, None)] * 5
            )
        ],
    )
    await copy(
        connection,
        "feelings",
        "event_id swap_id registration_id feeling felt_at",
        [
            (event.id, swap, who, "TALK_AGAIN", NOON)
            for swap, lower, upper in met
            if chance.random() < 1 / 5
            for who in (lower, upper)
        ],
    )


async def measure(people: int, swaps: int) -> None:
    with throw_away_postgres() as dsn:
        await migrate(dsn)
        pool = await open_pool(dsn)
        async with pool, pool.acquire() as connection:
            event = await an_event(connection)
            await fill(connection, event, people, swaps, random.Random(7))  # noqa: S311 - the same event each run
            await connection.execute("ANALYZE")
            before = peak_megabytes()
            started = time.perf_counter()
            made = await make_evenings(connection, event=event, day=DAY, now=EVENING)
            first = time.perf_counter() - started
            started = time.perf_counter()
            await make_evenings(connection, event=event, day=DAY, now=EVENING + timedelta(minutes=1))
            again = time.perf_counter() - started
            await connection.execute("UPDATE swaps SET changed_at = $1", EVENING + timedelta(minutes=5))
            started = time.perf_counter()
            await make_evenings(connection, event=event, day=DAY, now=EVENING + timedelta(minutes=6))
            topped_up = time.perf_counter() - started
            lists = await count_lists(connection, event=event, day=DAY)
    held = ", ".join(f"{number}: {count}" for number, count in islice(lists.items(), 6))
    print(
        f"evening of {people} people with {swaps} swaps: {made} lists in {first:.1f} s; nothing to do {again:.2f} s; "
        f"all looked at again {topped_up:.1f} s; peak memory {peak_megabytes():.0f} MB "
        f"(of which {before:.0f} MB before); people by number of suggestions: {held}"
    )


def peak_megabytes() -> float:
    """The most memory this process has held; PostgreSQL has its own."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform == "linux" else peak / 1024**2


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    swaps = int(sys.argv[2]) if len(sys.argv) > 2 else SWAPS
    asyncio.run(measure(people, swaps))


if __name__ == "__main__":
    main()
