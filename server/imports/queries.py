"""Every statement of an import. Each takes many rows as arrays: thousands are written with a few statements."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from server.db import Connection
from server.imports.models import NewPlace, Place
from server.people.addresses import address_key
from server.people.names import name_key

#: One import of an event at a time. Whoever signs in, scans or comes in meanwhile does not wait for it.
LOCK_EVENT: LiteralString = """
    SELECT id FROM events WHERE id = $1 FOR NO KEY UPDATE
"""


async def lock_event(connection: Connection, *, event_id: UUID) -> bool:
    """Whether there is such an event."""
    return await connection.fetchrow(LOCK_EVENT, event_id) is not None


#: All registrations of an event, the oldest first, with what a list can change of them.
SELECT_PLACES: LiteralString = """
    SELECT registrations.id, registrations.source, registrations.external_id, registrations.name,
           registrations.email, registrations.ticket_type, cards.pronouns, cards.name AS card_name,
           registrations.cancelled_at IS NOT NULL AS is_cancelled,
           registrations.person_id IS NOT NULL OR registrations.claimed_at IS NOT NULL AS is_claimed,
           registrations.walk_in_key IS NOT NULL AS is_walk_in,
           codes.external, codes.own
    FROM registrations
    JOIN cards ON cards.event_id = registrations.event_id AND cards.registration_id = registrations.id
    LEFT JOIN (
        SELECT registration_id,
               array_agg(code_hash) FILTER (WHERE is_external) AS external,
               array_agg(code_hash) FILTER (WHERE NOT is_external) AS own
        FROM ticket_codes
        WHERE event_id = $1
        GROUP BY registration_id
    ) AS codes ON codes.registration_id = registrations.id
    WHERE registrations.event_id = $1
    ORDER BY registrations.id
"""


async def select_places(connection: Connection, *, event_id: UUID) -> list[Place]:
    return [_place(row) for row in await connection.fetch(SELECT_PLACES, event_id)]


#: New registrations; an external id that stands already is refused by its constraint.
INSERT_REGISTRATIONS: LiteralString = """
    INSERT INTO registrations (event_id, id, name, name_key, email, email_key, source, external_id, ticket_type,
                               cancelled_at, created_at)
    SELECT $1, new.id, new.name, new.name_key, new.email, new.email_key, new.source, new.external_id,
           new.ticket_type, CASE WHEN new.is_cancelled THEN $2::timestamptz END, $2
    FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
                $11::boolean[])
        AS new (id, name, name_key, email, email_key, source, external_id, ticket_type, is_cancelled)
"""


async def insert_registrations(
    connection: Connection, *, event_id: UUID, places: Sequence[NewPlace], now: datetime
) -> None:
    rows = [place.ticket.row for place in places]
    await connection.execute(
        INSERT_REGISTRATIONS, event_id, now, [place.id for place in places], [row.name for row in rows],
        [name_key(row.name) for row in rows], [row.email for row in rows], _address_keys(row.email for row in rows),
        [place.ticket.source for place in places], [row.external_id for row in rows],
        [row.ticket_type for row in rows], [row.is_cancelled for row in rows],
    )  # fmt: skip


#: The card of each new registration: a name, perhaps pronouns, and closed.
INSERT_CARDS: LiteralString = """
    INSERT INTO cards (event_id, registration_id, name, pronouns, open_to_event, updated_at, search_key)
    SELECT $1, new.registration_id, new.name, new.pronouns, false, $2, new.search_key
    FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[]) AS new (registration_id, name, pronouns, search_key)
"""


async def insert_cards(connection: Connection, *, event_id: UUID, places: Sequence[NewPlace], now: datetime) -> None:
    await connection.execute(
        INSERT_CARDS, event_id, now, [place.id for place in places],
        [place.ticket.row.name for place in places], [place.ticket.row.pronouns for place in places],
        [name_key(place.ticket.row.name) for place in places],
    )  # fmt: skip


#: The badge of each new registration.
INSERT_BADGES: LiteralString = """
    INSERT INTO badges (event_id, id, registration_id, key_id, token_hash, code_hash, issued_at)
    SELECT $1, new.id, new.registration_id, $2, new.token_hash, new.code_hash, $3
    FROM unnest($4::uuid[], $5::uuid[], $6::bytea[], $7::bytea[]) AS new (id, registration_id, token_hash, code_hash)
"""


async def insert_badges(
    connection: Connection, *, event_id: UUID, places: Sequence[NewPlace], key_id: int, now: datetime
) -> None:
    await connection.execute(
        INSERT_BADGES, event_id, key_id, now, [place.badge_id for place in places], [place.id for place in places],
        [place.badge_token_hash for place in places], [place.badge_code_hash for place in places],
    )  # fmt: skip


#: Our own ticket codes.
INSERT_TICKET_CODES: LiteralString = """
    INSERT INTO ticket_codes (event_id, code_hash, registration_id, is_external)
    SELECT $1, new.code_hash, new.registration_id, false
    FROM unnest($2::bytea[], $3::uuid[]) AS new (code_hash, registration_id)
