"""How long somebody with 20,000 relationships over 40 events waits for a page of People, and for a search through all.

Run as `python bench/people.py [--explain]`. It makes a throw-away PostgreSQL, prints milliseconds of the operation,
best and median of ten, with --explain the plans too, and leaves nothing.
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parent.parent))

from server.db import Connection, open_pool
from server.embedded import throw_away_postgres
from server.ids import new_id
from server.migrations import migrate
from server.relationships.reading import queries
from server.relationships.reading.models import Place
from server.relationships.reading.operations import list_relationships

PEOPLE, EVENTS, TIMES = 20_000, 40, 10

#: Everybody met me once, at one of the events, and both share; one in ten was noted, one in fifty withdrew.
FILL = """
    CREATE TEMPORARY TABLE met AS
        SELECT n, gen_random_uuid() AS person_id, gen_random_uuid() AS place_id, gen_random_uuid() AS swap_id,
               n % {events} AS event
        FROM generate_series(1, {people}) AS n;
    INSERT INTO people (id, email, email_key, created_at)
        SELECT person_id, n || '@example.org', n || '@example.org', now() FROM met;
    CREATE TEMPORARY TABLE gatherings AS
        SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS my_place FROM generate_series(0, {events} - 1) AS n;
    INSERT INTO events (id, slug, title, starts_at, ends_at, timezone, created_at)
        SELECT id, 'event-' || n, 'Event ' || n, now() - interval '1 day' * n, now() - interval '1 day' * n
               + interval '8 hours', 'Europe/Lisbon', now() FROM gatherings;
    INSERT INTO registrations (event_id, id, person_id, name, name_key, source, created_at)
        SELECT id, my_place, '{me}', 'Me', 'me', 'bench', now() FROM gatherings
        UNION ALL
        SELECT gatherings.id, place_id, person_id, 'Person ' || met.n, 'person ' || met.n, 'bench', now()
        FROM met JOIN gatherings ON gatherings.n = met.event;
    INSERT INTO cards (event_id, registration_id, name, up_to, search_key, updated_at)
        SELECT event_id, id, name, 'keeping bees on the roof of a school by the river',
               name_key || ' keeping bees on the roof of a school by the river', now() FROM registrations;
    INSERT INTO swaps (event_id, id, lower_id, upper_id, swapped_at, changed_at, withdrawn_at)
        SELECT gatherings.id, swap_id, LEAST(place_id, my_place), GREATEST(place_id, my_place),
               now() - interval '1 minute' * met.n, now(), CASE WHEN met.n % 50 = 0 THEN now() END
        FROM met JOIN gatherings ON gatherings.n = met.event;
    INSERT INTO swap_sides (event_id, swap_id, registration_id, offers, offered_at)
        SELECT gatherings.id, swap_id, side, CASE WHEN met.n % 50 > 0 THEN ARRAY['EMAIL'] END, now()
        FROM met JOIN gatherings ON gatherings.n = met.event
        CROSS JOIN LATERAL unnest(ARRAY[place_id, my_place]) AS side;
    INSERT INTO notes (event_id, id, swap_id, registration_id, key, kind, text, search_key, written_at)
        SELECT gatherings.id, place_id, swap_id, my_place, place_id, 'NOTE', 'Remembered ' || met.n,
               'remembered ' || met.n, now()
        FROM met JOIN gatherings ON gatherings.n = met.event WHERE met.n % 10 = 0;
    INSERT INTO relationships (person_id, id, other_id, met_event_id, met_event_title, met_on, began_at, last_touch_at)
        SELECT '{me}', gen_random_uuid(), person_id, gatherings.id, 'Event ' || met.event, current_date, now(),
               now() - interval '1 minute' * met.n
        FROM met JOIN gatherings ON gatherings.n = met.event;
    ANALYZE;
"""


async def main() -> None:
    with throw_away_postgres() as dsn:
        await migrate(dsn)
        pool = await open_pool(dsn, size=1, statement_timeout_ms=120_000)
        async with pool.acquire() as connection:
            me = new_id()
            await connection.execute(
                "INSERT INTO people (id, email, email_key, created_at) VALUES ($1, 'me', 'me', now())", me
            )
            await connection.execute(FILL.format(me=me, people=PEOPLE, events=EVENTS))
            print(f"{PEOPLE} relationships over {EVENTS} events, a page of 50")
            await _measure_all(connection, me)
            if "--explain" in sys.argv:
                await _explain(connection, me)
        await pool.close()


async def _measure_all(connection: Connection, me: UUID) -> None:
    deep = await connection.fetchrow(
        "SELECT last_touch_at, id FROM relationships WHERE person_id = $1 ORDER BY last_touch_at OFFSET 500 LIMIT 1", me
    )
    assert deep is not None

    def asked(**narrowed: Any) -> Callable[[], Awaitable[Any]]:
        return lambda: list_relationships(connection, person_id=me, first=50, **narrowed)

    await _measure("the first page", asked())
    await _measure("a page far down", asked(after=Place(deep["last_touch_at"], deep["id"])))
    await _measure("a word that everybody has", asked(search="bees"))
    await _measure("a name that one of them has", asked(search="person 19337"))
    await _measure("a word of one of my notes", asked(search="remembered 7770"))
    await _measure("a word that nobody has", asked(search="zeppelin"))


async def _measure(name: str, ask: Callable[[], Awaitable[Any]]) -> None:
    took = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        page = await ask()
        took.append((time.perf_counter() - begun) * 1000)
    found = len(page.relationships)
    print(f"  {name:28} {found:3} shown   best {min(took):7.1f} ms   median {statistics.median(took):7.1f} ms")


async def _explain(connection: Connection, me: UUID) -> None:
    for name, statement, last in (
        ("the first page", queries.SELECT_RELATIONSHIPS, None),
        ("a word that nobody has", queries.SEARCH_RELATIONSHIPS, ["%zeppelin%"]),
    ):
        plan = await connection.fetch(f"EXPLAIN (ANALYZE, BUFFERS) {statement}", me, None, None, None, 51, last)
        print(f"\n{name}:", *(row[0] for row in plan), sep="\n")


asyncio.run(main())
