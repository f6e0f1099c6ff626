"""Every statement about printing badges."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.sheets.models import LivePrint, Print

#: The badges in use of places that are not cancelled, by name. Of a card that is not open to the event only the name
#: goes on paper. $2 leaves out those printed before; $3 puts kinds of tickets together.
SELECT_BADGES_TO_PRINT: LiteralString = """
    SELECT badges.id, badges.key_id, badges.printed_at, cards.name,
           CASE WHEN cards.open_to_event THEN cards.pronouns END AS pronouns,
           CASE WHEN cards.open_to_event THEN cards.ask_me_about END AS ask_me_about
    FROM badges
    JOIN registrations
        ON registrations.event_id = badges.event_id AND registrations.id = badges.registration_id
    JOIN cards ON cards.event_id = badges.event_id AND cards.registration_id = badges.registration_id
    WHERE badges.event_id = $1 AND badges.revoked_at IS NULL AND registrations.cancelled_at IS NULL
      AND (NOT $2::boolean OR badges.printed_at IS NULL)
    ORDER BY CASE WHEN $3::boolean THEN registrations.ticket_type END NULLS LAST,
             registrations.name_key, registrations.id
"""


async def select_badges_to_print(
    connection: Connection, *, event_id: UUID, only_new: bool, by_ticket: bool
) -> list[LivePrint]:
    rows = await connection.fetch(SELECT_BADGES_TO_PRINT, event_id, only_new, by_ticket)
    return [
        LivePrint(row["id"], row["key_id"], row["printed_at"], row["name"], row["pronouns"], row["ask_me_about"])
        for row in rows
    ]


#: These badges are on paper now; how many of them are still in use, by places that are not cancelled.
MARK_PRINTED: LiteralString = """
    WITH marked AS (
        UPDATE badges
        SET printed_at = $3
        FROM registrations
        WHERE badges.event_id = $1 AND badges.id = ANY ($2::uuid[]) AND badges.revoked_at IS NULL
          AND registrations.event_id = $1 AND registrations.id = badges.registration_id
          AND registrations.cancelled_at IS NULL
        RETURNING badges.id
    )
    SELECT count(*) FROM marked
"""


async def mark_printed(connection: Connection, *, event_id: UUID, badge_ids: Sequence[UUID], now: datetime) -> int:
    marked: int = await connection.fetchval(MARK_PRINTED, event_id, list(badge_ids), now)
    return marked


#: One line of the log.
INSERT_PRINT: LiteralString = """
    INSERT INTO badge_prints (event_id, id, printed_by, by_host, printed_at, badges, format)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
"""


async def insert_print(connection: Connection, *, event_id: UUID, print_id: UUID, entry: Print) -> None:
    await connection.execute(
        INSERT_PRINT, event_id, print_id, entry.printed_by, entry.by_host, entry.printed_at, entry.badges, entry.format
    )


#: The log of one event, the newest first.
SELECT_PRINTS: LiteralString = """
    SELECT printed_by, by_host, printed_at, badges, format
    FROM badge_prints
    WHERE event_id = $1
    ORDER BY printed_at DESC, id DESC
"""


async def select_prints(connection: Connection, *, event_id: UUID) -> list[Print]:
    rows = await connection.fetch(SELECT_PRINTS, event_id)
    return [Print(row["printed_by"], row["by_host"], row["printed_at"], row["badges"], row["format"]) for row in rows]
