"""Every statement about finding somebody at the desk and registering them on the spot."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, LiteralString
from uuid import UUID

from server.db import Connection
from server.desk.models import FoundRegistration, KnownWalkIn, WalkIn
from server.doors.models import state_of

#: Registrations whose names hold all the words, those with words that begin so first.
SELECT_BY_WORDS: LiteralString = """
    SELECT registrations.event_id, registrations.id, registrations.name, registrations.ticket_type,
           registrations.cancelled_at IS NOT NULL AS is_cancelled, admissions.is_in
    FROM registrations
    LEFT JOIN admissions ON admissions.event_id = registrations.event_id AND admissions.day = $2
        AND admissions.registration_id = registrations.id
    WHERE registrations.event_id = $1 AND registrations.name_key LIKE ALL ($3::text[])
    ORDER BY ' ' || registrations.name_key LIKE ALL ($4::text[]) DESC, registrations.name_key, registrations.id
    LIMIT $5
"""


async def select_by_words(
    connection: Connection,
    *,
    event_id: UUID,
    day: date,
    anywhere: Sequence[str],
    at_start: Sequence[str],
    limit: int,
) -> list[FoundRegistration]:
    rows = await connection.fetch(SELECT_BY_WORDS, event_id, day, anywhere, at_start, limit)
    return [_found(row) for row in rows]


#: Registrations whose names match all the expressions, looked for among those that fit one of the patterns.
SELECT_BY_EXPRESSIONS: LiteralString = """
    SELECT registrations.event_id, registrations.id, registrations.name, registrations.ticket_type,
           registrations.cancelled_at IS NOT NULL AS is_cancelled, admissions.is_in
    FROM registrations
    LEFT JOIN admissions ON admissions.event_id = registrations.event_id AND admissions.day = $2
        AND admissions.registration_id = registrations.id
    WHERE registrations.event_id = $1
        AND ' ' || registrations.name_key LIKE ANY ($3::text[])
        AND registrations.name_key ~ ALL ($4::text[])
    ORDER BY registrations.name_key, registrations.id
    LIMIT $5
"""


async def select_by_expressions(
    connection: Connection,
    *,
    event_id: UUID,
    day: date,
    patterns: Sequence[str],
    expressions: Sequence[str],
    limit: int,
) -> list[FoundRegistration]:
    rows = await connection.fetch(SELECT_BY_EXPRESSIONS, event_id, day, patterns, expressions, limit)
    return [_found(row) for row in rows]


#: How many places the event has, held until the transaction ends; nothing where nobody counts them.
HOLD_PLACES: LiteralString = """
    SELECT capacity FROM events WHERE id = $1 AND capacity IS NOT NULL FOR NO KEY UPDATE
"""


async def hold_places(connection: Connection, *, event_id: UUID) -> int | None:
    """None for no limit. Walk-ins of a limited event are registered one after the other by this."""
    capacity: int | None = await connection.fetchval(HOLD_PLACES, event_id)
    return capacity


#: How many places are taken.
COUNT_TAKEN: LiteralString = """
    SELECT count(*) FROM registrations WHERE event_id = $1 AND cancelled_at IS NULL
"""


async def count_taken(connection: Connection, *, event_id: UUID) -> int:
    taken: int = await connection.fetchval(COUNT_TAKEN, event_id)
    return taken


#: Somebody new, unless the same name and address have a place already. Two desks at once: the constraint decides.
INSERT_WALK_IN: LiteralString = """
    INSERT INTO registrations (event_id, id, name, name_key, email, email_key, source, walk_in_key, created_at)
    SELECT $1, $2, $3, $4, $5, $6, 'walk-in', $7, $8
    WHERE NOT EXISTS (
        SELECT 1
        FROM registrations
        WHERE event_id = $1 AND email_key = $6 AND name_key = $4 AND cancelled_at IS NULL
    )
    RETURNING id
"""


async def insert_walk_in(
    connection: Connection,
    *,
    event_id: UUID,
    registration_id: UUID,
    name: str,
    name_key: str,
    email: str | None,
    email_key: str | None,
    key: UUID,
    now: datetime,
) -> bool:
    """Whether it was written."""
    row = await connection.fetchrow(
        INSERT_WALK_IN, event_id, registration_id, name, name_key, email, email_key, key, now
    )
    return row is not None


#: Their card, closed.
INSERT_CARD: LiteralString = """
    INSERT INTO cards (event_id, registration_id, name, updated_at, search_key)
    VALUES ($1, $2, $3, $4, $5)
"""


async def insert_card(
    connection: Connection, *, event_id: UUID, registration_id: UUID, name: str, name_key: str, now: datetime
) -> None:
    await connection.execute(INSERT_CARD, event_id, registration_id, name, now, name_key)


#: Their ticket, of our own making.
INSERT_TICKET: LiteralString = """
    INSERT INTO ticket_codes (event_id, code_hash, registration_id, is_external) VALUES ($1, $2, $3, false)
"""


async def insert_ticket(connection: Connection, *, event_id: UUID, registration_id: UUID, ticket_hash: bytes) -> None:
    await connection.execute(INSERT_TICKET, event_id, ticket_hash, registration_id)


#: Who was registered on the spot with this key.
SELECT_WALK_IN: LiteralString = """
    SELECT event_id, id, name, name_key, email_key FROM registrations WHERE event_id = $1 AND walk_in_key = $2
"""


async def select_walk_in(connection: Connection, *, event_id: UUID, key: UUID) -> KnownWalkIn | None:
    row = await connection.fetchrow(SELECT_WALK_IN, event_id, key)
    if row is None:
        return None
    return KnownWalkIn(WalkIn(row["event_id"], row["id"], row["name"]), row["name_key"], row["email_key"])


def _found(row: Any) -> FoundRegistration:
    return FoundRegistration(
        event_id=row["event_id"],
        registration_id=row["id"],
        name=row["name"],
        ticket_type=row["ticket_type"],
        state=state_of(is_cancelled=row["is_cancelled"], is_in=row["is_in"]),
    )
