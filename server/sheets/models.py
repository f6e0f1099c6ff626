"""What a sheet is made of, and what came of making one. Everything personal is kept out of `repr`."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class SheetOrder(StrEnum):
    """In which order the badges lie on the sheets."""

    NAME = "name"
    TICKET = "ticket"


class BadgesWanted(StrEnum):
    """Whose badges are to be printed. Revoked badges and those of cancelled places never are."""

    ALL = "ALL"
    NEW = "NEW"
    NEW_WALK_INS = "NEW_WALK_INS"
    ONE = "ONE"
    NOBODYS = "NOBODYS"


class PrintedBy(StrEnum):
    """From whose hands a print came: the event's organizers, or the host of the server."""

    ORGANIZER = "ORGANIZER"
    HOST = "HOST"


@dataclass(frozen=True, slots=True)
class LivePrint:
    """A badge in use with the words that go on it. Texts of a card that is not open are None."""

    badge_id: UUID
    key_id: int
    name: str = field(repr=False)
    pronouns: str | None = field(repr=False)
    ask_me_about: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Heading:
    """What is the same on all badges: the event's title, and the host that their codes lead to."""

    event_title: str
    host: str


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

    badge_id: UUID
    name: str = field(repr=False)
    signs: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Faces:
    """What goes on the sheets. `shortened` counts the badges that lack some sign or line no font has."""

    heading: Heading
    by_badge: dict[UUID, Face] = field(repr=False)
    left_out: tuple[NotPrintable, ...] = ()
    shortened: int = 0


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
    """One line of the log. `person_id` is None for the host, and for an organizer whose account is gone."""

    id: UUID
    by: PrintedBy
    person_id: UUID | None
    printed_at: datetime
    badges: int
    format: str


@dataclass(frozen=True, slots=True)
class OwnPrint:
    """A print that held a badge of one's own. `is_in_use` says whether that badge still works."""

    printed_at: datetime
    by: PrintedBy
    is_in_use: bool
