"""Every statement about the packs of an event."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from asyncpg import Record

from server.agenda.packs.models import AlikePack, KeptPack, NewPack
from server.db import Connection

#: The packs of an event, the oldest first.
SELECT_PACKS: LiteralString = """
    SELECT packs.event_id, packs.id, packs.title, packs.theme, packs.language, packs.content, packs.is_on,
           packs.added_at, people.name AS added_by
    FROM prompt_packs AS packs
    LEFT JOIN people ON people.id = packs.added_by
    WHERE packs.event_id = $1 AND packs.removed_at IS NULL
    ORDER BY packs.added_at, packs.id
"""


async def select_packs(connection: Connection, *, event_id: UUID) -> list[KeptPack]:
    return [_pack(row) for row in await connection.fetch(SELECT_PACKS, event_id)]


#: One pack of an event.
SELECT_PACK: LiteralString = """
    SELECT packs.event_id, packs.id, packs.title, packs.theme, packs.language, packs.content, packs.is_on,
           packs.added_at, people.name AS added_by
    FROM prompt_packs AS packs
    LEFT JOIN people ON people.id = packs.added_by
    WHERE packs.event_id = $1 AND packs.id = $2 AND packs.removed_at IS NULL
"""


async def select_pack(connection: Connection, *, event_id: UUID, pack_id: UUID) -> KeptPack | None:
    row = await connection.fetchrow(SELECT_PACK, event_id, pack_id)
    return None if row is None else _pack(row)


#: The event, held until the transaction ends: whoever adds packs takes turns.
HOLD_EVENT: LiteralString = """
    SELECT true FROM events WHERE id = $1 FOR NO KEY UPDATE
"""


async def hold_event(connection: Connection, *, event_id: UUID) -> bool:
    """Whether there is such an event."""
    return bool(await connection.fetchval(HOLD_EVENT, event_id))


#: Packs sent with this key, with this content, or in use with this theme and language.
SELECT_ALIKE: LiteralString = """
    SELECT id, key, mark, title, removed_at IS NOT NULL AS is_removed
    FROM prompt_packs
    WHERE event_id = $1
      AND (key = $2 OR mark = $3 OR (theme = $4 AND language = $5 AND removed_at IS NULL))
"""


async def select_alike(connection: Connection, *, event_id: UUID, new: NewPack) -> list[AlikePack]:
    rows = await connection.fetch(SELECT_ALIKE, event_id, new.key, new.mark, new.pack.theme, new.pack.language)
    return [AlikePack(row["id"], row["key"], row["mark"], row["title"], row["is_removed"]) for row in rows]


#: How many packs an event has.
COUNT_PACKS: LiteralString = """
    SELECT count(*) FROM prompt_packs WHERE event_id = $1 AND removed_at IS NULL
"""


async def count_packs(connection: Connection, *, event_id: UUID) -> int:
    number: int = await connection.fetchval(COUNT_PACKS, event_id)
    return number


#: A pack kept; one with the same content that was removed comes back.
UPSERT_PACK: LiteralString = """
    INSERT INTO prompt_packs (event_id, id, key, title, theme, language, content, mark, is_on, added_at, added_by)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
    ON CONFLICT ON CONSTRAINT prompt_packs_one_per_content
        DO UPDATE SET key = EXCLUDED.key, is_on = EXCLUDED.is_on, added_at = EXCLUDED.added_at,
                      added_by = EXCLUDED.added_by, removed_at = NULL
    RETURNING id
"""


async def upsert_pack(
    connection: Connection,
    *,
    event_id: UUID,
    pack_id: UUID,
    new: NewPack,
    is_on: bool,
    person_id: UUID | None,
    now: datetime,
) -> UUID:
    """The id it has: `pack_id`, or the one it had before it was removed."""
    kept: UUID = await connection.fetchval(
        UPSERT_PACK, event_id, pack_id, new.key, new.pack.title, new.pack.theme, new.pack.language, new.content,
        new.mark, is_on, now, person_id,
    )  # fmt: skip
    return kept


#: A pack switched on or off.
SWITCH_PACK: LiteralString = """
    UPDATE prompt_packs SET is_on = $3 WHERE event_id = $1 AND id = $2 AND removed_at IS NULL RETURNING true
"""


async def switch_pack(connection: Connection, *, event_id: UUID, pack_id: UUID, is_on: bool) -> bool:
    """Whether there is such a pack."""
    return bool(await connection.fetchval(SWITCH_PACK, event_id, pack_id, is_on))


#: A pack taken away. It stays until phones that showed its questions have told.
REMOVE_PACK: LiteralString = """
    UPDATE prompt_packs SET removed_at = $3, is_on = false
    WHERE event_id = $1 AND id = $2 AND removed_at IS NULL
    RETURNING true
"""


async def remove_pack(connection: Connection, *, event_id: UUID, pack_id: UUID, now: datetime) -> bool:
    """Whether there was such a pack."""
    return bool(await connection.fetchval(REMOVE_PACK, event_id, pack_id, now))


#: All removed packs of an event but the newest $2.
DELETE_REMOVED: LiteralString = """
    DELETE FROM prompt_packs AS packs
    USING (
        SELECT id
        FROM prompt_packs
        WHERE event_id = $1 AND removed_at IS NOT NULL
        ORDER BY removed_at DESC, id
        OFFSET $2
    ) AS old
    WHERE packs.event_id = $1 AND packs.id = old.id
"""


async def delete_removed(connection: Connection, *, event_id: UUID, but: int) -> None:
    await connection.execute(DELETE_REMOVED, event_id, but)


#: Which contents an event's packs have that are on, the oldest first.
SELECT_MARKS_ON: LiteralString = """
    SELECT mark FROM prompt_packs WHERE event_id = $1 AND is_on ORDER BY added_at, id
"""


async def select_marks_on(connection: Connection, *, event_id: UUID) -> list[bytes]:
    return [row["mark"] for row in await connection.fetch(SELECT_MARKS_ON, event_id)]


#: Which contents an event's packs have, on or off; removed ones that are still kept too.
SELECT_MARKS: LiteralString = """
    SELECT mark FROM prompt_packs WHERE event_id = $1 ORDER BY removed_at DESC NULLS FIRST, id
"""


async def select_marks(connection: Connection, *, event_id: UUID) -> list[bytes]:
    return [row["mark"] for row in await connection.fetch(SELECT_MARKS, event_id)]


#: The contents with these marks.
SELECT_CONTENTS: LiteralString = """
    SELECT mark, content FROM prompt_packs WHERE event_id = $1 AND mark = ANY ($2::bytea[])
"""


async def select_contents(connection: Connection, *, event_id: UUID, marks: Sequence[bytes]) -> dict[bytes, str]:
    return {row["mark"]: row["content"] for row in await connection.fetch(SELECT_CONTENTS, event_id, marks)}


def _pack(row: Record) -> KeptPack:
    return KeptPack(
        event_id=row["event_id"],
        id=row["id"],
        title=row["title"],
        theme=row["theme"],
        language=row["language"],
        content=row["content"],
        is_on=row["is_on"],
        added_at=row["added_at"],
        added_by=row["added_by"],
    )
