"""Every statement about printing badges."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.sheets.models import BadgesWanted, LivePrint, OwnPrint, Print, PrintedBy

#: The badges in use of places that are not cancelled, by name. Of a card that is not open to the event only the name
#: goes on paper. $2 says whose, $3 names the one place where one is wanted; $4 puts kinds of tickets together.
SELECT_BADGES_TO_PRINT: LiteralString = """
    SELECT badges.id, badges.key_id, cards.name,
           CASE WHEN cards.open_to_event THEN cards.pronouns END AS pronouns,
           CASE WHEN cards.open_to_event THEN cards.ask_me_about END AS ask_me_about
    FROM badges
    JOIN registrations
        ON registrations.event_id = badges.event_id AND registrations.id = badges.registration_id
    JOIN cards ON cards.event_id = badges.event_id AND cards.registration_id = badges.registration_id
    WHERE badges.event_id = $1 AND badges.revoked_at IS NULL AND registrations.cancelled_at IS NULL
      AND CASE $2::text
              WHEN 'ALL' THEN true
              WHEN 'NEW' THEN badges.printed_at IS NULL
              WHEN 'NEW_WALK_INS' THEN badges.printed_at IS NULL AND registrations.walk_in_key IS NOT NULL
              ELSE registrations.id = $3::uuid
          END
    ORDER BY CASE WHEN $4::boolean THEN registrations.ticket_type END NULLS LAST,
             registrations.name_key, registrations.id
"""


async def select_badges_to_print(
    connection: Connection, *, event_id: UUID, wanted: BadgesWanted, registration_id: UUID | None, by_ticket: bool
) -> list[LivePrint]:
    rows = await connection.fetch(SELECT_BADGES_TO_PRINT, event_id, wanted, registration_id, by_ticket)
    return [LivePrint(row["id"], row["key_id"], row["name"], row["pronouns"], row["ask_me_about"]) for row in rows]


#: These badges are on paper now; how many of them are still in use, by places that are not cancelled.
MARK_PRINTED: LiteralString = """
    WITH marked AS (
        UPDATE badges
        SET printed_at = $4
        FROM registrations
        WHERE badges.event_id = $1 AND badges.id = ANY ($2::uuid[]) AND badges.revoked_at IS NULL
          AND registrations.event_id = $1 AND registrations.id = badges.registration_id
          AND registrations.cancelled_at IS NULL
        RETURNING badges.id
    ), listed AS (
        INSERT INTO printed_badges (event_id, badge_id, print_id)
        SELECT $1, marked.id, $3 FROM marked
    )
    SELECT count(*) FROM marked
"""


async def mark_printed(
    connection: Connection, *, event_id: UUID, badge_ids: Sequence[UUID], print_id: UUID, now: datetime
) -> int:
    marked: int = await connection.fetchval(MARK_PRINTED, event_id, list(badge_ids), print_id, now)
    return marked


#: How many of these badges are in use, by places that are not cancelled.
COUNT_IN_USE: LiteralString = """
    SELECT count(*)
    FROM badges
    JOIN registrations
        ON registrations.event_id = badges.event_id AND registrations.id = badges.registration_id
    WHERE badges.event_id = $1 AND badges.id = ANY ($2::uuid[]) AND badges.revoked_at IS NULL
      AND registrations.cancelled_at IS NULL
"""


async def count_in_use(connection: Connection, *, event_id: UUID, badge_ids: Sequence[UUID]) -> int:
    in_use: int = await connection.fetchval(COUNT_IN_USE, event_id, list(badge_ids))
    return in_use


#: One line of the log.
INSERT_PRINT: LiteralString = """
    INSERT INTO badge_prints (event_id, id, printed_by, by_host, printed_at, badges, format)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
"""


async def insert_print(connection: Connection, *, event_id: UUID, entry: Print) -> None:
    await connection.execute(
        INSERT_PRINT, event_id, entry.id, entry.person_id, entry.by is PrintedBy.HOST, entry.printed_at, entry.badges,
        entry.format,
    )  # fmt: skip


#: The log of one event, the newest first.
SELECT_PRINTS: LiteralString = """
    SELECT id, printed_by, by_host, printed_at, badges, format
    FROM badge_prints
    WHERE event_id = $1
    ORDER BY printed_at DESC, id DESC
"""


async def select_prints(connection: Connection, *, event_id: UUID) -> list[Print]:
    rows = await connection.fetch(SELECT_PRINTS, event_id)
    return [
        Print(row["id"], _by(row["by_host"]), row["printed_by"], row["printed_at"], row["badges"], row["format"])
        for row in rows
    ]


#: The prints that held a badge of this person's own place, the newest first; one empty row when there was none, and no
#: row without a place.
SELECT_OWN_PRINTS: LiteralString = """
    SELECT prints.printed_at, prints.by_host, prints.is_in_use
    FROM registrations
    LEFT JOIN (
        SELECT badges.event_id, badges.registration_id, badge_prints.id, badge_prints.printed_at,
               badge_prints.by_host, badges.revoked_at IS NULL AS is_in_use
        FROM badges
        JOIN printed_badges ON printed_badges.event_id = badges.event_id AND printed_badges.badge_id = badges.id
        JOIN badge_prints
            ON badge_prints.event_id = printed_badges.event_id AND badge_prints.id = printed_badges.print_id
        WHERE badges.event_id = $1
    ) AS prints ON prints.event_id = registrations.event_id AND prints.registration_id = registrations.id
    WHERE registrations.event_id = $1 AND registrations.person_id = $2
    ORDER BY prints.printed_at DESC, prints.id DESC
"""


async def select_own_prints(connection: Connection, *, event_id: UUID, person_id: UUID) -> list[OwnPrint] | None:
    rows = await connection.fetch(SELECT_OWN_PRINTS, event_id, person_id)
    if not rows:
        return None
    return [
        OwnPrint(row["printed_at"], _by(row["by_host"]), row["is_in_use"])
        for row in rows
        if row["printed_at"] is not None
    ]


def _by(by_host: bool) -> PrintedBy:
    return PrintedBy.HOST if by_host else PrintedBy.ORGANIZER
