"""What was kept for the day of an event goes when its time is over; what people made of it stays theirs."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from server.db import Connection, Pool
from server.errors import InputNotValid
from server.events.models import Event
from server.jobs.kinds import Tools
from server.jobs.retention import age_old_events
from server.relationships.operations import begin
from server.retention.errors import StillKept
from server.retention.operations import age, age_if_old, foresee, keep_for, old_events, require_old
from tests.cli.typed import handsel
from tests.clock import Clock
from tests.world import Attendee, World

CARD: dict[str, Any] = {"up_to": "canary seeds", "offering": "canary pruning", "good_introduction": "canary keepers"}


@dataclass(frozen=True, slots=True)
class Past:
    """An event of 91 days ago: Ana and Ben met for good, Cara was scanned once, Dan never signed in."""

    event: Event
    ana: Attendee
    ben: Attendee
    cara: Attendee
    mutual: UUID
    one_sided: UUID


@pytest.fixture
async def past(world: World, connection: Connection, clock: Clock) -> Past:
    event = await world.event(starts_at=clock(), ends_at=clock() + timedelta(hours=9))
    ana, ben, cara = [await world.attendee(event, name, **CARD) for name in ("Ana Canary", "Ben", "Cara Canary")]
    await world.registration(event, name="Dan Canary", email="dan@canary.example", card=CARD)
    mutual, one_sided = await world.swap(ana, ben), await world.swap(ana, cara, mutual=False)
    await begin(connection, event_id=event.id, swap_id=mutual, now=clock())
    for swap in (mutual, one_sided):
        await world.note(ana, swap, "she keeps bees")
        await world.promise(ana, swap)
        for number, state in enumerate(("WAITING", "ASKED")):
            await connection.execute(
                "INSERT INTO agenda_prompts (event_id, id, swap_id, registration_id, day, place, library_key, phase,"
                " minutes, text, why, state) VALUES ($1, $2, $3, $4, $5, $6, $7, 'OPEN', 3, 'How', 'Why', $8)",
                event.id, world.new_key(), swap, ana.registration_id, event.day_of(clock()), number, f"key {number}",
                state,
            )  # fmt: skip
    await world.admit(ana)
    await world.invitation(event, "dan@canary.example")
    await connection.execute(
        "INSERT INTO evenings (event_id, registration_id, day, made_at) VALUES ($1, $2, $3, now())",
        event.id, ana.registration_id, event.day_of(clock()),
    )  # fmt: skip
    await connection.execute(
        "INSERT INTO reports (event_id, id, key, reporter_id, reported_id, text, names_reporter, reported_at)"
        " VALUES ($1, $2, $2, $3, $4, 'canary', false, now())",
        event.id, world.new_key(), ana.registration_id, cara.registration_id,
    )  # fmt: skip
    clock.advance(days=91)
    return Past(event, ana, ben, cara, mutual, one_sided)


async def rows(connection: Connection, *tables: str) -> dict[str, int]:
    return {table: await connection.fetchval(f"SELECT count(*) FROM {table}") for table in tables}  # noqa: S608 - names of ours


async def test_what_was_kept_for_the_day_goes_and_what_people_made_of_it_stays(
    connection: Connection, past: Past, clock: Clock
) -> None:
    await age(connection, event_id=past.event.id, now=clock())

    assert await rows(connection, "scans", "admissions", "evenings", "reports", "invitations", "ticket_codes") == {
        "scans": 0, "admissions": 0, "evenings": 0, "reports": 0, "invitations": 0, "ticket_codes": 0,
    }  # fmt: skip
    assert [row["id"] for row in await connection.fetch("SELECT id FROM swaps")] == [past.mutual]
    kept = ("conversations", "notes", "promises", "relationships", "kept_cards", "registrations")
    assert await rows(connection, *kept) == {
        "conversations": 1, "notes": 1, "promises": 1, "relationships": 2, "kept_cards": 2, "registrations": 4,
    }  # fmt: skip
    assert await connection.fetchval("SELECT array_agg(state) FROM agenda_prompts") == ["ASKED"]


async def test_a_canary_is_left_only_in_the_copies_of_cards_and_the_names_of_those_who_met(
    connection: Connection, past: Past, clock: Clock
) -> None:
    await age(connection, event_id=past.event.id, now=clock())

    tables = await connection.fetch("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
    holding = set()
    for (table,) in tables:
        for row in await connection.fetch(f"SELECT entry::text FROM {table} AS entry"):  # noqa: S608 - the catalogue's names
            if "canary" in row["entry"].lower():
                holding.add((table, row["entry"].lower().count("canary")))
    assert {table for table, _ in holding} - {"people"} == {"kept_cards", "cards"}
    names = await connection.fetch("SELECT name FROM cards ORDER BY name")
    assert sorted(row["name"] for row in names) == ["-", "-", "Ana Canary", "Ben"]


async def test_a_dry_run_says_exactly_what_goes_and_changes_nothing(
    connection: Connection, past: Past, clock: Clock
) -> None:
    foreseen = await foresee(connection, event_id=past.event.id, now=clock())

    assert (await rows(connection, "swaps", "kept_cards")) == {"swaps": 2, "kept_cards": 0}
    assert await age(connection, event_id=past.event.id, now=clock()) == foreseen
    assert all(each.number == 0 for each in await age(connection, event_id=past.event.id, now=clock()))


async def test_an_event_is_due_when_its_own_days_are_over_and_again_after_a_month(
    connection: Connection, past: Past, world: World, clock: Clock
) -> None:
    await keep_for(connection, event_id=past.event.id, days=92)
    assert await old_events(connection, now=clock()) == []

    await keep_for(connection, event_id=past.event.id, days=90)
    assert await age_old_events(Tools(world.pool, clock, world.secrets)) == 1
    assert await age_old_events(Tools(world.pool, clock, world.secrets)) == 0

    clock.advance(days=31)
    assert [each.id for each in await old_events(connection, now=clock())] == [past.event.id]


async def test_an_event_that_is_kept_longer_by_now_is_let_alone_by_who_saw_it_as_due(
    connection: Connection, past: Past, clock: Clock
) -> None:
    assert [each.id for each in await old_events(connection, now=clock())] == [past.event.id]
    await keep_for(connection, event_id=past.event.id, days=92)

    assert await age_if_old(connection, event_id=past.event.id, now=clock()) == []

    assert await rows(connection, "swaps", "admissions") == {"swaps": 2, "admissions": 1}


@pytest.mark.parametrize("days", [0, 731])
async def test_an_event_is_kept_between_a_day_and_two_years(connection: Connection, past: Past, days: int) -> None:
    with pytest.raises(InputNotValid):
        await keep_for(connection, event_id=past.event.id, days=days)
    with pytest.raises(asyncpg.CheckViolationError):
        await connection.execute("UPDATE events SET retention_days = $1", days)


async def test_a_run_that_loses_its_connection_after_any_statement_is_made_up_for_by_the_next(
    dsn: str, connection: Connection, past: Past, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.retention.operations.BATCH", 1)

    lost = 0
    while await is_lost_after(dsn, past.event, clock, statements=lost + 2):
        lost += 1

    assert lost > 4
    assert await rows(connection, "swaps", "notes", "kept_cards", "admissions") == {
        "swaps": 1, "notes": 1, "kept_cards": 2, "admissions": 0,
    }  # fmt: skip
    assert await connection.fetchval("SELECT array_agg(up_to) FROM kept_cards") == ["canary seeds"] * 2


async def is_lost_after(dsn: str, event: Event, clock: Clock, *, statements: int) -> bool:
    """Age on a connection that ends after so many statements; false when they were enough."""
    own = await asyncpg.connect(dsn)
    left = statements

    def count(_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            own.terminate()

    own.add_query_logger(count)
    try:
        await age(own, event_id=event.id, now=clock())
    except (asyncpg.PostgresConnectionError, asyncpg.InterfaceError):
        return True
    finally:
        own.terminate()
    return False


async def test_an_event_whose_time_is_not_over_is_aged_by_hand_only_if_that_is_meant(
    connection: Connection, past: Past, clock: Clock
) -> None:
    early = clock() - timedelta(days=2)
    with pytest.raises(StillKept):
        await require_old(connection, event_id=past.event.id, now=early, early=False)

    await require_old(connection, event_id=past.event.id, now=early, early=True)
    await require_old(connection, event_id=past.event.id, now=clock(), early=False)


async def test_the_host_looks_first_and_then_lets_go(environment: dict[str, str], pool: Pool, past: Past) -> None:
    await pool.execute("UPDATE events SET starts_at = '2016-04-22', ends_at = '2016-04-23'")
    slug = past.event.slug

    foreseen = await handsel(environment, "events", "age", slug, "--dry-run")
    assert foreseen[0] == 0
    assert "1 swaps that only one side wanted" in foreseen[1]
    assert await pool.fetchval("SELECT count(*) FROM swaps") == 2

    done = await handsel(environment, "events", "age", slug)
    assert done == (0, foreseen[1].replace("This would go:", "Gone:"))
    assert await pool.fetchval("SELECT count(*) FROM swaps") == 1
