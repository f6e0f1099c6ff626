"""Every statement about exports as they are asked for, made, fetched and deleted. What is in them reads `lines`."""

from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from server.attendance.exporting.models import (
    Export,
    ExportContents,
    ExportFormat,
    ExportRequest,
    ExportState,
    SealedExport,
)
from server.db import Connection

#: A new export, unless there is one with this key.
INSERT_EXPORT: LiteralString = """
    INSERT INTO attendance_exports (event_id, id, person_id, contents, format, day, asked_at, state, kept_until)
    VALUES ($1, $2, $3, $4, $5, $6, $7, 'WAITING', $8)
    ON CONFLICT ON CONSTRAINT attendance_exports_pkey DO NOTHING
    RETURNING id
"""


async def insert_export(
    connection: Connection,
    *,
    event_id: UUID,
    export_id: UUID,
    person_id: UUID,
    request: ExportRequest,
    now: datetime,
    kept_until: datetime,
) -> bool:
    """Whether it is new."""
    row = await connection.fetchrow(
        INSERT_EXPORT, event_id, export_id, person_id, request.contents, request.format, request.day, now, kept_until
    )
    return row is not None


#: One export as it is at $3.
SELECT_EXPORT: LiteralString = """
    SELECT attendance_exports.event_id, attendance_exports.id, attendance_exports.person_id, people.name AS asked_by,
           contents, format, day, asked_at, CASE WHEN kept_until <= $3 THEN 'GONE' ELSE state END AS state, lines,
           written, size, kept_until, fetched_at
    FROM attendance_exports
    LEFT JOIN people ON people.id = attendance_exports.person_id
    WHERE event_id = $1 AND attendance_exports.id = $2
"""


async def select_export(connection: Connection, *, event_id: UUID, export_id: UUID, now: datetime) -> Export | None:
    row = await connection.fetchrow(SELECT_EXPORT, event_id, export_id, now)
    return None if row is None else _export(row)


#: The newest exports of an event as they are at $2, at most $3.
SELECT_EXPORTS: LiteralString = """
    SELECT attendance_exports.event_id, attendance_exports.id, attendance_exports.person_id, people.name AS asked_by,
           contents, format, day, asked_at, CASE WHEN kept_until <= $2 THEN 'GONE' ELSE state END AS state, lines,
           written, size, kept_until, fetched_at
    FROM attendance_exports
    LEFT JOIN people ON people.id = attendance_exports.person_id
    WHERE event_id = $1
    ORDER BY asked_at DESC, attendance_exports.id DESC
    LIMIT $3
"""


async def select_exports(connection: Connection, *, event_id: UUID, now: datetime, limit: int) -> list[Export]:
    return [_export(row) for row in await connection.fetch(SELECT_EXPORTS, event_id, now, limit)]


#: Begin to write one; nothing when its time is over, it was made already, or whoever asked is gone.
BEGIN_EXPORT: LiteralString = """
    UPDATE attendance_exports SET state = 'MAKING', written = 0
    WHERE event_id = $1 AND id = $2 AND kept_until > $3 AND state IN ('WAITING', 'MAKING') AND person_id IS NOT NULL
    RETURNING event_id, id, person_id, NULL AS asked_by, contents, format, day, asked_at, state, lines, written, size,
              kept_until, fetched_at
"""


async def begin_export(connection: Connection, *, event_id: UUID, export_id: UUID, now: datetime) -> Export | None:
    row = await connection.fetchrow(BEGIN_EXPORT, event_id, export_id, now)
    return None if row is None else _export(row)


#: How many lines there are of how many.
UPDATE_WRITTEN: LiteralString = """
    UPDATE attendance_exports SET lines = $3, written = $4 WHERE event_id = $1 AND id = $2
"""


async def update_written(connection: Connection, *, event_id: UUID, export_id: UUID, lines: int, written: int) -> None:
    await connection.execute(UPDATE_WRITTEN, event_id, export_id, lines, written)


#: The finished file.
FINISH_EXPORT: LiteralString = """
    UPDATE attendance_exports
    SET state = 'READY', sealed = $3, size = $4, lines = $5, written = $5, kept_until = $6
    WHERE event_id = $1 AND id = $2 AND state = 'MAKING'
"""


async def finish_export(
    connection: Connection,
    *,
    event_id: UUID,
    export_id: UUID,
    sealed: bytes,
    size: int,
    lines: int,
    kept_until: datetime,
) -> None:
    await connection.execute(FINISH_EXPORT, event_id, export_id, sealed, size, lines, kept_until)


#: There will be no file.
FAIL_EXPORT: LiteralString = """
    UPDATE attendance_exports SET state = 'FAILED' WHERE event_id = $1 AND id = $2 AND state IN ('WAITING', 'MAKING')
"""


async def fail_export(connection: Connection, *, event_id: UUID, export_id: UUID) -> None:
    await connection.execute(FAIL_EXPORT, event_id, export_id)


#: A finished file for the one who asked for it; that it was fetched is noted, and when first.
TAKE_SEALED: LiteralString = """
    UPDATE attendance_exports SET fetched_at = COALESCE(fetched_at, $4)
    WHERE event_id = $1 AND id = $2 AND person_id = $3 AND state = 'READY' AND kept_until > $4 AND sealed IS NOT NULL
    RETURNING sealed, contents, format, day
"""


async def take_sealed(
    connection: Connection, *, event_id: UUID, export_id: UUID, person_id: UUID, now: datetime
) -> SealedExport | None:
    row = await connection.fetchrow(TAKE_SEALED, event_id, export_id, person_id, now)
    return None if row is None else SealedExport(row["sealed"], _request(row))


#: The files whose time is over; that they were made stays.
DELETE_OLD_FILES: LiteralString = """
    WITH gone AS (
        UPDATE attendance_exports SET sealed = NULL WHERE kept_until <= $1 AND sealed IS NOT NULL RETURNING id
    )
    SELECT count(*) FROM gone
"""


async def delete_old_files(connection: Connection, *, now: datetime) -> int:
    gone: int = await connection.fetchval(DELETE_OLD_FILES, now)
    return gone


def _request(row: Any) -> ExportRequest:
    return ExportRequest(ExportContents(row["contents"]), ExportFormat(row["format"]), row["day"])


def _export(row: Any) -> Export:
    return Export(
        event_id=row["event_id"],
        id=row["id"],
        person_id=row["person_id"],
        asked_by=row["asked_by"],
        request=_request(row),
        asked_at=row["asked_at"],
        state=ExportState(row["state"]),
        lines=row["lines"],
        written=row["written"],
        size=row["size"],
        kept_until=row["kept_until"],
        fetched_at=row["fetched_at"],
    )
