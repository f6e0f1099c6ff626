"""The statement that reads the doors' log."""

from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.doors.log.models import LogAsked, LogLine, LogPlace
from server.doors.models import CheckInDirection, CheckInVerdict

#: A page of a day's log, the line that came in last first.
SELECT_LOG: LiteralString = """
    SELECT check_ins.id, check_ins.received_at, check_ins.direction, check_ins.verdict, check_ins.shown,
           check_ins.is_offline, undo.id IS NOT NULL AS is_undone, check_ins.happened_at, registrations.name,
           registrations.ticket_type, doors.name AS door_name,
           COALESCE(door_helpers.name, NULLIF(people.name, '')) AS helper_name, check_ins.phone_id
    FROM check_ins
    JOIN doors ON doors.event_id = check_ins.event_id AND doors.id = check_ins.door_id
    LEFT JOIN check_ins AS undo ON undo.event_id = check_ins.event_id AND undo.undoes_id = check_ins.id
    LEFT JOIN registrations ON registrations.event_id = check_ins.event_id
        AND registrations.id = check_ins.registration_id
    LEFT JOIN door_helpers ON door_helpers.event_id = check_ins.event_id
        AND door_helpers.id = check_ins.door_helper_id
    LEFT JOIN people ON people.id = check_ins.helper_id
    WHERE check_ins.event_id = $1 AND check_ins.day = $2
        AND CASE WHEN $3::uuid IS NULL THEN true ELSE check_ins.door_id = $3 END
        AND CASE $4::text
            WHEN 'REFUSED' THEN check_ins.verdict IN ('CANCELLED', 'NOT_RECOGNISED', 'NOT_A_TICKET', 'WRONG_EVENT')
            WHEN 'OFFLINE' THEN check_ins.is_offline
            WHEN 'UNDONE' THEN check_ins.direction = 'UNDO'
            ELSE true
        END
        AND CASE WHEN $5::timestamptz IS NULL THEN true ELSE (check_ins.received_at, check_ins.id) < ($5, $6::uuid) END
    ORDER BY check_ins.received_at DESC, check_ins.id DESC
    LIMIT $7
"""


async def select_log(
    connection: Connection, *, event_id: UUID, asked: LogAsked, after: LogPlace | None, limit: int
) -> list[LogLine]:
    rows = await connection.fetch(
        SELECT_LOG, event_id, asked.day, asked.door_id, asked.show, after.received_at if after else None,
        after.id if after else None, limit,
    )  # fmt: skip
    return [
        LogLine(
            event_id=event_id,
            place=LogPlace(row["received_at"], row["id"]),
            direction=None if row["direction"] == "UNDO" else CheckInDirection(row["direction"]),
            verdict=CheckInVerdict(row["verdict"]),
            shown=None if row["shown"] is None else CheckInVerdict(row["shown"]),
            is_offline=row["is_offline"],
            is_undone=row["is_undone"],
            happened_at=row["happened_at"],
            name=row["name"],
            ticket_type=row["ticket_type"],
            door_name=row["door_name"],
            helper_name=row["helper_name"],
            phone_id=row["phone_id"],
        )
        for row in rows
    ]
