"""Every statement about the rooms' log: whose badge or ticket it is, what was scanned, and the counts it moves."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.doors.keepers import ScannedBy
from server.doors.models import CheckInDirection
from server.doors.timeline import LoggedScan
from server.rooms.models import AS_AT_A_DOOR, LoggedRoomScan, RoomScan, RoomVerdict

#: A session's places and how many are here, locked until the transaction ends: phones at one room queue here.
LOCK_SESSION: LiteralString = """
    SELECT capacity, here_now FROM room_sessions WHERE event_id = $1 AND id = $2 FOR NO KEY UPDATE
"""


async def lock_session(connection: Connection, *, event_id: UUID, session_id: UUID) -> tuple[int | None, int] | None:
    """How many it takes and how many are here; None when there is no such session."""
    row = await connection.fetchrow(LOCK_SESSION, event_id, session_id)
    return None if row is None else (row["capacity"], row["here_now"])


#: Whose ticket or badge it was at $5. A place that was cancelled by then has none, but for whoever was counted at this
#: session before: they are in the room, and may be counted out.
SELECT_HOLDER: LiteralString = """
    SELECT id
    FROM registrations
    WHERE event_id = $1 AND id IN (
        (
            SELECT registration_id
            FROM ticket_holders
            WHERE event_id = $1 AND code_hash = ANY($2::bytea[]) AND held_until > $5
            ORDER BY array_position($2::bytea[], code_hash), held_until
            LIMIT 1
        )
        UNION ALL
        SELECT registration_id
        FROM badges
        WHERE event_id = $1 AND (revoked_at IS NULL OR revoked_at > $5) AND (token_hash = $3 OR code_hash = $4)
    ) AND (
        cancelled_at IS NULL OR cancelled_at > $5 OR EXISTS (
            SELECT FROM room_check_ins
            WHERE event_id = $1 AND registration_id = registrations.id AND session_id = $6 AND verdict = ANY($7::text[])
        )
    )
    ORDER BY id
    LIMIT 1
"""


async def select_holder(
    connection: Connection,
    *,
    event_id: UUID,
    session_id: UUID,
    ticket_hashes: Sequence[bytes],
    token_hash: bytes | None,
    code_hash: bytes | None,
    at: datetime,
) -> UUID | None:
    found: UUID | None = await connection.fetchval(
        SELECT_HOLDER, event_id, ticket_hashes, token_hash, code_hash, at, session_id, sorted(AS_AT_A_DOOR)
    )
    return found


#: The scans of one registration at one session that count, with what undid them.
SELECT_SCANS: LiteralString = """
    SELECT scans.id, scans.direction, scans.verdict, scans.happened_at, scans.scanned_at, undo.id AS undone_by
    FROM room_check_ins AS scans
    LEFT JOIN room_check_ins AS undo ON undo.event_id = scans.event_id AND undo.undoes_id = scans.id
    WHERE scans.event_id = $1 AND scans.registration_id = $2 AND scans.session_id = $3
        AND scans.verdict = ANY($4::text[])
"""


async def select_scans(
    connection: Connection, *, event_id: UUID, registration_id: UUID, session_id: UUID
) -> list[LoggedScan]:
    """As the rules of doors read them, the session in the place of the door."""
    rows = await connection.fetch(SELECT_SCANS, event_id, registration_id, session_id, sorted(AS_AT_A_DOOR))
    return [
        LoggedScan(
            id=row["id"],
            door_id=session_id,
            direction=CheckInDirection(row["direction"]),
            verdict=AS_AT_A_DOOR[RoomVerdict(row["verdict"])],
            happened_at=row["happened_at"],
            scanned_at=row["scanned_at"],
            undone_by=row["undone_by"],
        )
        for row in rows
    ]


#: One line of the log, unless that key was used at that session before. Nothing in the log is ever changed.
INSERT_SCAN: LiteralString = """
    INSERT INTO room_check_ins (event_id, id, session_id, helper_id, phone_id, door_helper_id, key, content_hash,
                                direction, registration_id, verdict, is_offline, scanned_at, sent_at, received_at,
                                happened_at)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16
    ON CONFLICT ON CONSTRAINT room_check_ins_one_per_key DO NOTHING
    RETURNING id
