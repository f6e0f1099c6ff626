"""What a sheet is made of, and what came of making one. Everything personal is kept out of `repr`."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class SheetOrder(StrEnum):
    """In which order the badges lie on the sheets."""

    NAME = "name"
    TICKET = "ticket"


@dataclass(frozen=True, slots=True)
class LivePrint:
    """A badge in use with the words that go on it. Texts of a card that is not open are None."""

    badge_id: UUID
    key_id: int
    printed_at: datetime | None
    name: str = field(repr=False)
    pronouns: str | None = field(repr=False)
    ask_me_about: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Face:
    """One badge as it is drawn. `address` is what the QR code holds, `code` the eight characters beneath it."""

    name: str = field(repr=False)
    pronouns: str | None = field(repr=False)
    ask_me_about: str | None = field(repr=False)
    address: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NotPrintable:
    """A badge left out because its name is written with signs that no font here has."""

    name: str = field(repr=False)
    signs: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sheets:
    """The finished file. `shortened` counts the badges that print without some sign or line no font has."""

    pdf: bytes = field(repr=False)
    pages: int
    printed: int
    shortened: int
    left_out: tuple[NotPrintable, ...]


@dataclass(frozen=True, slots=True)
class Print:
    """One line of the log. `printed_by` is None for the host, and for an organizer whose account is gone."""

    printed_by: UUID | None
    by_host: bool
    printed_at: datetime
    badges: int
    format: str
