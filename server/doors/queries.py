"""Every statement about the doors' log, who is in, and the counters kept beside the log. Tickets are in `tickets`."""

from datetime import date, datetime
from typing import Any, LiteralString
from uuid import UUID

from server.db import Connection
from server.doors.keepers import ScannedBy
from server.doors.models import COUNTED, CheckIn, CheckInDirection, CheckInVerdict, DoorScan
from server.doors.timeline import LoggedScan, Presence, Tally

#: The scans of one registration and day that count, with what undid them.
SELECT_SCANS_OF_DAY: LiteralString = """
    SELECT check_ins.id, check_ins.door_id, check_ins.direction, check_ins.verdict, check_ins.happened_at,
           check_ins.scanned_at, undo.id AS undone_by
    FROM check_ins
    LEFT JOIN check_ins AS undo ON undo.event_id = check_ins.event_id AND undo.undoes_id = check_ins.id
    WHERE check_ins.event_id = $1 AND check_ins.registration_id = $2 AND check_ins.day = $3
        AND check_ins.verdict = ANY($4::text[])
"""


async def select_scans_of_day(
    connection: Connection, *, event_id: UUID, registration_id: UUID, day: date
) -> list[LoggedScan]:
    rows = await connection.fetch(SELECT_SCANS_OF_DAY, event_id, registration_id, day, sorted(COUNTED))
    return [_logged(row) for row in rows]


#: One line of the log, unless that key was used at that door before, or the door had been removed by then. What a
#: line says is never changed; only what a phone had told its helper may be added.
INSERT_CHECK_IN: LiteralString = """
    INSERT INTO check_ins (event_id, id, door_id, helper_id, key, content_hash, direction, registration_id, day,
                           verdict, is_offline, scanned_at, sent_at, received_at, happened_at, told_first_in_at,
                           told_door_id, phone_id, door_helper_id, shown)
    SELECT $1, $2, doors.id, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20
    FROM doors
    WHERE doors.event_id = $1 AND doors.id = $3 AND (doors.removed_at IS NULL OR doors.removed_at > $15)
    ON CONFLICT ON CONSTRAINT check_ins_one_per_key DO NOTHING
    RETURNING id
"""


async def insert_check_in(
    connection: Connection,
    *,
    event_id: UUID,
    check_in_id: UUID,
    by: ScannedBy,
    scan: DoorScan,
    content_hash: bytes,
    registration_id: UUID | None,
    day: date,
    verdict: CheckInVerdict,
    happened_at: datetime,
    told: LoggedScan | None,
    now: datetime,
) -> bool:
    """Whether it was written. `told` is the earlier admission that the door is told of."""
    row = await connection.fetchrow(
        INSERT_CHECK_IN, event_id, check_in_id, scan.door_id, by.person_id, scan.key, content_hash, scan.direction,
        registration_id, day, verdict, scan.is_offline, scan.scanned_at, scan.sent_at or now, now, happened_at,
        told.happened_at if told else None, told.door_id if told else None, by.phone_id, by.door_helper_id, scan.shown,
    )  # fmt: skip
    return row is not None


#: The answer to a scan was lost on its way, and the phone judged by itself: what it told is added, once.
ADD_SHOWN: LiteralString = """
    UPDATE check_ins SET shown = $4
    WHERE event_id = $1 AND door_id = $2 AND key = $3 AND shown IS NULL AND NOT is_offline
    RETURNING id
"""


async def add_shown(connection: Connection, *, event_id: UUID, door_id: UUID, key: UUID, shown: CheckInVerdict) -> bool:
    """Whether it was news."""
    return await connection.fetchval(ADD_SHOWN, event_id, door_id, key, shown) is not None


