"""Every statement about the roster that a door's phone keeps. Pages go by registration id, and are bounded."""

from datetime import date
from typing import Any, LiteralString
from uuid import UUID

from server.db import Connection, one
from server.doors.models import state_of
from server.doors.roster.models import RosterEntry
from server.events.models import ChecksInWith

#: Which history of which database this is, and the oldest transaction under way now.
SELECT_MOMENT: LiteralString = """
    SELECT pg_control_system.system_identifier || '.' || pg_control_checkpoint.timeline_id AS line,
           pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest
    FROM pg_control_system(), pg_control_checkpoint()
"""


async def select_moment(connection: Connection) -> tuple[str, int]:
    row = one(await connection.fetchrow(SELECT_MOMENT))
    return row["line"], row["oldest"]


#: A page of everybody.
SELECT_PAGE: LiteralString = """
    SELECT registrations.event_id, registrations.id, registrations.name, registrations.ticket_type,
           registrations.cancelled_at IS NOT NULL AS is_cancelled, admissions.is_in, admissions.first_in_at,
           doors.name AS door_name, badges.printed_at AS badge_printed_at, badges.token_hash,
           ARRAY(
               SELECT ticket_codes.code_hash
               FROM ticket_codes
               WHERE ticket_codes.event_id = $1 AND ticket_codes.registration_id = registrations.id AND $5
           ) AS tickets
    FROM registrations
    LEFT JOIN admissions ON admissions.event_id = registrations.event_id AND admissions.day = $2
        AND admissions.registration_id = registrations.id
    LEFT JOIN doors ON doors.event_id = admissions.event_id AND doors.id = admissions.door_id
    LEFT JOIN badges ON badges.event_id = registrations.event_id AND badges.registration_id = registrations.id
        AND badges.revoked_at IS NULL
    WHERE registrations.event_id = $1 AND registrations.id > $3
    ORDER BY registrations.id
    LIMIT $4
"""


async def select_page(
    connection: Connection, *, event_id: UUID, day: date, after: UUID, limit: int, checks_in_with: ChecksInWith
) -> list[RosterEntry]:
    rows = await connection.fetch(
        SELECT_PAGE, event_id, day, after, limit, checks_in_with is not ChecksInWith.BADGE
    )  # fmt: skip
    return [_entry(row, checks_in_with) for row in rows]


#: A page of those whose line changed in the transaction $6 or in a later one, or who are gone. A number from the future
#: is one of another database's, from which this one was restored.
SELECT_CHANGED_PAGE: LiteralString = """
    WITH changed AS (
        SELECT DISTINCT registration_id
        FROM roster_changes
        WHERE event_id = $1 AND registration_id > $3 AND changed_in >= $6::bigint::text::xid8
            AND changed_in < pg_snapshot_xmax(pg_current_snapshot())
        ORDER BY registration_id
        LIMIT $4
    )
    SELECT $1::uuid AS event_id, changed.registration_id AS id, registrations.name, registrations.ticket_type,
           registrations.cancelled_at IS NOT NULL AS is_cancelled, admissions.is_in, admissions.first_in_at,
           doors.name AS door_name, badges.printed_at AS badge_printed_at, badges.token_hash,
           ARRAY(
               SELECT ticket_codes.code_hash
               FROM ticket_codes
               WHERE ticket_codes.event_id = $1 AND ticket_codes.registration_id = changed.registration_id AND $5
           ) AS tickets
    FROM changed
    LEFT JOIN registrations ON registrations.event_id = $1 AND registrations.id = changed.registration_id
    LEFT JOIN admissions ON admissions.event_id = registrations.event_id AND admissions.day = $2
        AND admissions.registration_id = registrations.id
    LEFT JOIN doors ON doors.event_id = admissions.event_id AND doors.id = admissions.door_id
    LEFT JOIN badges ON badges.event_id = registrations.event_id AND badges.registration_id = registrations.id
        AND badges.revoked_at IS NULL
    ORDER BY changed.registration_id
"""


async def select_changed_page(
    connection: Connection,
    *,
    event_id: UUID,
    day: date,
    after: UUID,
    limit: int,
    checks_in_with: ChecksInWith,
    since: int,
) -> list[RosterEntry | UUID]:
    """In the order of their ids; of who is gone the id alone."""
    rows = await connection.fetch(
        SELECT_CHANGED_PAGE, event_id, day, after, limit, checks_in_with is not ChecksInWith.BADGE, since
    )
    return [row["id"] if row["name"] is None else _entry(row, checks_in_with) for row in rows]


def _entry(row: Any, checks_in_with: ChecksInWith) -> RosterEntry:
    badge = [row["token_hash"]] if row["token_hash"] is not None else []
    return RosterEntry(
        event_id=row["event_id"],
        registration_id=row["id"],
        name=row["name"],
        ticket_type=row["ticket_type"],
        state=state_of(is_cancelled=row["is_cancelled"], is_in=row["is_in"]),
        first_in_at=row["first_in_at"],
        door_name=row["door_name"],
        badge_printed_at=row["badge_printed_at"],
        codes=(*row["tickets"], *(badge if checks_in_with is not ChecksInWith.TICKET else ())),
    )
