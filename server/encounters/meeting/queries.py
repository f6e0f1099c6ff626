"""Every statement that makes two people who scanned each other a swap: the swap, its sides, the day's conversation."""

from datetime import date, datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.encounters.models import Scanned, Scanner

#: The swap of a pair, made or found; its row is held for the rest of the transaction, so two who scan each other
#: at once take turns. The earliest true time wins. A withdrawn swap comes back only for the one who withdrew, by a scan
#: made since; and none is made while a block is between them, which no other request can change meanwhile.
UPSERT_SWAP: LiteralString = """
    INSERT INTO swaps (event_id, id, lower_id, upper_id, swapped_at, changed_at)
    SELECT $1, $2, LEAST($3::uuid, $4::uuid), GREATEST($3::uuid, $4::uuid), $5::timestamptz, $6::timestamptz
    WHERE NOT EXISTS (SELECT 1 FROM blocked_pairs WHERE event_id = $1 AND registration_id = $3 AND other_id = $4)
    ON CONFLICT ON CONSTRAINT swaps_one_per_pair DO UPDATE
        SET swapped_at = LEAST(swaps.swapped_at, EXCLUDED.swapped_at),
            changed_at = EXCLUDED.changed_at,
            withdrawn_at = NULL,
            withdrawn_by = NULL
        WHERE swaps.withdrawn_at IS NULL OR (swaps.withdrawn_by = $3 AND swaps.withdrawn_at <= $5)
    RETURNING id
"""


async def upsert_swap(
    connection: Connection,
    *,
    event_id: UUID,
    new_id: UUID,
    scanner_id: UUID,
    scanned_id: UUID,
    happened_at: datetime,
    now: datetime,
) -> UUID | None:
    swap_id: UUID | None = await connection.fetchval(
        UPSERT_SWAP, event_id, new_id, scanner_id, scanned_id, happened_at, now
    )
    return swap_id


#: Both sides of a swap, the scanner's first. Only the scanner's holds when it scanned. Standing choices: the scanner's
#: offers at once, the other's only in return for an offer; one already made stays, and none is made where that side
#: once declined.
UPSERT_SIDES: LiteralString = """
    INSERT INTO swap_sides (event_id, swap_id, registration_id, scanned_at, offers, offered_at)
    SELECT $1, $2, side.registration_id, side.scanned_at, side.offers,
           CASE WHEN side.offers IS NOT NULL THEN $8::timestamptz END
    FROM (VALUES
        ($3::uuid, $5::timestamptz, $6::text[]),
        ($4::uuid, NULL, CASE WHEN COALESCE((
            SELECT offers IS NOT NULL OR ($6::text[] IS NOT NULL AND declined_at IS NULL)
            FROM swap_sides
            WHERE event_id = $1 AND swap_id = $2 AND registration_id = $3
        ), $6::text[] IS NOT NULL) THEN $7::text[] END))
        AS side (registration_id, scanned_at, offers)
    ON CONFLICT ON CONSTRAINT swap_sides_pkey DO UPDATE
        SET scanned_at = LEAST(swap_sides.scanned_at, EXCLUDED.scanned_at),
            offers = COALESCE(swap_sides.offers,
                              CASE WHEN swap_sides.declined_at IS NULL THEN EXCLUDED.offers END),
            offered_at = COALESCE(swap_sides.offered_at,
                                  CASE WHEN swap_sides.declined_at IS NULL THEN EXCLUDED.offered_at END)
    RETURNING offers IS NOT NULL AS is_offering
"""


async def upsert_sides(
    connection: Connection,
    *,
    event_id: UUID,
    swap_id: UUID,
    scanner: Scanner,
    scanned: Scanned,
    happened_at: datetime,
    makes_offers: bool,
    now: datetime,
) -> bool:
    """Whether both sides offer by now: the swap is mutual."""
    rows = await connection.fetch(
        UPSERT_SIDES,
        event_id,
        swap_id,
        scanner.registration_id,
        scanned.registration_id,
        happened_at,
        scanner.standing_offer if makes_offers else None,
        scanned.standing_offer if makes_offers else None,
        now,
    )
    return all(row["is_offering"] for row in rows)


#: The day's conversation, one per pair and local day.
BEGIN_CONVERSATION: LiteralString = """
    INSERT INTO conversations (event_id, swap_id, day)
    VALUES ($1, $2, $3)
    ON CONFLICT ON CONSTRAINT conversations_pkey DO NOTHING
"""


async def begin_conversation(connection: Connection, *, event_id: UUID, swap_id: UUID, day: date) -> None:
    await connection.execute(BEGIN_CONVERSATION, event_id, swap_id, day)