#: The line that undoes another, unless there is one already.
INSERT_UNDO: LiteralString = """
    INSERT INTO check_ins (event_id, id, door_id, helper_id, key, content_hash, direction, registration_id, undoes_id,
                           day, verdict, is_offline, scanned_at, sent_at, received_at, happened_at, told_first_in_at,
                           told_door_id, phone_id, door_helper_id)
    SELECT event_id, $3, door_id, $4, $3, content_hash, 'UNDO', registration_id, id,
           day, 'UNDONE', false, $5, $5, $5, $5, $6, $7, $8, $9
    FROM check_ins
    WHERE event_id = $1 AND id = $2
    ON CONFLICT ON CONSTRAINT check_ins_undone_once DO NOTHING
"""


async def insert_undo(
    connection: Connection,
    *,
    event_id: UUID,
    check_in_id: UUID,
    undo_id: UUID,
    by: ScannedBy,
    told: LoggedScan | None,
    now: datetime,
) -> None:
    await connection.execute(
        INSERT_UNDO, event_id, check_in_id, undo_id, by.person_id, now,
        told.happened_at if told else None, told.door_id if told else None, by.phone_id, by.door_helper_id,
    )  # fmt: skip


#: What a door was told under this key.
SELECT_CHECK_IN_BY_KEY: LiteralString = """
    SELECT check_ins.event_id, check_ins.id, check_ins.verdict, check_ins.told_first_in_at, check_ins.told_door_id,
           check_ins.is_offline, check_ins.content_hash, check_ins.registration_id, check_ins.day,
           check_ins.door_id AS at_door_id, registrations.name, registrations.ticket_type,
           badges.printed_at AS badge_printed_at
    FROM check_ins
    LEFT JOIN registrations ON registrations.event_id = check_ins.event_id
        AND registrations.id = check_ins.registration_id
    LEFT JOIN badges ON badges.event_id = registrations.event_id AND badges.registration_id = registrations.id
        AND badges.revoked_at IS NULL
    WHERE check_ins.event_id = $1 AND check_ins.door_id = $2 AND check_ins.key = $3
"""


async def select_check_in_by_key(connection: Connection, *, event_id: UUID, door_id: UUID, key: UUID) -> CheckIn | None:
    return _check_in(await connection.fetchrow(SELECT_CHECK_IN_BY_KEY, event_id, door_id, key))


#: One line of the log as it was told.
SELECT_CHECK_IN: LiteralString = """
    SELECT check_ins.event_id, check_ins.id, check_ins.verdict, check_ins.told_first_in_at, check_ins.told_door_id,
           check_ins.is_offline, check_ins.content_hash, check_ins.registration_id, check_ins.day,
           check_ins.door_id AS at_door_id, registrations.name, registrations.ticket_type,
           badges.printed_at AS badge_printed_at
    FROM check_ins
    LEFT JOIN registrations ON registrations.event_id = check_ins.event_id
        AND registrations.id = check_ins.registration_id
    LEFT JOIN badges ON badges.event_id = registrations.event_id AND badges.registration_id = registrations.id
        AND badges.revoked_at IS NULL
    WHERE check_ins.event_id = $1 AND check_ins.id = $2
"""


async def select_check_in(connection: Connection, *, event_id: UUID, check_in_id: UUID) -> CheckIn | None:
    return _check_in(await connection.fetchrow(SELECT_CHECK_IN, event_id, check_in_id))


#: When a phone's own scan came in.
SELECT_CAME_IN: LiteralString = """
    SELECT received_at FROM check_ins WHERE event_id = $1 AND id = $2 AND phone_id = $3
"""


async def select_came_in(
    connection: Connection, *, event_id: UUID, check_in_id: UUID, phone_id: UUID
) -> datetime | None:
    """None for a scan that is not of that phone."""
    came: datetime | None = await connection.fetchval(SELECT_CAME_IN, event_id, check_in_id, phone_id)
    return came


#: Where somebody is on a day, as the log now says.
UPSERT_ADMISSION: LiteralString = """
    INSERT INTO admissions (event_id, day, registration_id, is_in, first_in_at, last_seen_at, first_check_in_id,
                            door_id)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8
    ON CONFLICT ON CONSTRAINT admissions_pkey DO UPDATE
    SET is_in = EXCLUDED.is_in, first_in_at = EXCLUDED.first_in_at, last_seen_at = EXCLUDED.last_seen_at,
        first_check_in_id = EXCLUDED.first_check_in_id, door_id = EXCLUDED.door_id
"""


