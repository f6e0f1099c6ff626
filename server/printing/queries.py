"""Every statement about sheets that organizers ask for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from server.db import Connection, one
from server.printing.models import (
    AskedSheets,
    BadgeCounts,
    BadgeHolder,
    HolderPlace,
    MadeSheets,
    Reason,
    SealedSheets,
    SheetsRequest,
    SheetsState,
)
from server.sheets.formats import FormatName
from server.sheets.models import BadgesWanted, SheetOrder

#: New sheets in place of any that this organizer had at the event; the same key again changes nothing.
UPSERT_SHEETS: LiteralString = """
    INSERT INTO badge_sheets (event_id, person_id, key, wanted, registration_id, format, by_ticket, asked_at, state,
                              badges, kept_until)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'WAITING', $9, $10)
    ON CONFLICT ON CONSTRAINT badge_sheets_pkey DO UPDATE
    SET key = excluded.key, wanted = excluded.wanted, registration_id = excluded.registration_id,
        format = excluded.format, by_ticket = excluded.by_ticket, asked_at = excluded.asked_at, state = 'WAITING',
        reason = NULL, badges = excluded.badges, drawn = 0, pages = NULL, shortened = 0, badge_ids = '{}',
        left_out = '{}', sealed = NULL, kept_until = excluded.kept_until, printed_at = NULL
    WHERE badge_sheets.key <> excluded.key
    RETURNING key
"""


async def upsert_sheets(
    connection: Connection,
    *,
    event_id: UUID,
    person_id: UUID,
    key: UUID,
    request: SheetsRequest,
    badges: int,
    now: datetime,
    kept_until: datetime,
) -> bool:
    """Whether these are new."""
    row = await connection.fetchrow(
        UPSERT_SHEETS, event_id, person_id, key, request.wanted, request.registration_id, request.format,
        request.order is SheetOrder.TICKET, now, badges, kept_until,
    )  # fmt: skip
    return row is not None


#: The sheets of one organizer at one event, while they are kept.
SELECT_SHEETS: LiteralString = """
    SELECT event_id, person_id, key, wanted, registration_id, format, by_ticket, asked_at, state, reason, badges,
           drawn, pages, shortened, left_out, kept_until, printed_at
    FROM badge_sheets
    WHERE event_id = $1 AND person_id = $2 AND kept_until > $3
"""


async def select_sheets(
    connection: Connection, *, event_id: UUID, person_id: UUID, now: datetime
) -> AskedSheets | None:
    row = await connection.fetchrow(SELECT_SHEETS, event_id, person_id, now)
    return None if row is None else _asked(row)


#: Begin to make what was asked for under this key; nothing when it was discarded or replaced since, or made already.
BEGIN_SHEETS: LiteralString = """
    UPDATE badge_sheets SET state = 'MAKING', drawn = 0
    WHERE event_id = $1 AND person_id = $2 AND key = $3 AND kept_until > $4 AND state IN ('WAITING', 'MAKING')
    RETURNING event_id, person_id, key, wanted, registration_id, format, by_ticket, asked_at, state, reason, badges,
              drawn, pages, shortened, left_out, kept_until, printed_at
"""


async def begin_sheets(
    connection: Connection, *, event_id: UUID, person_id: UUID, key: UUID, now: datetime
) -> AskedSheets | None:
    row = await connection.fetchrow(BEGIN_SHEETS, event_id, person_id, key, now)
    return None if row is None else _asked(row)


#: How far the drawing is; nothing when the sheets were discarded or replaced meanwhile.
UPDATE_DRAWN: LiteralString = """
    UPDATE badge_sheets SET badges = $4, drawn = $5
    WHERE event_id = $1 AND person_id = $2 AND key = $3 AND state = 'MAKING'
    RETURNING key
