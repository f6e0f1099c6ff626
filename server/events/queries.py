"""Every statement about events and roles."""

from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from server.db import Connection, one
from server.events.models import CardQuestion, ChecksInWith, Event, EventRole, Made, Role

#: One event by its id.
SELECT_EVENT: LiteralString = """
    SELECT id, slug, title, venue, starts_at, ends_at, timezone, evening_at, uses_check_in, scans_people_out,
           capacity, checks_in_with, card_questions, languages, continues_id, retention_days
    FROM events
    WHERE id = $1
"""


async def select_event(connection: Connection, *, event_id: UUID) -> Event | None:
    row = await connection.fetchrow(SELECT_EVENT, event_id)
    return None if row is None else read_event(row)


#: One event by the word in its address.
SELECT_EVENT_BY_SLUG: LiteralString = """
    SELECT id, slug, title, venue, starts_at, ends_at, timezone, evening_at, uses_check_in, scans_people_out,
           capacity, checks_in_with, card_questions, languages, continues_id, retention_days
    FROM events
    WHERE slug = $1
"""


async def select_event_by_slug(connection: Connection, *, slug: str) -> Event | None:
    row = await connection.fetchrow(SELECT_EVENT_BY_SLUG, slug)
    return None if row is None else read_event(row)


#: Places of an event that are not cancelled.
COUNT_PLACES_TAKEN: LiteralString = """
    SELECT count(*) FROM registrations WHERE event_id = $1 AND cancelled_at IS NULL
"""


async def count_places_taken(connection: Connection, *, event_id: UUID) -> int:
    taken: int = await connection.fetchval(COUNT_PLACES_TAKEN, event_id)
    return taken


#: What ties a person to an event: a role, a registration, or neither (both columns empty).
SELECT_TIES: LiteralString = """
    SELECT (SELECT role FROM event_roles WHERE event_id = $1 AND person_id = $2) AS role,
           EXISTS (
               SELECT 1 FROM registrations WHERE event_id = $1 AND person_id = $2 AND cancelled_at IS NULL
           ) AS is_registered
"""


async def select_ties(connection: Connection, *, event_id: UUID, person_id: UUID) -> tuple[Role | None, bool]:
    row = one(await connection.fetchrow(SELECT_TIES, event_id, person_id))
    return (Role(row["role"]) if row["role"] else None), row["is_registered"]


#: The events at which a person holds a role, the newest first.
SELECT_ROLES: LiteralString = """
    SELECT events.id, events.slug, events.title, events.venue, events.starts_at, events.ends_at, events.timezone,
           events.evening_at, events.uses_check_in, events.scans_people_out, events.capacity, events.checks_in_with,
           events.card_questions, events.languages, events.continues_id, events.retention_days, event_roles.role
    FROM event_roles
    JOIN events ON events.id = event_roles.event_id
    WHERE event_roles.person_id = $1
    ORDER BY events.starts_at DESC, events.id
"""


async def select_roles(connection: Connection, *, person_id: UUID) -> list[EventRole]:
    rows = await connection.fetch(SELECT_ROLES, person_id)
    return [EventRole(read_event(row), Role(row["role"])) for row in rows]


#: Whether a person is in the team of any event, or may make events of their own.
SELECT_ORGANIZES_ANYTHING: LiteralString = """
    SELECT EXISTS (SELECT 1 FROM event_roles WHERE person_id = $1)
        OR EXISTS (SELECT 1 FROM people WHERE id = $1 AND may_create_events)
"""


async def select_organizes_anything(connection: Connection, *, person_id: UUID) -> bool:
    organizes: bool = await connection.fetchval(SELECT_ORGANIZES_ANYTHING, person_id)
    return organizes


#: A new event; a slug that is taken, and a key that its maker used before, are refused by their constraints.
INSERT_EVENT: LiteralString = """
    INSERT INTO events (id, slug, title, venue, starts_at, ends_at, timezone, evening_at, uses_check_in,
                        scans_people_out, capacity, checks_in_with, card_questions, languages, continues_id,
                        retention_days, made_by, made_key, made_of, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
"""


