"""Who stands at a door: somebody of the team who is signed in, or a phone that is paired with it. Everybody else is
refused, and a phone too in whatever its kind is not for.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from server.db import Connection
from server.doors.errors import DoorPhoneExpired, DoorPhoneRevoked, HelperNeeded, ScannedTooLate
from server.doors.models import CheckIn, CheckInVerdict, DoorScan
from server.doors.phones import queries
from server.doors.phones.models import QUEUE_TAKEN_FOR, DoorPhone, PhoneKind
from server.errors import NotFound, NotSignedIn
from server.events.models import DOOR_TEAM
from server.events.operations import require_role


class DoorTask(StrEnum):
    """What a keeper asks for."""

    DOORS = "DOORS"
    CHECK_IN = "CHECK_IN"
    REPLAY = "REPLAY"
    UNDO = "UNDO"
    FIND = "FIND"
    WALK_IN = "WALK_IN"
    WALK_IN_LET_IN = "WALK_IN_LET_IN"
    ROSTER = "ROSTER"
    CONFLICTS = "CONFLICTS"
    WATCH = "WATCH"


#: What a phone that ended may ask for a day longer: to send its queue. Each scan of it is judged by when it was made,
#: and what takes one back by whether that came in with the queue.
TAKEN_LATE = frozenset({DoorTask.CHECK_IN, DoorTask.REPLAY, DoorTask.UNDO, DoorTask.WALK_IN_LET_IN})

#: What each kind of phone may ask. What is not here it may not; what a room's phone may is the rooms' business.
TASKS: dict[PhoneKind, frozenset[DoorTask]] = {
    PhoneKind.DOOR: frozenset(DoorTask),
    PhoneKind.KIOSK: frozenset({DoorTask.CHECK_IN, DoorTask.REPLAY, DoorTask.ROSTER, DoorTask.WATCH}),
    PhoneKind.ROOM: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Keeper:
    """Somebody signed in, or a paired phone of the event in question; one of the two."""

    person_id: UUID | None = None
    phone: DoorPhone | None = None

    @property
    def vouched_by(self) -> UUID | None:
        """Whose events a ticket may be told to be of: one's own, and for a phone those of who paired it."""
        return self.person_id if self.phone is None else self.phone.paired_by


@dataclass(frozen=True, slots=True)
class ScannedBy:
    """Whose scan the log says it was: somebody signed in, or a phone and the helper who held it."""

    person_id: UUID | None
    phone_id: UUID | None
    door_helper_id: UUID | None


async def require_keeper(
    connection: Connection, *, event_id: UUID, keeper: Keeper, task: DoorTask, now: datetime
) -> None:
    """Returns for whoever may do `task` at the doors of the event.

    Raises `NotAllowed` and `NotFound` for people, `NotSignedIn` for what a phone is not for, and what ended it:
    `DoorPhoneRevoked`, `DoorPhoneExpired` or `HelperNeeded`. A phone that ended may send its queue for a day.
    """
    if keeper.phone is None:
        if keeper.person_id is None:
            raise NotSignedIn
        await require_role(connection, event_id=event_id, person_id=keeper.person_id, allowed=DOOR_TEAM)
        return
    if keeper.phone.event_id != event_id or task not in TASKS[keeper.phone.kind]:
        raise NotSignedIn
    require_good(keeper.phone, is_replay=task in TAKEN_LATE, now=now)


def require_good(phone: DoorPhone, *, is_replay: bool, now: datetime) -> None:
    """Returns for a phone that is paired still. Raises what ended it; a queue is taken for a day longer."""
    ended_at = phone.ended_at(now)
    if ended_at is None or (is_replay and now <= ended_at + QUEUE_TAKEN_FOR):
        return
    if phone.revoked_at is not None:
        raise DoorPhoneRevoked
    raise DoorPhoneExpired if phone.expires_at < now else HelperNeeded


def require_good_then(keeper: Keeper, *, happened_at: datetime, now: datetime) -> None:
    """The same for a scan that is sent by itself, as the last one of a queue is: made while the phone was good, it is
    taken for a day longer; made since, it is refused with what ended the phone.
    """
    if keeper.phone is not None:
        ended_at = keeper.phone.ended_at(now)
        require_good(keeper.phone, is_replay=ended_at is not None and happened_at <= ended_at, now=now)


async def scanned_by(
    connection: Connection, *, keeper: Keeper, place_id: UUID, happened_at: datetime, now: datetime
) -> ScannedBy:
    """Whose scan it was when it was made at that door or room, which may be long before it was sent.

    Raises `NotFound` for a place that the phone never stood at, and `ScannedTooLate` for a scan that was made after
    the phone had ended.
    """
    phone = keeper.phone
    if phone is None:
        return held_by(keeper)
    ended_at = phone.ended_at(now)
    if ended_at is not None and happened_at > ended_at:
        raise ScannedTooLate
    if place_id == (phone.door_id or phone.room_id) and happened_at >= phone.held_since:
        return held_by(keeper)
    shift = await queries.select_shift(
        connection, event_id=phone.event_id, phone_id=phone.id, place_id=place_id, at=happened_at
    )
    if shift is None:
        raise NotFound
    if shift.helper_id is None and phone.kind is not PhoneKind.KIOSK:
        raise ScannedTooLate  # nobody held it then: it had been taken off its door, or its helper had
    return ScannedBy(None, phone.id, shift.helper_id)


def held_by(keeper: Keeper) -> ScannedBy:
    """Whose doing it is when it is done now."""
    phone = keeper.phone
    return ScannedBy(keeper.person_id, None, None) if phone is None else ScannedBy(None, phone.id, phone.helper_id)


def as_told(keeper: Keeper, told: CheckIn) -> CheckIn:
    """What a keeper is told of a verdict. A kiosk, before which others stand: the first name of whom it welcomes."""
    if keeper.phone is None or keeper.phone.kind is not PhoneKind.KIOSK:
        return told
    first_name = _first_name(told.name or "") if told.verdict is CheckInVerdict.ADMITTED else None
    return replace(told, name=first_name or None, ticket_type=None, first_in_at=None, door_id=None)


def _first_name(name: str) -> str:
    """The first word, or the second where ticket systems put the family name first and a comma behind it."""
    first, *others = name.split() or [""]
    return others[0] if others and first.endswith(",") else first.rstrip(",")


def require_simple_scan(keeper: Keeper, scan: DoorScan) -> None:
    """Raises `NotSignedIn` where a kiosk does more than let somebody in by the code they hold up."""
    if keeper.phone is not None and keeper.phone.kind is PhoneKind.KIOSK and not scan.is_entry_by_code:
        raise NotSignedIn
