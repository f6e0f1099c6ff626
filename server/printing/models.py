"""Sheets as an organizer asks for them, and the people whose badges they may print."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from server.sheets.formats import FormatName
from server.sheets.models import BadgesWanted, SheetOrder


class SheetsState(StrEnum):
    """How far sheets have come."""

    WAITING = "WAITING"
    MAKING = "MAKING"
    READY = "READY"
    FAILED = "FAILED"


class Reason(StrEnum):
    """Why sheets could not be made."""

    NOTHING = "NOTHING"
    UNWRITABLE = "UNWRITABLE"
    CHANGED = "CHANGED"
    BROKEN = "BROKEN"


@dataclass(frozen=True, slots=True)
class SheetsRequest:
    """What is to be printed, on what. `registration_id` is set for `ONE` alone."""

    wanted: BadgesWanted
    format: FormatName
    order: SheetOrder
    registration_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class AskedSheets:
    """The sheets that one organizer has asked for at one event. Each has at most one set at a time.

    `badges` is how many there will be, `drawn` how many there are. `printed_at` is when the file was handed over first.
    """

    event_id: UUID
    person_id: UUID
    key: UUID
    request: SheetsRequest
    asked_at: datetime
    state: SheetsState
    reason: Reason | None
    badges: int
    drawn: int
    pages: int | None
    shortened: int
    left_out: tuple[UUID, ...]
    kept_until: datetime
    printed_at: datetime | None


@dataclass(frozen=True, slots=True)
class MadeSheets:
    """A finished file, sealed, and which badges are on it."""

    sealed: bytes = field(repr=False)
    pages: int
    badge_ids: tuple[UUID, ...]
    left_out: tuple[UUID, ...]
    shortened: int


@dataclass(frozen=True, slots=True)
class SealedSheets:
    """A file that is ready to be handed over."""

    sealed: bytes = field(repr=False)
    request: SheetsRequest
    badge_ids: tuple[UUID, ...]
    is_logged: bool


@dataclass(frozen=True, slots=True)
class BadgeCounts:
    """How many badges of an event can be printed: all of them, those never printed, and walk-ins among these."""

    all: int
    new: int
    new_walk_ins: int


@dataclass(frozen=True, slots=True)
class HolderPlace:
    """Where a row stands among all holders, by name."""

    name_key: str
    registration_id: UUID


@dataclass(frozen=True, slots=True)
class BadgeHolder:
    """Somebody whose badge can be printed, as organizers see them: the name on the ticket, and when it was printed."""

    event_id: UUID
    place: HolderPlace
    name: str = field(repr=False)
    ticket_type: str | None
    is_walk_in: bool
    printed_at: datetime | None
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class HolderPage:
    """Some holders by name, and whether more follow."""

    holders: tuple[BadgeHolder, ...]
    has_next: bool
