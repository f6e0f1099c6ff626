"""Every statement behind a scan: who scans, whose badge it is, the log, and the swap that comes of it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import LiteralString
from uuid import UUID

from asyncpg import Record

from server.agenda.operations import Participant
from server.db import Connection
from server.encounters.models import KeptScan, Scan, Scanned, Scanner, Scanning, ScanOutcome
from server.events.queries import read_event
from server.registrations.queries import read_card

#: The event, the person's own place at it unless that is cancelled, and what those keys of their phone answered
#: before: one row for each of these, else a single one.
SELECT_SCANNING: LiteralString = """
    SELECT registrations.id AS scanner_id,
           EXISTS (SELECT 1 FROM admissions WHERE admissions.event_id = registrations.event_id
                   AND admissions.registration_id = registrations.id) AS has_come,
           CASE WHEN people.shares_always THEN people.shares_fields END AS standing_offer,
           scans.key, scans.outcome, scans.content_hash, scans.swap_id,
           events.id, events.slug, events.title, events.venue, events.starts_at, events.ends_at, events.timezone,
           events.evening_at, events.uses_check_in, events.scans_people_out
    FROM registrations
    JOIN people ON people.id = registrations.person_id
    JOIN events ON events.id = registrations.event_id
    LEFT JOIN scans ON scans.event_id = registrations.event_id AND scans.registration_id = registrations.id
        AND scans.key = ANY ($3::uuid[])
    WHERE registrations.event_id = $1 AND registrations.person_id = $2 AND registrations.cancelled_at IS NULL
"""


async def select_scanning(
    connection: Connection, *, event_id: UUID, person_id: UUID, keys: Collection[UUID]
) -> Scanning | None:
    """None where there is no such event, and where the person has no place at it."""
    rows = await connection.fetch(SELECT_SCANNING, event_id, person_id, list(keys))
    if not rows:
        return None
    first = rows[0]
    return Scanning(
        event=read_event(first),
        scanner=Scanner(first["scanner_id"], person_id, first["has_come"], _fields(first["standing_offer"])),
        kept={
            row["key"]: KeptScan(ScanOutcome(row["outcome"]), row["content_hash"], row["swap_id"])
            for row in rows
            if row["key"] is not None
        },
    )


#: Whose live badge this is, by the token of its QR code or by the code typed. A badge that this scanner may not know
#: is not found, as one that does not exist: of somebody with a block between them, and of somebody who withdrew from
#: them. A scan from before the scanner's own withdrawal, sent late, is no second thought. The place cannot be taken
#: by anybody until the transaction ends. With it comes how many one-sided scans the scanner made in the hour before $5,
#: and how many of all theirs are unanswered.
SELECT_SCANNED: LiteralString = """
    SELECT badges.id, badges.registration_id, registrations.person_id,
           EXISTS (SELECT 1 FROM admissions WHERE admissions.event_id = badges.event_id
                   AND admissions.registration_id = badges.registration_id) AS has_come,
           CASE WHEN people.shares_always THEN people.shares_fields END AS standing_offer,
           one_sided.in_the_hour, one_sided.unanswered
    FROM badges
    JOIN registrations ON registrations.event_id = badges.event_id AND registrations.id = badges.registration_id
    LEFT JOIN people ON people.id = registrations.person_id
    CROSS JOIN (
        SELECT count(*) FILTER (WHERE mine.scanned_at > $5::timestamptz - interval '1 hour') AS in_the_hour,
               count(*) AS unanswered
        FROM swap_sides AS mine
        JOIN swap_sides AS theirs ON theirs.event_id = mine.event_id AND theirs.swap_id = mine.swap_id
            AND theirs.registration_id <> mine.registration_id
        WHERE mine.event_id = $1 AND mine.registration_id = $4 AND mine.scanned_at IS NOT NULL
          AND mine.scanned_at <= $5 AND theirs.scanned_at IS NULL AND theirs.offered_at IS NULL
    ) AS one_sided
    WHERE badges.event_id = $1 AND (badges.token_hash = $2 OR badges.code_hash = $3)
      AND badges.revoked_at IS NULL AND registrations.cancelled_at IS NULL
      AND NOT EXISTS (
          SELECT 1 FROM blocked_pairs
          WHERE blocked_pairs.event_id = $1 AND blocked_pairs.registration_id = $4
            AND blocked_pairs.other_id = registrations.id
      )
      AND NOT EXISTS (
          SELECT 1 FROM swaps
          WHERE swaps.event_id = $1 AND swaps.lower_id = LEAST($4, registrations.id)
            AND swaps.upper_id = GREATEST($4, registrations.id)
            AND swaps.withdrawn_at IS NOT NULL
            AND (swaps.withdrawn_by IS DISTINCT FROM $4 OR swaps.withdrawn_at > $5)
      )
    FOR KEY SHARE OF registrations
"""


async def select_scanned(
    connection: Connection,
    *,
    event_id: UUID,
    token_hash: bytes,
    code_hash: bytes,
    scanner_id: UUID,
    happened_at: datetime,
) -> Scanned | None:
    row = await connection.fetchrow(SELECT_SCANNED, event_id, token_hash, code_hash, scanner_id, happened_at)
    if row is None:
        return None
    return Scanned(
        registration_id=row["registration_id"],
        person_id=row["person_id"],
        badge_id=row["id"],
        has_come=row["has_come"],
        standing_offer=_fields(row["standing_offer"]),
        one_sided_in_the_hour=row["in_the_hour"],
        one_sided_unanswered=row["unanswered"],
    )


#: One line in the log. False when the same key came in meanwhile, in another request.
INSERT_SCAN: LiteralString = """
    INSERT INTO scans (event_id, id, registration_id, key, content_hash, outcome, badge_id, swap_id, is_held_back,
                       scanned_at, sent_at, received_at, happened_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    ON CONFLICT ON CONSTRAINT scans_one_per_key DO NOTHING
    RETURNING true
"""


async def insert_scan(
    connection: Connection,
    *,
    event_id: UUID,
    scan_id: UUID,
    registration_id: UUID,
    scan: Scan,
    outcome: ScanOutcome,
    badge_id: UUID | None,
    swap_id: UUID | None,
    is_held_back: bool,
    now: datetime,
) -> bool:
    return bool(
        await connection.fetchval(
            INSERT_SCAN,
            event_id,
            scan_id,
            registration_id,
            scan.key,
            scan.content_hash,
            outcome,
            badge_id,
            swap_id,
            is_held_back,
            scan.scanned_at,
            scan.sent_at,
            now,
            scan.happened_at(now),
        )
    )


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
           cards.good_introduction, cards.new_here, cards.between_things, cards.topics,
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


#: Commits of this transaction alone are not waited for on the disk; `FLUSH` waits for all of them at once.
COMMIT_LATER: LiteralString = """
    SELECT set_config('synchronous_commit', 'off', true)
"""


async def commit_later(connection: Connection) -> None:
    await connection.execute(COMMIT_LATER)


#: A mark in the log of the database, written to the disk, and with it whatever was committed before.
FLUSH: LiteralString = """
    SELECT pg_logical_emit_message(true, 'handsel', '')
"""


async def flush(connection: Connection) -> None:
    await connection.execute(FLUSH)


def _fields(value: list[str] | None) -> tuple[str, ...] | None:
    return tuple(value) if value else None


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
