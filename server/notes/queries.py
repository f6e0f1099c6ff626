"""Every statement about notes and needs."""

from collections.abc import Collection
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from asyncpg import Record

from server.db import Connection, one
from server.notes.models import Note, NoteKind
from server.people.names import words_key
from server.swaps.models import Side
from server.swaps.sides import by_side, columns_of

#: A note under the phone's key; a key seen before answers the note it made then.
INSERT_NOTE: LiteralString = """
    INSERT INTO notes (event_id, id, swap_id, registration_id, key, kind, text, written_at, search_key)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT ON CONSTRAINT notes_one_per_key DO UPDATE SET key = EXCLUDED.key
    RETURNING event_id, id, key, kind, text, written_at
"""


async def insert_note(
    connection: Connection, *, side: Side, note_id: UUID, key: UUID, kind: NoteKind, text: str, now: datetime
) -> Note:
    return _note(
        one(
            await connection.fetchrow(
                INSERT_NOTE,
                side.event_id,
                note_id,
                side.swap_id,
                side.registration_id,
                key,
                kind,
                text,
                now,
                words_key(text),
            )
        )
    )


#: What those sides wrote about their swaps, oldest first.
SELECT_NOTES: LiteralString = """
    SELECT notes.swap_id, notes.registration_id, notes.event_id, notes.id, notes.key, notes.kind, notes.text,
           notes.written_at
    FROM unnest((SELECT $1::uuid[]), (SELECT $2::uuid[]), (SELECT $3::uuid[]))
        AS side (event_id, swap_id, registration_id)
    JOIN notes ON notes.event_id = side.event_id AND notes.swap_id = side.swap_id
        AND notes.registration_id = side.registration_id
    ORDER BY notes.written_at, notes.id
"""


async def select_notes(connection: Connection, *, sides: Collection[Side]) -> dict[Side, list[Note]]:
    rows = await connection.fetch(SELECT_NOTES, *columns_of(sides))
    return by_side(sides, rows, _note)


#: One of the person's own notes; it stays theirs when the swap is withdrawn.
SELECT_NOTE: LiteralString = """
    SELECT notes.event_id, notes.id, notes.key, notes.kind, notes.text, notes.written_at
    FROM notes
    JOIN registrations ON registrations.event_id = notes.event_id AND registrations.id = notes.registration_id
    WHERE notes.event_id = $1 AND notes.id = $2 AND registrations.person_id = $3
"""


async def select_note(connection: Connection, *, event_id: UUID, note_id: UUID, person_id: UUID) -> Note | None:
    row = await connection.fetchrow(SELECT_NOTE, event_id, note_id, person_id)
    return None if row is None else _note(row)


def _note(row: Record) -> Note:
    return Note(row["event_id"], row["id"], row["key"], NoteKind(row["kind"]), row["text"], row["written_at"])
