"""Migrations go up, down and up again, from one head, and leave the same schema each time."""

import asyncio
from typing import Any

import asyncpg
import pytest
from alembic import command
from alembic.script import ScriptDirectory

from server.migrations import config, current_revision, migrate, newest_revision
from server.start_up import StartUpError

SHAPE = """
    SELECT table_name, column_name, data_type, is_nullable, column_default
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
    ORDER BY table_name, ordinal_position
"""
RULES = """
    SELECT conrelid::regclass::text AS place, conname, pg_get_constraintdef(oid) AS rule
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
    ORDER BY 1, 2
"""


#: Ana and Ben shared at two events and Ana kept a promise; with Cyd she shared nothing.
SHARED_BEFORE = """
    INSERT INTO people (id, email, email_key, created_at)
    SELECT md5(name)::uuid, name, name, now() FROM unnest(ARRAY['ana', 'ben', 'cyd']) AS name;
    INSERT INTO events (id, slug, title, starts_at, ends_at, timezone, created_at)
    SELECT md5(title)::uuid, lower(title), title, day, day + interval '8 hours', 'Europe/Lisbon', now()
    FROM (VALUES ('First', '2027-04-22 08:00Z'::timestamptz), ('Second', '2027-05-22 08:00Z')) AS held (title, day);
    INSERT INTO registrations (event_id, id, person_id, name, name_key, source, created_at)
    SELECT events.id, md5(events.title || people.email)::uuid, people.id, 'N', 'n', 'test', now() FROM events, people;
    INSERT INTO cards (event_id, registration_id, name, updated_at)
    SELECT event_id, id, CASE WHEN person_id = md5('ben')::uuid AND event_id = md5('First')::uuid THEN 'Ben Müller'
                              ELSE 'N' END, now() FROM registrations;
    INSERT INTO swaps (event_id, id, lower_id, upper_id, swapped_at, changed_at)
    SELECT events.id, md5(events.title || other)::uuid,
           LEAST(md5(events.title || 'ana')::uuid, md5(events.title || other)::uuid),
           GREATEST(md5(events.title || 'ana')::uuid, md5(events.title || other)::uuid), events.starts_at, now()
    FROM events, unnest(ARRAY['ben', 'cyd']) AS other;
    INSERT INTO swap_sides (event_id, swap_id, registration_id, offers, offered_at)
    SELECT event_id, id, side, CASE WHEN id IN (md5('Firstben')::uuid, md5('Secondben')::uuid) THEN ARRAY['EMAIL'] END,
           swapped_at
    FROM swaps, unnest(ARRAY[lower_id, upper_id]) AS side;
    INSERT INTO promises (event_id, id, swap_id, registration_id, key, kind, text, made_at, kept_at)
    SELECT md5('First')::uuid, gen_random_uuid(), md5('Firstben')::uuid, md5('Firstana')::uuid, gen_random_uuid(),
           'SEND', text, now(), kept_at
    FROM (VALUES ('The Article', now()), ('Tea', NULL)) AS made (text, kept_at);
"""


@pytest.fixture
async def empty(postgres_server: str) -> Any:
    """The DSN of a database of its own."""
    connection = await asyncpg.connect(postgres_server)
    await connection.execute("DROP DATABASE IF EXISTS migrating")
    await connection.execute("CREATE DATABASE migrating")
    yield postgres_server.replace("/postgres?", "/migrating?")
    await connection.execute("DROP DATABASE migrating WITH (FORCE)")
    await connection.close()


async def shape(dsn: str) -> list[tuple[Any, ...]]:
    connection = await asyncpg.connect(dsn)
    try:
        return [tuple(row) for row in [*await connection.fetch(SHAPE), *await connection.fetch(RULES)]]
    finally:
        await connection.close()


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory("alembic").get_heads()) == 1


async def test_up_down_and_up_again_leaves_the_same_schema(empty: str) -> None:
    await migrate(empty)
    first = await shape(empty)

    await asyncio.to_thread(command.downgrade, config(empty), "base")
    assert [row for row in await shape(empty) if row[0] != "alembic_version"] == []
    await migrate(empty)

    assert await shape(empty) == first


async def test_swaps_that_were_mutual_already_become_relationships(empty: str) -> None:
    """One for each of the two, begun at the first event where they shared, with what was kept of their promises."""
    await asyncio.to_thread(command.upgrade, config(empty), "0019")
    connection = await asyncpg.connect(empty)
    await connection.execute(SHARED_BEFORE)
    await migrate(empty)

    rows = await connection.fetch(
        "SELECT people.email, met_event_title, last_touch_at::date::text FROM relationships"
        " JOIN people ON people.id = person_id ORDER BY people.email"
    )
    gifts = await connection.fetch("SELECT direction, kind, text, search_key FROM gifts")
    found = await connection.fetchval("SELECT count(*) FROM cards WHERE search_key LIKE '%muller%'")
    await connection.close()

    assert [tuple(row) for row in rows] == [("ana", "First", "2027-05-22"), ("ben", "First", "2027-05-22")]
    assert [tuple(gift) for gift in gifts] == [("GAVE", "PROMISE", "The Article", "the article")]
    assert found == 1


async def test_migrating_twice_at_once_migrates_once(empty: str) -> None:
    await asyncio.gather(migrate(empty), migrate(empty), migrate(empty))

    connection = await asyncpg.connect(empty)
    assert await current_revision(connection) == newest_revision()
    await connection.close()


async def test_a_database_newer_than_the_code_is_refused_in_words(empty: str) -> None:
    await migrate(empty)
    connection = await asyncpg.connect(empty)
    await connection.execute("UPDATE alembic_version SET version_num = '9999'")
    await connection.close()

    with pytest.raises(StartUpError, match="newer"):
        await migrate(empty)


async def test_every_constraint_is_named_by_us(empty: str) -> None:
    await migrate(empty)
    connection = await asyncpg.connect(empty)
    unnamed = await connection.fetch(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace AND contype IN ('f', 'u', 'c')"
        " AND conname ~ (conrelid::regclass::text || '_.*(_fkey|_check)[0-9]*$')"
        " AND conrelid::regclass::text !~ 'pgqueuer'"
    )
    await connection.close()

    assert unnamed == []


async def test_every_key_of_an_events_table_begins_with_the_event(empty: str) -> None:
    await migrate(empty)
    connection = await asyncpg.connect(empty)
    keys = await connection.fetch(
        """
        SELECT conrelid::regclass::text AS place, conname,
               (SELECT attname FROM pg_attribute WHERE attrelid = conrelid AND attnum = conkey[1]) AS first
        FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u')
          AND EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = conrelid AND attname = 'event_id')
        """
    )
    await connection.close()

    assert len(keys) > 20
    assert [tuple(key) for key in keys if key["first"] != "event_id"] == []
