"""Writing down what is worth remembering about somebody one met."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from server.db import Connection
from server.errors import NotFound
from server.ids import new_id
from server.notes import queries
from server.notes.models import Note, NoteKind
from server.swaps.models import Side
from server.swaps.operations import SwapReference, locate
from server.texts import clean_text

LONGEST_NOTE = 1000


async def write_note(
    connection: Connection,
    *,
    person_id: UUID,
    swap: SwapReference,
    kind: NoteKind,
    text: str,
    key: UUID | None,
    now: datetime,
) -> Note:
    """Keep a note or a need. The same `key` again answers the first note. Raises `NotFound`, `InputNotValid`."""
    words = clean_text(text, field="text", longest=LONGEST_NOTE)
    side = await locate(connection, person_id=person_id, swap=swap)
    note_id = new_id()
    return await queries.insert_note(
        connection, side=side, note_id=note_id, key=key or note_id, kind=kind, text=words, now=now
    )


async def read_notes(connection: Connection, *, sides: Collection[Side]) -> dict[Side, list[Note]]:
    """Each side's own notes and needs about its swap, oldest first. `sides` come from operations that proved them."""
    return await queries.select_notes(connection, sides=sides)


async def find_note(connection: Connection, *, event_id: UUID, note_id: UUID, person_id: UUID) -> Note:
    """One of the person's own notes. Raises `NotFound`."""
    found = await queries.select_note(connection, event_id=event_id, note_id=note_id, person_id=person_id)
    if found is None:
        raise NotFound
    return found
