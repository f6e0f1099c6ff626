"""Global ids: which kind of thing, at which event, which one. Opaque to clients; two events never share one."""

import base64
import binascii
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from uuid import UUID

import strawberry

from server.errors import NotFound
from server.ids import node_id


class Kind(IntEnum):
    """One number per node type; written into the id, so none is ever reused."""

    PERSON = 1
    EVENT = 2
    REGISTRATION = 3
    BADGE = 4
    SWAP = 5
    PROMPT = 6
    NOTE = 7
    PROMISE = 8
    FOLLOW_UP = 9
    DOOR = 10
    ATTENDANCE_ROW = 11
    CHECK_IN = 12
    REPORT = 13
    PROMPT_PACK = 14
    RELATIONSHIP = 15
    GIFT = 16
    INTRODUCTION = 17
    MEETING = 18
    REVIEW_FOLLOW_UP = 19
    DELIVERY = 20
    DOOR_PHONE = 21
    DOOR_HELPER = 22
    ROOM_SESSION = 23
    IMPORT = 24
    EXPORT = 26
    TEAM_INVITATION = 25


#: Kinds that belong to no event: their id holds one UUID, the others' two (the event's first).
_WITHOUT_EVENT = {
    Kind.PERSON, Kind.EVENT, Kind.RELATIONSHIP, Kind.GIFT, Kind.INTRODUCTION, Kind.REVIEW_FOLLOW_UP, Kind.DELIVERY,
}  # fmt: skip

#: Kinds of which there is one for each day: their id ends with the day, counted as `date.toordinal` does.
_OF_A_DAY = {Kind.ATTENDANCE_ROW}
_DAY_BYTES = 3


def global_id(kind: Kind, of: UUID, event_id: UUID | None = None, day: date | None = None) -> strawberry.ID:
    """The id clients see: one byte of kind, the event (where there is one), the row, the day (where it is one of
    several); base64url without padding.
    """
    more = b"" if day is None else day.toordinal().to_bytes(_DAY_BYTES)
    return strawberry.ID(node_id(kind, of, event_id, more))


@dataclass(frozen=True, slots=True)
class GlobalId:
    """What an id names. `event_id` and `day` are None for kinds that have none."""

    kind: Kind
    row: UUID
    event_id: UUID | None
    day: date | None


def read_any(text: str) -> GlobalId:
    """What a global id names. Raises `NotFound` for anything else, as for a thing that is not there."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        kind = Kind(raw[0])
    except (binascii.Error, ValueError, IndexError) as error:
        raise NotFound from error
    if len(raw) != (17 if kind in _WITHOUT_EVENT else 33) + (_DAY_BYTES if kind in _OF_A_DAY else 0):
        raise NotFound
    if kind in _WITHOUT_EVENT:
        return GlobalId(kind, UUID(bytes=raw[1:]), None, None)
    return GlobalId(kind, UUID(bytes=raw[17:33]), UUID(bytes=raw[1:17]), _day(raw[33:]))


def _day(raw: bytes) -> date | None:
    """Raises `NotFound` for a number that is no day."""
    try:
        return date.fromordinal(int.from_bytes(raw)) if raw else None
    except (ValueError, OverflowError) as error:
        raise NotFound from error


def read_event(text: str) -> UUID:
    """The event's id. Raises `NotFound` for an id of anything else."""
    found = read_any(text)
    if found.kind is not Kind.EVENT:
        raise NotFound
    return found.row


def read_row(text: str, kind: Kind) -> tuple[UUID, UUID]:
    """Event and row of an id of this kind. Raises `NotFound` for an id of anything else."""
    found = read_any(text)
    if found.kind is not kind or found.event_id is None:
        raise NotFound
    return found.event_id, found.row


def read_own(text: str, kind: Kind) -> UUID:
    """The row of an id of this kind, which belongs to a person and to no event. Raises `NotFound` for anything else."""
    found = read_any(text)
    if found.kind is not kind:
        raise NotFound
    return found.row


def read_key(text: str) -> UUID | None:
    """A key made by a phone, if the text is one: a UUID in its usual form."""
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None
