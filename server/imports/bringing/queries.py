"""Every statement of bringing a list in, of how an event uses columns, and of forgetting what was kept for a day."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.imports.mapping import ColumnUse
from server.imports.uploads.models import ImportWay, Sums

#: It is being brought in.
UPDATE_IMPORTING: LiteralString = """
    UPDATE imports SET state = 'IMPORTING', done = 0
    WHERE event_id = $1 AND id = $2 AND state IN ('WAITING', 'IMPORTING')
    RETURNING id
"""


async def update_importing(connection: Connection, *, event_id: UUID, import_id: UUID) -> bool:
    """Whether it is still to be brought in."""
    return await connection.fetchrow(UPDATE_IMPORTING, event_id, import_id) is not None


#: How many of its people are done.
UPDATE_PROGRESS: LiteralString = """
    UPDATE imports SET done = $3 WHERE event_id = $1 AND id = $2 AND state IN ('READING', 'IMPORTING')
"""


async def update_progress(connection: Connection, *, event_id: UUID, import_id: UUID, done: int) -> None:
    await connection.execute(UPDATE_PROGRESS, event_id, import_id, done)


#: It is in the event; nothing where another worker was first.
UPDATE_DONE: LiteralString = """
    UPDATE imports
    SET state = 'DONE', done_at = $3, done = rows, added = $4, updated = $5, cancelled = $6, unchanged = $7,
        skipped = $8, bad = $9
    WHERE event_id = $1 AND id = $2 AND state = 'IMPORTING'
    RETURNING uses, shape
"""


async def update_done(
    connection: Connection, *, event_id: UUID, import_id: UUID, sums: Sums, now: datetime
) -> tuple[tuple[ColumnUse, ...], bytes | None] | None:
    """How its columns were used, and their shape; None where another worker was first."""
    row = await connection.fetchrow(UPDATE_DONE, event_id, import_id, now, *_columns(sums))
    return None if row is None else (tuple(map(ColumnUse, row["uses"] or ())), row["shape"])


#: Its file is used up; what was found in it stays to be looked at.
USE_UP_FILE: LiteralString = """
    UPDATE import_files SET sealed_file = NULL, sealed_findings = $3 WHERE event_id = $1 AND import_id = $2
"""


async def use_up_file(connection: Connection, *, event_id: UUID, import_id: UUID, sealed_findings: bytes) -> None:
    await connection.execute(USE_UP_FILE, event_id, import_id, sealed_findings)


#: It could not be brought in, and says why.
UPDATE_FAILED: LiteralString = """
    UPDATE imports SET state = 'FAILED', refusal = $3
    WHERE event_id = $1 AND id = $2 AND state IN ('READING', 'WAITING', 'IMPORTING')
"""


async def update_failed(connection: Connection, *, event_id: UUID, import_id: UUID, refusal: str) -> None:
    await connection.execute(UPDATE_FAILED, event_id, import_id, refusal)


#: Files whose day is over; what was never brought in goes with them.
DELETE_OLD: LiteralString = """
    WITH old AS (
        DELETE FROM import_files WHERE kept_until <= $1 RETURNING event_id, import_id
    ), begun AS (
        DELETE FROM imports USING old
        WHERE imports.event_id = old.event_id AND imports.id = old.import_id AND imports.state <> 'DONE'
    )
    SELECT count(*) FROM old
"""


async def delete_old(connection: Connection, *, now: datetime) -> int:
    number: int = await connection.fetchval(DELETE_OLD, now)
    return number


#: How this event uses columns, by the shape of the list.
SELECT_MAPPINGS: LiteralString = """
    SELECT shape, uses FROM import_mappings WHERE event_id = $1
"""


async def select_mappings(connection: Connection, *, event_id: UUID) -> Mapping[bytes, tuple[ColumnUse, ...]]:
    rows = await connection.fetch(SELECT_MAPPINGS, event_id)
    return {row["shape"]: tuple(map(ColumnUse, row["uses"])) for row in rows}


#: Remember how the columns of such a list are used.
UPSERT_MAPPING: LiteralString = """
    INSERT INTO import_mappings (event_id, shape, uses, set_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT ON CONSTRAINT import_mappings_pkey DO UPDATE SET uses = excluded.uses, set_at = excluded.set_at
"""


async def upsert_mapping(
    connection: Connection, *, event_id: UUID, shape: bytes, uses: Sequence[ColumnUse], now: datetime
) -> None:
    await connection.execute(UPSERT_MAPPING, event_id, shape, list(uses), now)


#: Forget how the columns of such a list were used: as they are recognised is right.
DELETE_MAPPING: LiteralString = """
    DELETE FROM import_mappings WHERE event_id = $1 AND shape = $2
"""


async def delete_mapping(connection: Connection, *, event_id: UUID, shape: bytes) -> None:
    await connection.execute(DELETE_MAPPING, event_id, shape)


#: An import that was done on the spot, without a preview.
INSERT_DONE: LiteralString = """
    INSERT INTO imports (event_id, id, person_id, way, file_name, system, state, made_at, done_at, rows, done, added,
                         updated, cancelled, unchanged, skipped, bad)
    VALUES ($1, $2, NULL, $3, $4, $5, 'DONE', $6, $6, $7, $7, $8, $9, $10, $11, $12, $13)
"""


async def insert_done(
    connection: Connection,
    *,
    event_id: UUID,
    import_id: UUID,
    way: ImportWay,
    file_name: str | None,
    system: str,
    rows: int,
    sums: Sums,
    now: datetime,
) -> None:
    await connection.execute(INSERT_DONE, event_id, import_id, way, file_name, system, now, rows, *_columns(sums))


def _columns(sums: Sums) -> tuple[int, ...]:
    return sums.added, sums.updated, sums.cancelled, sums.unchanged, sums.skipped, sums.bad
