"""Notes and needs: private memory about somebody one met."""

from datetime import datetime
from typing import Annotated

import strawberry

from schema.context import Info
from schema.ids import Kind, global_id
from schema.nodes import Node
from schema.problems import InputNotValid, NotFound
from schema.references import read_own_key, read_swap
from server.notes import models, operations
from server.notes.models import NoteKind

strawberry.enum(NoteKind, description="A note, or a need that was heard.")


@strawberry.type(description="One line of memory. Nobody but its writer ever reads it.")
class Note(Node):
    key: strawberry.ID = strawberry.field(
        description="The key it was made with, by which the phone that made it knows it."
    )
    kind: NoteKind = strawberry.field(description="Whether it is a note or a need that was heard.")
    text: str = strawberry.field(description="In its writer's own words.")
    written_at: datetime = strawberry.field(description="When it reached the server.")

    @classmethod
    def from_model(cls, note: models.Note) -> "Note":
        return cls(
            id=global_id(Kind.NOTE, note.id, note.event_id),
            key=strawberry.ID(str(note.key)),
            kind=note.kind,
            text=note.text,
            written_at=note.written_at,
        )


AddNoteResult = Annotated[
    Note | InputNotValid | NotFound, strawberry.union("AddNoteResult", description="The note, or why it was not kept.")
]
NoteNeedResult = Annotated[
    Note | InputNotValid | NotFound, strawberry.union("NoteNeedResult", description="The need, or why it was not kept.")
]
SwapArgument = Annotated[
    strawberry.ID, strawberry.argument(description="The swap's id, or the key of the scan that made it.")
]
KeyArgument = Annotated[
    strawberry.ID | None, strawberry.argument(description="A UUID made by the phone; a repeat answers as the first.")
]


async def _write(info: Info, swap: str, text: str, key: str | None, kind: NoteKind) -> Note:
    viewer = info.context.signed_in()
    async with info.context.pool.acquire() as connection:
        note = await operations.write_note(
            connection,
            person_id=viewer.person_id,
            swap=read_swap(swap),
            kind=kind,
            text=text,
            key=read_own_key(key),
            now=info.context.now,
        )
    return Note.from_model(note)


@strawberry.type
class NotesMutation:
    @strawberry.mutation(description="Keeps a note about somebody I met. Only I see it.")
    async def add_note(self, info: Info, swap: SwapArgument, text: str, key: KeyArgument = None) -> AddNoteResult:
        return await _write(info, swap, text, key, NoteKind.NOTE)

    @strawberry.mutation(description="Something they need; matched against what my own contacts offer.")
    async def note_need(self, info: Info, swap: SwapArgument, text: str, key: KeyArgument = None) -> NoteNeedResult:
        return await _write(info, swap, text, key, NoteKind.NEED)
