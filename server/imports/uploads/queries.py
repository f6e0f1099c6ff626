"""Every statement about imports that organizers make, and about how an event uses columns."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from server.db import Connection
from server.imports.mapping import ColumnUse
from server.imports.uploads.models import ImportState, ImportWay, StoredImport, Sums

#: A list that has just come. The same id again changes nothing.
INSERT_IMPORT: LiteralString = """
    INSERT INTO imports (event_id, id, person_id, way, file_name, state, made_at)
    VALUES ($1, $2, $3, $4, $5, 'READING', $6)
    ON CONFLICT ON CONSTRAINT imports_pkey DO NOTHING
    RETURNING id
"""


async def insert_import(
    connection: Connection,
    *,
    event_id: UUID,
    import_id: UUID,
    person_id: UUID,
    way: ImportWay,
    file_name: str | None,
    now: datetime,
) -> bool:
    """Whether it is new."""
    row = await connection.fetchrow(INSERT_IMPORT, event_id, import_id, person_id, way, file_name, now)
    return row is not None


#: Its file, sealed.
INSERT_FILE: LiteralString = """
    INSERT INTO import_files (event_id, import_id, sealed_file, kept_until) VALUES ($1, $2, $3, $4)
"""


async def insert_file(
    connection: Connection, *, event_id: UUID, import_id: UUID, sealed: bytes, kept_until: datetime
) -> None:
    await connection.execute(INSERT_FILE, event_id, import_id, sealed, kept_until)


#: What this organizer has begun at the event and not brought in, but for one.
DELETE_BEGUN: LiteralString = """
    DELETE FROM imports
    WHERE event_id = $1 AND person_id = $2 AND id <> $3
      AND state IN ('READING', 'READ', 'NEEDS_NAMES', 'UNREADABLE', 'FAILED')
"""


async def delete_begun(connection: Connection, *, event_id: UUID, person_id: UUID, but: UUID) -> None:
    await connection.execute(DELETE_BEGUN, event_id, person_id, but)


#: One import.
SELECT_IMPORT: LiteralString = """
    SELECT imports.*, people.name AS by, import_files.kept_until
    FROM imports
    LEFT JOIN people ON people.id = imports.person_id
    LEFT JOIN import_files ON import_files.event_id = imports.event_id AND import_files.import_id = imports.id
        AND import_files.kept_until > $3
    WHERE imports.event_id = $1 AND imports.id = $2
"""


async def select_import(
    connection: Connection, *, event_id: UUID, import_id: UUID, now: datetime
) -> StoredImport | None:
    row = await connection.fetchrow(SELECT_IMPORT, event_id, import_id, now)
    return None if row is None else _stored(row)


#: The import of one organizer at the event of which the rows are still known: what was begun, else the newest.
SELECT_OPEN: LiteralString = """
    SELECT imports.*, people.name AS by, import_files.kept_until
    FROM imports
    JOIN people ON people.id = imports.person_id
    JOIN import_files ON import_files.event_id = imports.event_id AND import_files.import_id = imports.id
        AND import_files.kept_until > $3
    WHERE imports.event_id = $1 AND imports.person_id = $2
    ORDER BY imports.state = 'DONE', imports.made_at DESC, imports.id DESC
    LIMIT 1
"""


async def select_open(connection: Connection, *, event_id: UUID, person_id: UUID, now: datetime) -> StoredImport | None:
    row = await connection.fetchrow(SELECT_OPEN, event_id, person_id, now)
    return None if row is None else _stored(row)


#: What was brought in, the newest first, after one of them.
SELECT_PAST: LiteralString = """
    SELECT imports.*, people.name AS by, NULL::timestamptz AS kept_until
    FROM imports
    LEFT JOIN people ON people.id = imports.person_id
    WHERE imports.event_id = $1 AND imports.state = 'DONE'
      AND ($2::uuid IS NULL OR (imports.done_at, imports.id) < (
          SELECT before.done_at, before.id FROM imports AS before WHERE before.event_id = $1 AND before.id = $2
      ))
    ORDER BY imports.done_at DESC, imports.id DESC
    LIMIT $3
"""


async def select_past(connection: Connection, *, event_id: UUID, after: UUID | None, limit: int) -> list[StoredImport]:
    rows = await connection.fetch(SELECT_PAST, event_id, after, limit)
    return [_stored(row) for row in rows]


#: What is known of the rows of an import.
SELECT_FINDINGS: LiteralString = """
    SELECT sealed_findings FROM import_files WHERE event_id = $1 AND import_id = $2 AND kept_until > $3
"""


async def select_findings(connection: Connection, *, event_id: UUID, import_id: UUID, now: datetime) -> bytes | None:
    sealed: bytes | None = await connection.fetchval(SELECT_FINDINGS, event_id, import_id, now)
    return sealed


#: The file of an import, while it is kept.
SELECT_FILE: LiteralString = """
    SELECT sealed_file FROM import_files WHERE event_id = $1 AND import_id = $2 AND kept_until > $3