"""


async def insert_ticket_codes(connection: Connection, *, event_id: UUID, places: Sequence[NewPlace]) -> None:
    await connection.execute(
        INSERT_TICKET_CODES, event_id, [place.ticket_code_hash for place in places], [place.id for place in places]
    )


#: The ticket system's codes as the list has them. One that moved to another ticket there moves here as well; it never
#: takes the place of a code of ours.
UPSERT_EXTERNAL_CODES: LiteralString = """
    INSERT INTO ticket_codes (event_id, code_hash, registration_id, is_external)
    SELECT $1, new.code_hash, new.registration_id, true
    FROM unnest($2::bytea[], $3::uuid[]) AS new (code_hash, registration_id)
    ON CONFLICT ON CONSTRAINT ticket_codes_pkey DO UPDATE SET registration_id = EXCLUDED.registration_id
        WHERE ticket_codes.is_external
"""


async def upsert_external_codes(connection: Connection, *, event_id: UUID, codes: Sequence[tuple[UUID, bytes]]) -> None:
    await connection.execute(
        UPSERT_EXTERNAL_CODES, event_id, [code for _, code in codes], [place_id for place_id, _ in codes]
    )


#: Codes that the ticket system has replaced or given to another ticket: they no longer admit to these places, and until
#: when they did is kept.
REPLACE_EXTERNAL_CODES: LiteralString = """
    WITH gone AS (
        DELETE FROM ticket_codes
        USING unnest($2::bytea[], $3::uuid[]) AS replaced (code_hash, registration_id)
        WHERE ticket_codes.event_id = $1 AND ticket_codes.is_external
          AND ticket_codes.code_hash = replaced.code_hash AND ticket_codes.registration_id = replaced.registration_id
        RETURNING ticket_codes.code_hash, ticket_codes.registration_id
    )
    INSERT INTO replaced_ticket_codes (event_id, code_hash, replaced_at, registration_id)
    SELECT $1, code_hash, $4, registration_id FROM gone
    ON CONFLICT ON CONSTRAINT replaced_ticket_codes_pkey DO NOTHING
"""


async def replace_external_codes(
    connection: Connection, *, event_id: UUID, codes: Sequence[tuple[UUID, bytes]], now: datetime
) -> None:
    """`codes` are (registration, hash)."""
    await connection.execute(
        REPLACE_EXTERNAL_CODES, event_id, [code for _, code in codes], [place_id for place_id, _ in codes], now
    )


#: What the organizer owns of a registration. One that stays cancelled keeps the time at which it was.
UPDATE_REGISTRATIONS: LiteralString = """
    UPDATE registrations
    SET name = changed.name, name_key = changed.name_key, email = changed.email, email_key = changed.email_key,
        source = changed.source, external_id = changed.external_id, ticket_type = changed.ticket_type,
        cancelled_at = CASE WHEN changed.is_cancelled THEN COALESCE(registrations.cancelled_at, $2::timestamptz) END
    FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
                $11::boolean[])
        AS changed (id, name, name_key, email, email_key, source, external_id, ticket_type, is_cancelled)
    WHERE registrations.event_id = $1 AND registrations.id = changed.id
"""


async def update_registrations(
    connection: Connection, *, event_id: UUID, places: Sequence[Place], now: datetime
) -> None:
    await connection.execute(
        UPDATE_REGISTRATIONS, event_id, now, [place.id for place in places], [place.name for place in places],
        [name_key(place.name) for place in places], [place.email for place in places],
        _address_keys(place.email for place in places), [place.source for place in places],
        [place.external_id for place in places], [place.ticket_type for place in places],
        [place.is_cancelled for place in places],
    )  # fmt: skip


#: Cards that nobody has taken yet follow the list. The last condition guards one claimed this very moment.
UPDATE_CARDS: LiteralString = """
    UPDATE cards
    SET name = changed.name, pronouns = changed.pronouns, search_key = changed.search_key, updated_at = $2
    FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[])
            AS changed (registration_id, name, pronouns, search_key),
        registrations
    WHERE cards.event_id = $1 AND cards.registration_id = changed.registration_id
      AND registrations.event_id = $1 AND registrations.id = changed.registration_id
      AND registrations.person_id IS NULL AND registrations.claimed_at IS NULL
"""


async def update_cards(connection: Connection, *, event_id: UUID, places: Sequence[Place], now: datetime) -> None:
    await connection.execute(
        UPDATE_CARDS, event_id, now, [place.id for place in places], [place.card_name for place in places],
        [place.pronouns for place in places], [name_key(place.card_name) for place in places],
    )  # fmt: skip


def _address_keys(emails: Iterable[str | None]) -> list[str | None]:
    return [None if email is None else address_key(email) for email in emails]


def _place(row: Any) -> Place:
    return Place(
        id=row["id"],
        source=row["source"],
        external_id=row["external_id"],
        name=row["name"],
        email=row["email"],
        ticket_type=row["ticket_type"],
        pronouns=row["pronouns"],
        card_name=row["card_name"],
        is_cancelled=row["is_cancelled"],
        is_claimed=row["is_claimed"],
        is_walk_in=row["is_walk_in"],
        external_codes=frozenset(row["external"] or ()),
        own_codes=frozenset(row["own"] or ()),
    )
