"""Every statement about scans: who scans, whose badge it is, the log. The swap that comes of one is in `meeting`."""

from collections.abc import Collection
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.encounters.models import KeptScan, Scan, Scanned, Scanner, Scanning, ScanOutcome
from server.events.queries import read_event

#: The event, the person's own place at it unless that is cancelled, and what those keys of their phone answered
#: before: one row for each of these, else a single one.
SELECT_SCANNING: LiteralString = """
    SELECT registrations.id AS scanner_id,
           EXISTS (SELECT 1 FROM admissions WHERE admissions.event_id = registrations.event_id
                   AND admissions.registration_id = registrations.id) AS has_come,
           CASE WHEN people.shares_always THEN people.shares_fields END AS standing_offer,
           scans.key, scans.outcome, scans.content_hash, scans.swap_id,
           events.id, events.slug, events.title, events.venue, events.starts_at, events.ends_at, events.timezone,
           events.evening_at, events.uses_check_in, events.scans_people_out,
           events.capacity, events.checks_in_with, events.card_questions, events.languages, events.continues_id,
           events.retention_days
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