"""


async def insert_scan(
    connection: Connection,
    *,
    event_id: UUID,
    scan_id: UUID,
    by: ScannedBy,
    scan: RoomScan,
    content_hash: bytes,
    registration_id: UUID | None,
    verdict: RoomVerdict,
    happened_at: datetime,
    now: datetime,
) -> bool:
    """Whether it was written."""
    row = await connection.fetchrow(
        INSERT_SCAN, event_id, scan_id, scan.session_id, by.person_id, by.phone_id, by.door_helper_id, scan.key,
        content_hash, scan.direction, registration_id, verdict, scan.is_offline, scan.scanned_at, scan.sent_at or now,
        now, happened_at,
    )  # fmt: skip
    return row is not None


#: The line that undoes another, unless there is one already.
INSERT_UNDO: LiteralString = """
    INSERT INTO room_check_ins (event_id, id, session_id, helper_id, phone_id, door_helper_id, key, content_hash,
                                direction, registration_id, undoes_id, verdict, is_offline, scanned_at, sent_at,
                                received_at, happened_at)
    SELECT event_id, $3, session_id, $5, $6, $7, $3, content_hash,
           'UNDO', registration_id, id, 'UNDONE', false, $4, $4, $4, $4
    FROM room_check_ins
    WHERE event_id = $1 AND id = $2
    ON CONFLICT ON CONSTRAINT room_check_ins_undone_once DO NOTHING
"""


async def insert_undo(
    connection: Connection, *, event_id: UUID, scan_id: UUID, undo_id: UUID, by: ScannedBy, now: datetime
) -> None:
    await connection.execute(INSERT_UNDO, event_id, scan_id, undo_id, now, by.person_id, by.phone_id, by.door_helper_id)


#: What was told under this key, and what undid it.
SELECT_SCAN_BY_KEY: LiteralString = """
    SELECT scans.id, scans.key, scans.phone_id, scans.verdict, scans.registration_id, scans.is_offline,
           scans.received_at, scans.content_hash, registrations.name, undo.id AS undone_by
    FROM room_check_ins AS scans
    LEFT JOIN registrations ON registrations.event_id = scans.event_id AND registrations.id = scans.registration_id
    LEFT JOIN room_check_ins AS undo ON undo.event_id = scans.event_id AND undo.undoes_id = scans.id
    WHERE scans.event_id = $1 AND scans.session_id = $2 AND scans.key = $3
"""


async def select_scan_by_key(
    connection: Connection, *, event_id: UUID, session_id: UUID, key: UUID
) -> LoggedRoomScan | None:
    row = await connection.fetchrow(SELECT_SCAN_BY_KEY, event_id, session_id, key)
    if row is None:
        return None
    return LoggedRoomScan(
        id=row["id"],
        key=row["key"],
        phone_id=row["phone_id"],
        verdict=RoomVerdict(row["verdict"]),
        registration_id=row["registration_id"],
        name=row["name"],
        is_offline=row["is_offline"],
        received_at=row["received_at"],
        content_hash=row["content_hash"],
        undone_by=row["undone_by"],
    )


#: Moves the counts of a session by the difference.
ADD_TO_COUNTS: LiteralString = """
    UPDATE room_sessions SET came = came + $3, here_now = here_now + $4 WHERE event_id = $1 AND id = $2
"""


async def add_to_counts(connection: Connection, *, event_id: UUID, session_id: UUID, came: int, here_now: int) -> None:
    await connection.execute(ADD_TO_COUNTS, event_id, session_id, came, here_now)