"""


async def update_drawn(connection: Connection, *, asked: AskedSheets, badges: int, drawn: int) -> bool:
    """Whether they are still wanted."""
    row = await connection.fetchrow(UPDATE_DRAWN, asked.event_id, asked.person_id, asked.key, badges, drawn)
    return row is not None


#: The finished file.
FINISH_SHEETS: LiteralString = """
    UPDATE badge_sheets
    SET state = 'READY', sealed = $4, pages = $5, badge_ids = $6, left_out = $7, shortened = $8, drawn = badges,
        kept_until = $9
    WHERE event_id = $1 AND person_id = $2 AND key = $3 AND state = 'MAKING'
"""


async def finish_sheets(connection: Connection, *, asked: AskedSheets, made: MadeSheets, kept_until: datetime) -> None:
    await connection.execute(
        FINISH_SHEETS, asked.event_id, asked.person_id, asked.key, made.sealed, made.pages, made.badge_ids,
        made.left_out, made.shortened, kept_until,
    )  # fmt: skip


#: Why there will be no file.
FAIL_SHEETS: LiteralString = """
    UPDATE badge_sheets SET state = 'FAILED', reason = $4, left_out = $5, sealed = NULL
    WHERE event_id = $1 AND person_id = $2 AND key = $3
"""


async def fail_sheets(
    connection: Connection,
    *,
    event_id: UUID,
    person_id: UUID,
    key: UUID,
    reason: Reason,
    left_out: Sequence[UUID] = (),
) -> None:
    await connection.execute(FAIL_SHEETS, event_id, person_id, key, reason, list(left_out))


#: A finished file, held so that two fetches of it are logged once.
LOCK_SEALED: LiteralString = """
    SELECT sealed, wanted, registration_id, format, by_ticket, badge_ids, printed_at
    FROM badge_sheets
    WHERE event_id = $1 AND person_id = $2 AND key = $3 AND state = 'READY' AND kept_until > $4
    FOR UPDATE
"""


async def lock_sealed(
    connection: Connection, *, event_id: UUID, person_id: UUID, key: UUID, now: datetime
) -> SealedSheets | None:
    row = await connection.fetchrow(LOCK_SEALED, event_id, person_id, key, now)
    if row is None:
        return None
    return SealedSheets(row["sealed"], _request(row), tuple(row["badge_ids"]), row["printed_at"] is not None)


#: When the file was handed over first.
UPDATE_HANDED_OVER: LiteralString = """
    UPDATE badge_sheets SET printed_at = $3 WHERE event_id = $1 AND person_id = $2
"""


async def update_handed_over(connection: Connection, *, event_id: UUID, person_id: UUID, now: datetime) -> None:
    await connection.execute(UPDATE_HANDED_OVER, event_id, person_id, now)


#: One organizer's sheets are gone, made or not.
DELETE_SHEETS: LiteralString = """
    DELETE FROM badge_sheets WHERE event_id = $1 AND person_id = $2
"""


async def delete_sheets(connection: Connection, *, event_id: UUID, person_id: UUID) -> None:
    await connection.execute(DELETE_SHEETS, event_id, person_id)


#: All sheets whose time is over.
DELETE_OLD_SHEETS: LiteralString = """
    WITH gone AS (DELETE FROM badge_sheets WHERE kept_until <= $1 RETURNING key)
    SELECT count(*) FROM gone
"""


async def delete_old_sheets(connection: Connection, *, now: datetime) -> int:
    gone: int = await connection.fetchval(DELETE_OLD_SHEETS, now)
    return gone


#: How many badges there are to print.
COUNT_BADGES: LiteralString = """
    SELECT count(*) AS whole,
           count(*) FILTER (WHERE badges.printed_at IS NULL) AS new,
           count(*) FILTER (WHERE badges.printed_at IS NULL AND registrations.walk_in_key IS NOT NULL) AS new_walk_ins
    FROM badges
    JOIN registrations
        ON registrations.event_id = badges.event_id AND registrations.id = badges.registration_id
    WHERE badges.event_id = $1 AND badges.revoked_at IS NULL AND registrations.cancelled_at IS NULL
