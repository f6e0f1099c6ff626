"""What travels between reading a list and importing it.

Only what the product needs of a row is kept here; phone numbers, addresses, prices, employers and answers to
the ticket shop's questions never leave the reader.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from server.imports.mapping import ColumnUse


@dataclass(frozen=True, slots=True)
class AttendeeRow:
    """One person of the list, cleaned. `line` is where the row begins in the file, counted from 1."""

    line: int
    external_id: str | None
    name: str
    email: str | None
    ticket_type: str | None
    #: What the ticket system's own barcode or QR code holds; only its hash is ever stored.
    ticket_code: str | None
    pronouns: str | None
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be imported as it is.

    `column` is the file's own heading, or empty for the row as a whole.
    """

    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something the organizer should know although the row is no obstacle.

    `line` is None for the file as a whole.
    """

    line: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column as its first row names it, what it is used for, and the first values in it, to tell it by."""

    heading: str
    use: ColumnUse
    recognised_as: ColumnUse
    examples: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A list as read. `rows` are distinct; `skipped` counts rows left out on purpose, each told in `notes`.

    `sheet` and `sheets` are the one that was read and all there are; empty for a text.
    """

    source: str
    system: str
    encoding: str
    rows: tuple[AttendeeRow, ...]
    bad_rows: tuple[BadRow, ...]
    notes: tuple[Note, ...]
    skipped: int
    columns: tuple[ListColumn, ...] = ()
    sheet: str | None = None
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A registration as an import finds it. `is_claimed`: an attendee has taken it, so the card is theirs."""

    id: UUID
    source: str
    external_id: str | None
    name: str
    email: str | None
    ticket_type: str | None
    pronouns: str | None
    card_name: str
    is_cancelled: bool
    is_claimed: bool
    is_walk_in: bool
    #: Hashes of the codes that admit to it: those of the ticket system, and ours.
    external_codes: frozenset[bytes]
    own_codes: frozenset[bytes]


@dataclass(frozen=True, slots=True)
class Ticket:
    """A row on its way into the database: what it says, the hash of its code, and how it is compared."""

    row: AttendeeRow
    source: str
    code_hash: bytes | None
    key: tuple[str, str]


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A registration to be made, with the hashes of the badge and ticket that are derived for it."""

    id: UUID
    ticket: Ticket
    badge_id: UUID
    badge_token_hash: bytes
    badge_code_hash: bytes
    ticket_code_hash: bytes


class ChangedPart(StrEnum):
    """What of a registration a row changes."""

    NAME = "NAME"
    EMAIL = "EMAIL"
    TICKET_TYPE = "TICKET_TYPE"
    PRONOUNS = "PRONOUNS"
    TICKET_ID = "TICKET_ID"
    #: The values of codes are never told.
    TICKET_CODE = "TICKET_CODE"
    #: The code is another row's now, and this registration has none in its place.
    TICKET_CODE_MOVED = "TICKET_CODE_MOVED"


class ChangeKind(StrEnum):
    """What a row does to a registration."""

    NEW = "NEW"
    CHANGED = "CHANGED"
    CANCELLED = "CANCELLED"
    COMING_AGAIN = "COMING_AGAIN"
    #: Not known until now, and cancelled from the start.
    NEW_CANCELLED = "NEW_CANCELLED"


@dataclass(frozen=True, slots=True)
class PartChange:
    """One value, before and after."""

    part: ChangedPart
    before: str | None = field(repr=False)
    after: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Change:
    """What one row changed, or would change."""

    line: int
    kind: ChangeKind
    name: str = field(repr=False)
    parts: tuple[PartChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import changed, in registrations; `skipped` and `bad` count rows of the file.

    `added` counts who is new and coming; `cancelled` those of the updated that were coming until now, or are new and
    cancelled from the start. `notes` tell what the list comes to.
    """

    added: int
    updated: int
    unchanged: int
    skipped: int
    bad: int
    cancelled: int = field(default=0, compare=False)
    changes: tuple[Change, ...] = field(default=(), compare=False, repr=False)
    notes: tuple[Note, ...] = ()
