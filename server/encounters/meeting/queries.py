"""Every statement that makes two people who scanned each other a swap: the swap, its sides, the day's conversation."""

from collections.abc import Collection
from datetime import date, datetime
from typing import LiteralString
from uuid import UUID

from asyncpg import Record

from server.agenda.operations import Participant
from server.db import Connection
from server.encounters.models import Scanned, Scanner
from server.registrations.queries import read_card

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
) -> None:
    await connection.execute(
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


#: The day's conversation, one per pair and local day, and how many there are now; with both of the pair, the lower
#: first: the card the other may see, whole when open, else a first name, and the library keys that each side had on
#: earlier days, has on this one, and used of this one's, oldest first.
BEGIN_CONVERSATION: LiteralString = """
    WITH added AS (
        INSERT INTO conversations (event_id, swap_id, day)
        VALUES ($1, $2, $3)
        ON CONFLICT ON CONSTRAINT conversations_pkey DO NOTHING
        RETURNING day
    )
    SELECT registrations.id AS registration_id, COALESCE(people.locale, 'en') AS locale,
           (SELECT count(*) FROM conversations WHERE event_id = $1 AND swap_id = $2)
               + (SELECT count(*) FROM added) AS conversations,
           ARRAY(SELECT library_key FROM agenda_prompts
                 WHERE event_id = $1 AND swap_id = $2 AND registration_id = registrations.id AND day < $3
                 ORDER BY day, place) AS had,
           ARRAY(SELECT library_key FROM agenda_prompts
                 WHERE event_id = $1 AND swap_id = $2 AND registration_id = registrations.id AND day = $3
                 ORDER BY place) AS today,
           ARRAY(SELECT library_key FROM agenda_prompts
                 WHERE event_id = $1 AND swap_id = $2 AND registration_id = registrations.id AND day = $3
                   AND (state <> 'WAITING' OR insight IS NOT NULL)
                 ORDER BY place) AS used,
           cards.name, cards.pronouns, cards.up_to, cards.seeking, cards.offering, cards.ask_me_about,
           cards.good_introduction, cards.new_here, cards.been_here, cards.between_things, cards.topics,
           cards.open_to_event, cards.open_to_introductions
    FROM registrations
    JOIN cards ON cards.event_id = registrations.event_id AND cards.registration_id = registrations.id
    LEFT JOIN people ON people.id = registrations.person_id
    WHERE registrations.event_id = $1 AND registrations.id = ANY ($4::uuid[])
    ORDER BY registrations.id
"""


async def begin_conversation(
    connection: Connection, *, event_id: UUID, swap_id: UUID, day: date, pair: Collection[UUID]
) -> tuple[int, list[Participant]]:
    rows = await connection.fetch(BEGIN_CONVERSATION, event_id, swap_id, day, list(pair))
    return rows[0]["conversations"], [_participant(row) for row in rows]


def _participant(row: Record) -> Participant:
    card = read_card(row)
    return Participant(
        registration_id=row["registration_id"],
        card=card if card.open_to_event else card.closed(),
        locale=row["locale"],
        had=tuple(row["had"]),
        today=tuple(row["today"]),
        used=tuple(row["used"]),
    )
