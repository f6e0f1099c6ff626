from datetime import UTC, datetime, timedelta

import pytest

from server.db import Connection
from server.demo.models import read_demo
from server.demo.operations import ensure_demo
from server.reviews.operations import open_review
from server.settings import Settings


async def counts(connection: Connection) -> tuple[int, ...]:
    tables = ("registrations", "admissions", "swaps", "promises", "doors")
    return tuple([
        await connection.fetchval(
            f"SELECT count(*) FROM {table} JOIN events ON events.id = event_id WHERE slug = 'demo'"  # noqa: S608 - names from the line above
        )
        for table in tables
    ])  # fmt: skip


async def test_the_demo_event_is_under_way_with_people_doors_swaps_and_promises(
    connection: Connection, settings: Settings
) -> None:
    now = datetime.now(UTC)
    demo = read_demo()

    await ensure_demo(connection, secrets=settings.secrets(), now=now)

    came = sum(person.arrives is not None for person in demo.people)
    assert await counts(connection) == (
        len(demo.people), came, len(demo.meetings), len(demo.promises), len(demo.doors)
    )  # fmt: skip
    assert len(demo.people) >= 42
    assert came < len(demo.people)
    event = await connection.fetchrow("SELECT starts_at, ends_at FROM events WHERE slug = 'demo'")
    assert event is not None
    assert event["starts_at"] <= now < event["ends_at"]


async def test_ana_and_ben_are_checked_in_and_have_not_met(connection: Connection, settings: Settings) -> None:
    await ensure_demo(connection, secrets=settings.secrets(), now=datetime.now(UTC))

    here = await connection.fetch(
        "SELECT registrations.id FROM registrations JOIN admissions ON admissions.registration_id = registrations.id"
        " JOIN events ON events.id = registrations.event_id AND slug = 'demo'"
        " WHERE email_key IN ('ana@demo.example', 'ben@demo.example') AND admissions.is_in"
    )
    assert len(here) == 2
    lower, upper = sorted(row["id"] for row in here)
    met = "SELECT count(*) FROM swaps WHERE lower_id = $1 AND upper_id = $2"
    assert await connection.fetchval(met, lower, upper) == 0


async def test_every_screen_of_ana_has_something_to_show(connection: Connection, settings: Settings) -> None:
    now = datetime.now(UTC)
    for days in (0, 1):  # also when the demo is made anew
        await ensure_demo(connection, secrets=settings.secrets(), now=now + timedelta(days=days))
        ana = await connection.fetchval("SELECT id FROM people WHERE email_key = 'ana@demo.example'")
        held = await connection.fetchrow(
            "SELECT (SELECT count(*) FROM relationships WHERE person_id = $1) AS relationships,"
            " (SELECT count(*) FROM gifts WHERE person_id = $1 AND given_at >= $2) AS gifts,"
            " (SELECT count(*) FROM notes WHERE kind = 'NEED') AS needs,"
            " (SELECT count(*) FROM introductions WHERE first_id = $1 AND first_says_yes IS NULL) AS asked,"
            " (SELECT count(*) FROM introductions WHERE introducer_id = $1) AS begun,"
            " (SELECT count(*) FROM meetings) AS meetings",
            ana, now + timedelta(days=days),
        )  # fmt: skip
        assert held is not None
        assert tuple(held) == (5, 1, 1, 1, 1, 1)


async def test_a_second_start_changes_nothing_and_one_after_the_end_makes_it_anew(
    connection: Connection, settings: Settings
) -> None:
    now = datetime.now(UTC)
    secrets = settings.secrets()
    await ensure_demo(connection, secrets=secrets, now=now)
    first = await connection.fetchval("SELECT id FROM events WHERE slug = 'demo'")
    before = await counts(connection)

    await ensure_demo(connection, secrets=secrets, now=now + timedelta(minutes=10))
    assert await connection.fetchval("SELECT id FROM events WHERE slug = 'demo'") == first
    assert await counts(connection) == before

    await ensure_demo(connection, secrets=secrets, now=now + timedelta(days=1))
    assert await connection.fetchval("SELECT id FROM events WHERE slug = 'demo'") != first
    assert await counts(connection) == before


@pytest.mark.parametrize("hour", [0, 3, 4, 5, 12, 23])
async def test_at_any_hour_those_who_came_are_in_today(connection: Connection, settings: Settings, hour: int) -> None:
    now = datetime(2027, 4, 22, hour, 1, tzinfo=UTC)

    await ensure_demo(connection, secrets=settings.secrets(), now=now)

    days = await connection.fetch(
        "SELECT DISTINCT day FROM admissions JOIN events ON events.id = event_id WHERE slug = 'demo'"
    )
    assert len(days) == 1


async def test_those_ana_met_long_ago_come_up_in_her_first_review(connection: Connection, settings: Settings) -> None:
    now = datetime.now(UTC)
    await ensure_demo(connection, secrets=settings.secrets(), now=now)
    ana = await connection.fetchval("SELECT id FROM people WHERE email_key = 'ana@demo.example'")

    review = await open_review(connection, person_id=ana, now=now)

    assert [each.swap.event.title for each in review.follow_ups] == ["Lending Day"] * 3