async def upsert_admission(
    connection: Connection, *, event_id: UUID, day: date, registration_id: UUID, state: Presence, first: LoggedScan
) -> None:
    await connection.execute(
        UPSERT_ADMISSION, event_id, day, registration_id, state.is_in, first.happened_at, state.last_seen_at,
        first.id, first.door_id,
    )  # fmt: skip


#: Nobody was admitted after all.
DELETE_ADMISSION: LiteralString = """
    DELETE FROM admissions WHERE event_id = $1 AND day = $2 AND registration_id = $3
"""


async def delete_admission(connection: Connection, *, event_id: UUID, day: date, registration_id: UUID) -> None:
    await connection.execute(DELETE_ADMISSION, event_id, day, registration_id)


#: Adds to the counters. Always in the order of the key, so that two doors never wait for each other in a circle.
ADD_TO_COUNTERS: LiteralString = """
    INSERT INTO attendance_counters (event_id, day, door_id, minute, slot, came, walk_ins, arrivals, departures)
    SELECT $1, $2, added.door_id, added.minute, $3,
           COALESCE(sum(added.number) FILTER (WHERE added.count = 'came'), 0),
           COALESCE(sum(added.number) FILTER (WHERE added.count = 'walk_ins'), 0),
           COALESCE(sum(added.number) FILTER (WHERE added.count = 'arrivals'), 0),
           COALESCE(sum(added.number) FILTER (WHERE added.count = 'departures'), 0)
    FROM unnest($4::uuid[], $5::timestamptz[], $6::text[], $7::integer[]) AS added (door_id, minute, count, number)
    GROUP BY added.door_id, added.minute
    ORDER BY added.door_id, added.minute
    ON CONFLICT ON CONSTRAINT attendance_counters_pkey DO UPDATE
    SET came = attendance_counters.came + EXCLUDED.came,
        walk_ins = attendance_counters.walk_ins + EXCLUDED.walk_ins,
        arrivals = attendance_counters.arrivals + EXCLUDED.arrivals,
        departures = attendance_counters.departures + EXCLUDED.departures
"""


async def add_to_counters(connection: Connection, *, event_id: UUID, day: date, slot: int, added: Tally) -> None:
    await connection.execute(
        ADD_TO_COUNTERS, event_id, day, slot,
        [door_id for door_id, _, _ in added], [minute for _, minute, _ in added],
        [count for _, _, count in added], list(added.values()),
    )  # fmt: skip


#: Whether the session of somebody who watches a door goes on.
SELECT_IS_LIVE: LiteralString = """
    SELECT EXISTS (SELECT 1 FROM sessions WHERE id = $1 AND ended_at IS NULL AND expires_at > $2)
"""


async def select_is_live(connection: Connection, *, session_id: UUID, now: datetime) -> bool:
    is_live: bool = await connection.fetchval(SELECT_IS_LIVE, session_id, now)
    return is_live


def _logged(row: Any) -> LoggedScan:
    return LoggedScan(
        id=row["id"],
        door_id=row["door_id"],
        direction=CheckInDirection(row["direction"]),
        verdict=CheckInVerdict(row["verdict"]),
        happened_at=row["happened_at"],
        scanned_at=row["scanned_at"],
        undone_by=row["undone_by"],
    )


def _check_in(row: Any) -> CheckIn | None:
    if row is None:
        return None
    return CheckIn(
        event_id=row["event_id"],
        id=row["id"],
        verdict=CheckInVerdict(row["verdict"]),
        registration_id=row["registration_id"],
        day=row["day"],
        name=row["name"],
        ticket_type=row["ticket_type"],
        first_in_at=row["told_first_in_at"],
        door_id=row["told_door_id"],
        at_door_id=row["at_door_id"],
        badge_printed_at=row["badge_printed_at"],
        is_offline=row["is_offline"],
        content_hash=row["content_hash"],
    )