"""


async def select_file(connection: Connection, *, event_id: UUID, import_id: UUID, now: datetime) -> bytes | None:
    sealed: bytes | None = await connection.fetchval(SELECT_FILE, event_id, import_id, now)
    return sealed


#: Have it read anew with these uses of its columns and this sheet; nothing while it is read or brought in.
UPDATE_USES: LiteralString = """
    UPDATE imports SET uses = $3, sheet = $4, state = 'READING', reading = reading + 1, refusal = NULL
    WHERE event_id = $1 AND id = $2 AND state IN ('READ', 'NEEDS_NAMES', 'UNREADABLE', 'FAILED')
    RETURNING reading
"""


async def update_uses(
    connection: Connection,
    *,
    event_id: UUID,
    import_id: UUID,
    uses: Sequence[ColumnUse] | None,
    sheet: str | None,
) -> int | None:
    """How often it is read by now; None when it cannot be read anew."""
    chosen = None if uses is None else list(uses)
    reading: int | None = await connection.fetchval(UPDATE_USES, event_id, import_id, chosen, sheet)
    return reading


#: What reading it has shown, unless it is read anew since.
UPDATE_READ: LiteralString = """
    UPDATE imports
    SET state = $4, refusal = $5, system = $6, sheet = COALESCE($7, sheet), uses = $8, shape = $9, rows = $10, done = 0,
        added = $11, updated = $12, cancelled = $13, unchanged = $14, skipped = $15, bad = $16
    WHERE event_id = $1 AND id = $2 AND reading = $3 AND state = 'READING'
    RETURNING id
"""


async def update_read(
    connection: Connection,
    *,
    event_id: UUID,
    import_id: UUID,
    reading: int,
    state: ImportState,
    refusal: str | None = None,
    system: str | None = None,
    sheet: str | None = None,
    uses: Sequence[ColumnUse] = (),
    shape: bytes | None = None,
    rows: int = 0,
    sums: Sums | None = None,
) -> bool:
    """Whether it was still wanted."""
    row = await connection.fetchrow(
        UPDATE_READ, event_id, import_id, reading, state, refusal, system, sheet, list(uses) or None, shape, rows,
        *_columns(sums or Sums()),
    )  # fmt: skip
    return row is not None


#: What was found in it.
UPDATE_FINDINGS: LiteralString = """
    UPDATE import_files SET sealed_findings = $3 WHERE event_id = $1 AND import_id = $2
"""


async def update_findings(connection: Connection, *, event_id: UUID, import_id: UUID, sealed: bytes) -> None:
    await connection.execute(UPDATE_FINDINGS, event_id, import_id, sealed)


#: It is to be brought in; nothing where it is already, or cannot be.
UPDATE_WAITING: LiteralString = """
    UPDATE imports SET state = 'WAITING', skip_bad = $3, done = 0
    WHERE event_id = $1 AND id = $2 AND state = 'READ' AND (bad = 0 OR $3)
    RETURNING id
"""


async def update_waiting(connection: Connection, *, event_id: UUID, import_id: UUID, skip_bad: bool) -> bool:
    return await connection.fetchrow(UPDATE_WAITING, event_id, import_id, skip_bad) is not None


#: Forget it, unless it is being brought in or was.
DELETE_IMPORT: LiteralString = """
    DELETE FROM imports
    WHERE event_id = $1 AND id = $2 AND state IN ('READING', 'READ', 'NEEDS_NAMES', 'UNREADABLE', 'FAILED')
"""


async def delete_import(connection: Connection, *, event_id: UUID, import_id: UUID) -> None:
    await connection.execute(DELETE_IMPORT, event_id, import_id)


#: What is known of the rows of one that was brought in.
DELETE_FILE: LiteralString = """
    DELETE FROM import_files
    WHERE event_id = $1 AND import_id = (SELECT id FROM imports WHERE event_id = $1 AND id = $2 AND state = 'DONE')
"""


async def delete_file(connection: Connection, *, event_id: UUID, import_id: UUID) -> None:
    await connection.execute(DELETE_FILE, event_id, import_id)


def _columns(sums: Sums) -> tuple[int, ...]:
    return sums.added, sums.updated, sums.cancelled, sums.unchanged, sums.skipped, sums.bad


def _stored(row: Any) -> StoredImport:
    return StoredImport(
        event_id=row["event_id"],
        id=row["id"],
        person_id=row["person_id"],
        by=row["by"],
        way=ImportWay(row["way"]),
        file_name=row["file_name"],
        system=row["system"],
        sheet=row["sheet"],
        uses=None if row["uses"] is None else tuple(map(ColumnUse, row["uses"])),
        state=ImportState(row["state"]),
        refusal=row["refusal"],
        skip_bad=row["skip_bad"],
        reading=row["reading"],
        rows=row["rows"],
        done=row["done"],
        sums=Sums(row["added"], row["updated"], row["cancelled"], row["unchanged"], row["skipped"], row["bad"]),
        made_at=row["made_at"],
        done_at=row["done_at"],
        kept_until=row["kept_until"],
    )