async def insert_event(connection: Connection, *, event: Event, made: Made, now: datetime) -> None:
    await connection.execute(INSERT_EVENT, *_columns(event), made.by, made.key, made.of, now)


#: An event as it is settled now. Its days are looked at anew by those who let go of what was kept long enough.
UPDATE_EVENT: LiteralString = """
    UPDATE events
    SET slug = $2, title = $3, venue = $4, starts_at = $5, ends_at = $6, timezone = $7, evening_at = $8,
        uses_check_in = $9, scans_people_out = $10, capacity = $11, checks_in_with = $12, card_questions = $13,
        languages = $14, continues_id = $15, retention_days = $16,
        aged_at = CASE WHEN (ends_at, retention_days) IS NOT DISTINCT FROM ($6, $16) THEN aged_at END
    WHERE id = $1
"""


async def update_event(connection: Connection, *, event: Event) -> None:
    await connection.execute(UPDATE_EVENT, *_columns(event))


#: One event, held until the transaction ends. Whoever signs in or scans meanwhile does not wait for it.
LOCK_EVENT: LiteralString = """
    SELECT id, slug, title, venue, starts_at, ends_at, timezone, evening_at, uses_check_in, scans_people_out,
           capacity, checks_in_with, card_questions, languages, continues_id, retention_days
    FROM events
    WHERE id = $1
    FOR NO KEY UPDATE
"""


async def lock_event(connection: Connection, *, event_id: UUID) -> Event | None:
    row = await connection.fetchrow(LOCK_EVENT, event_id)
    return None if row is None else read_event(row)


#: The event that somebody made with a key, and a hash of what it was made of.
SELECT_MADE: LiteralString = """
    SELECT id, slug, title, venue, starts_at, ends_at, timezone, evening_at, uses_check_in, scans_people_out,
           capacity, checks_in_with, card_questions, languages, continues_id, retention_days, made_of
    FROM events
    WHERE made_by = $1 AND made_key = $2
"""


async def select_made(connection: Connection, *, made: Made) -> tuple[Event, bytes] | None:
    row = await connection.fetchrow(SELECT_MADE, made.by, made.key)
    return None if row is None else (read_event(row), row["made_of"])


#: A role given; a second time replaces the first.
UPSERT_ROLE: LiteralString = """
    INSERT INTO event_roles (event_id, person_id, role, granted_at)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT ON CONSTRAINT event_roles_pkey DO UPDATE SET role = EXCLUDED.role
"""


async def upsert_role(connection: Connection, *, event_id: UUID, person_id: UUID, role: Role, now: datetime) -> None:
    await connection.execute(UPSERT_ROLE, event_id, person_id, role, now)


def _columns(event: Event) -> tuple[object, ...]:
    """What is kept of an event, in the order of the statements above."""
    return (
        event.id, event.slug, event.title, event.venue, event.starts_at, event.ends_at, event.timezone,
        event.evening_at, event.uses_check_in, event.scans_people_out, event.capacity, event.checks_in_with,
        sorted(event.card_questions), list(event.languages), event.continues_id, event.retention_days,
    )  # fmt: skip


def read_event(row: Any) -> Event:
    """The event in a row that holds its columns under their own names."""
    return Event(
        id=row["id"],
        slug=row["slug"],
        title=row["title"],
        venue=row["venue"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        timezone=row["timezone"],
        evening_at=row["evening_at"],
        uses_check_in=row["uses_check_in"],
        scans_people_out=row["scans_people_out"],
        capacity=row["capacity"],
        checks_in_with=ChecksInWith(row["checks_in_with"]),
        card_questions=frozenset(map(CardQuestion, row["card_questions"])),
        languages=tuple(row["languages"]),
        continues_id=row["continues_id"],
        retention_days=row["retention_days"],
    )
