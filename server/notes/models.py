"""What somebody wrote down about a person they met. Nobody else ever reads it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class NoteKind(StrEnum):
    """A note, or a need that was heard and may be met by somebody else I know."""

    NOTE = "NOTE"
    NEED = "NEED"


@dataclass(frozen=True, slots=True)
class Note:
    """One line of memory."""

    event_id: UUID
    id: UUID
    key: UUID
    kind: NoteKind
    text: str
    written_at: datetime
