"""What the vault keeps and hands out. Nothing here can be read without a badge but ids, versions and lengths."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from server.registrations.models import Card
from server.vault.contents import AS_USUAL, AskedHere
from server.vault.sealing import SealedEntry


@dataclass(frozen=True, slots=True)
class Counter:
    """Where the changes of one event's vault stand. Cursors of another epoch no longer count."""

    epoch: UUID
    version: int


@dataclass(frozen=True, slots=True)
class LiveBadge:
    """A badge in use with the card behind it; `made_from` tells this card, by these rules, from others."""

    id: UUID
    key_id: int
    registration_id: UUID
    made_from: bytes = field(repr=False)
    is_stale: bool
    card: Card = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry just sealed, with what it was made from."""

    badge_id: UUID
    registration_id: UUID
    made_from: bytes = field(repr=False)
    sealed: SealedEntry


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody's own place at an event: what their vault is made for."""

    event_id: UUID
    registration_id: UUID


@dataclass(frozen=True, slots=True)
class State:
    """How far one reader's vault has come: the same state, the same vault.

    `version` is the newest of what this reader may see, `hidings` counts who was hidden from them or came back, and
    `texts` marks the prompt texts.
    """

    epoch: UUID
    version: int
    hidings: int
    texts: bytes


@dataclass(frozen=True, slots=True)
class Change:
    """One entry to send, or to say gone."""

    badge_id: UUID
    lookup: bytes
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What one phone is to be told, and the cursor of where it stands then. `asked` says which texts it has."""

    reader: Reader
    cursor: str
    in_vault: int
    changes: Sequence[Change]
    is_whole: bool
    has_texts: bool
    made_at: datetime
    is_unchanged: bool = False
    asked: AskedHere = AS_USUAL

    @classmethod
    def unchanged(cls, reader: Reader, cursor: str, *, made_at: datetime) -> "Answer":
        """That the phone has it all; how many entries that are was not counted."""
        return cls(reader, cursor, 0, (), is_whole=False, has_texts=False, made_at=made_at, is_unchanged=True)