"""


async def count_badges(connection: Connection, *, event_id: UUID) -> BadgeCounts:
    row = one(await connection.fetchrow(COUNT_BADGES, event_id))
    return BadgeCounts(row["whole"], row["new"], row["new_walk_ins"])


#: Whether this place has a badge that can be printed.
SELECT_HAS_BADGE: LiteralString = """
    SELECT EXISTS (
        SELECT 1
        FROM badges
        JOIN registrations
            ON registrations.event_id = badges.event_id AND registrations.id = badges.registration_id
        WHERE badges.event_id = $1 AND badges.registration_id = $2 AND badges.revoked_at IS NULL
          AND registrations.cancelled_at IS NULL
    )
"""


async def select_has_badge(connection: Connection, *, event_id: UUID, registration_id: UUID) -> bool:
    has_badge: bool = await connection.fetchval(SELECT_HAS_BADGE, event_id, registration_id)
    return has_badge


#: Holders of badges in use by name, after a place and with all of the words in their names. $5 leaves out those whose
#: badge was printed.
SELECT_HOLDERS: LiteralString = """
    SELECT registrations.event_id, registrations.id, registrations.name, registrations.name_key,
           registrations.ticket_type, registrations.walk_in_key IS NOT NULL AS is_walk_in, badges.printed_at,
           badges.issued_at
    FROM registrations
    JOIN badges ON badges.event_id = registrations.event_id AND badges.registration_id = registrations.id
        AND badges.revoked_at IS NULL
    WHERE registrations.event_id = $1 AND registrations.cancelled_at IS NULL
      AND (registrations.name_key, registrations.id) > ($2, $3::uuid)
      AND registrations.name_key LIKE ALL ($4::text[])
      AND (NOT $5::boolean OR badges.printed_at IS NULL)
    ORDER BY registrations.name_key, registrations.id
    LIMIT $6
"""


async def select_holders(
    connection: Connection, *, event_id: UUID, after: HolderPlace, words: Sequence[str], only_new: bool, limit: int
) -> list[BadgeHolder]:
    rows = await connection.fetch(
        SELECT_HOLDERS, event_id, after.name_key, after.registration_id, list(words), only_new, limit
    )
    return [
        BadgeHolder(
            row["event_id"], HolderPlace(row["name_key"], row["id"]), row["name"], row["ticket_type"],
            row["is_walk_in"], row["printed_at"], row["issued_at"],
        )
        for row in rows
    ]  # fmt: skip


#: The names on some badges, by name.
SELECT_NAMES: LiteralString = """
    SELECT cards.name
    FROM badges
    JOIN registrations
        ON registrations.event_id = badges.event_id AND registrations.id = badges.registration_id
    JOIN cards ON cards.event_id = badges.event_id AND cards.registration_id = badges.registration_id
    WHERE badges.event_id = $1 AND badges.id = ANY ($2::uuid[])
    ORDER BY registrations.name_key, registrations.id
"""


async def select_names(connection: Connection, *, event_id: UUID, badge_ids: Sequence[UUID]) -> list[str]:
    return [row["name"] for row in await connection.fetch(SELECT_NAMES, event_id, list(badge_ids))]


def _request(row: Any) -> SheetsRequest:
    return SheetsRequest(
        BadgesWanted(row["wanted"]),
        FormatName(row["format"]),
        SheetOrder.TICKET if row["by_ticket"] else SheetOrder.NAME,
        row["registration_id"],
    )


def _asked(row: Any) -> AskedSheets:
    return AskedSheets(
        event_id=row["event_id"],
        person_id=row["person_id"],
        key=row["key"],
        request=_request(row),
        asked_at=row["asked_at"],
        state=SheetsState(row["state"]),
        reason=None if row["reason"] is None else Reason(row["reason"]),
        badges=row["badges"],
        drawn=row["drawn"],
        pages=row["pages"],
        shortened=row["shortened"],
        left_out=tuple(row["left_out"]),
        kept_until=row["kept_until"],
        printed_at=row["printed_at"],
    )
