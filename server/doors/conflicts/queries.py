"""Every statement about conflicts at the doors."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, LiteralString
from uuid import UUID

from server.db import Connection
from server.doors.conflicts.models import ToldScan
from server.doors.models import CheckInDirection, CheckInVerdict

#: The scans of everybody whom a phone let in offline on a day (each day where $2 is null), and who were let in by
#: another scan that day too.
SELECT_SUSPECTS: LiteralString = """
    WITH suspects AS (
        SELECT DISTINCT check_ins.registration_id, check_ins.day
        FROM check_ins
        WHERE check_ins.event_id = $1 AND ($2::date IS NULL OR check_ins.day = $2)
            AND (check_ins.is_offline OR check_ins.shown IS NOT NULL)
            AND COALESCE(check_ins.shown, check_ins.verdict) = 'ADMITTED'
            AND EXISTS (
                SELECT 1
                FROM check_ins AS another
                WHERE another.event_id = $1 AND another.registration_id = check_ins.registration_id
                    AND another.day = check_ins.day AND another.id <> check_ins.id
                    AND COALESCE(another.shown, another.verdict) = 'ADMITTED'
            )
    )
    SELECT check_ins.registration_id, check_ins.day, registrations.name AS holder_name, registrations.ticket_type,
           check_ins.id, check_ins.key, check_ins.door_id, doors.name AS door_name,
           COALESCE(door_helpers.name, NULLIF(people.name, '')) AS helper_name, check_ins.direction,
           check_ins.happened_at, check_ins.scanned_at, check_ins.received_at,
           check_ins.is_offline OR check_ins.shown IS NOT NULL AS is_offline, check_ins.shown,
           check_ins.verdict, undo.id IS NOT NULL AS is_undone, door_conflicts_seen.seen_at,
           NULLIF(seer.name, '') AS seen_by
    FROM suspects
    JOIN registrations ON registrations.event_id = $1 AND registrations.id = suspects.registration_id
    JOIN check_ins ON check_ins.event_id = $1 AND check_ins.registration_id = suspects.registration_id
        AND check_ins.day = suspects.day AND check_ins.direction <> 'UNDO'
    JOIN doors ON doors.event_id = check_ins.event_id AND doors.id = check_ins.door_id
    LEFT JOIN check_ins AS undo ON undo.event_id = check_ins.event_id AND undo.undoes_id = check_ins.id
    LEFT JOIN door_helpers ON door_helpers.event_id = check_ins.event_id
        AND door_helpers.id = check_ins.door_helper_id
    LEFT JOIN people ON people.id = check_ins.helper_id
    LEFT JOIN door_conflicts_seen ON door_conflicts_seen.event_id = check_ins.event_id
        AND door_conflicts_seen.check_in_id = check_ins.id
    LEFT JOIN people AS seer ON seer.id = door_conflicts_seen.seen_by
    ORDER BY check_ins.registration_id, check_ins.day
"""


async def select_suspects(
    connection: Connection, *, event_id: UUID, day: date | None
) -> list[tuple[UUID, date, str, str | None, ToldScan]]:
    """Registration, day, name, kind of ticket, and one scan; all scans of one person and day follow one another."""
    rows = await connection.fetch(SELECT_SUSPECTS, event_id, day)
    return [(row["registration_id"], row["day"], row["holder_name"], row["ticket_type"], _told(row)) for row in rows]


#: Somebody at the desk saw these scans in a conflict; the first time counts.
INSERT_SEEN: LiteralString = """
    INSERT INTO door_conflicts_seen (event_id, check_in_id, seen_by, seen_at)
    SELECT $1, check_in_id, $3, $4 FROM unnest($2::uuid[]) AS check_in_id
    ON CONFLICT ON CONSTRAINT door_conflicts_seen_pkey DO NOTHING
"""


async def insert_seen(
    connection: Connection, *, event_id: UUID, check_in_ids: Sequence[UUID], person_id: UUID, now: datetime
) -> None:
    await connection.execute(INSERT_SEEN, event_id, check_in_ids, person_id, now)


def _told(row: Any) -> ToldScan:
    return ToldScan(
        id=row["id"],
        key=row["key"],
        door_id=row["door_id"],
        door_name=row["door_name"],
        helper_name=row["helper_name"],
        direction=CheckInDirection(row["direction"]),
        happened_at=row["happened_at"],
        scanned_at=row["scanned_at"],
        received_at=row["received_at"],
        is_offline=row["is_offline"],
        shown=None if row["shown"] is None else CheckInVerdict(row["shown"]),
        verdict=CheckInVerdict(row["verdict"]),
        is_undone=row["is_undone"],
        seen_at=row["seen_at"],
        seen_by=row["seen_by"],
    )
