"""Letting people in and out at the doors of an event. Every scan is judged once and stands in the log for ever.

The log is the truth. Who is in, and the counters, are worked out from it in the same transaction.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import asyncpg
from prometheus_client import Counter

from server.badges.tokens import code_hash, read_badge, read_ticket, ticket_hash, token_hash
from server.db import Connection, violated
from server.doors import queries
from server.doors.errors import DoorNameTaken
from server.doors.models import COUNTED, CheckIn, CheckInVerdict, Door, DoorScan, Ticketholder
from server.doors.tickets import queries as tickets
from server.doors.timeline import LoggedScan, Presence, change, judge, next_id, presence, tally, without
from server.errors import DomainError, InputNotValid, KeyReused, NotFound
from server.events.models import DOOR_TEAM, Event
from server.events.operations import find_event, require_role
from server.ids import new_id
from server.live import wake

#: The counters of a door and minute lie in this many rows, so that phones at one door do not queue on one.
COUNTER_SLOTS = 4

LONGEST_DOOR_NAME = 60

CHECK_INS = Counter("handsel_check_ins", "Scans judged at doors, by verdict.", ["verdict"])


def topic_of(event_id: UUID) -> str:
    """What is woken when the attendance of an event changes."""
    return f"attendance:{event_id}"


async def add_door(connection: Connection, *, event_id: UUID, name: str, now: datetime) -> Door:
    """A new door of the event. Raises `InputNotValid` and `DoorNameTaken`. Who may is for the caller to ask."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_DOOR_NAME:
        raise InputNotValid("name", f"Give the door a name of at most {LONGEST_DOOR_NAME} characters.")
    door = Door(event_id, new_id(), name, 0)
    try:
        await queries.insert_door(connection, event_id=event_id, door_id=door.id, name=name, now=now)
    except asyncpg.UniqueViolationError as error:
        if violated(error, "doors_one_per_name"):
            raise DoorNameTaken from error
        raise
    return door


async def list_doors(connection: Connection, *, event_id: UUID, person_id: UUID, now: datetime) -> list[Door]:
    """The event's doors with today's counts, by name, for the door team. Raises `NotAllowed` and `NotFound`."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=DOOR_TEAM)
    event = await find_event(connection, event_id=event_id)
    return await queries.select_doors(connection, event_id=event_id, day=event.day_of(now))


async def find_door(connection: Connection, *, event_id: UUID, door_id: UUID, day: date) -> Door:
    """One door with its count of a day. Raises `NotFound`. Who may is for the caller to ask."""
    for door in await queries.select_doors(connection, event_id=event_id, day=day):
        if door.id == door_id:
            return door
    raise NotFound


async def find_check_in(connection: Connection, *, event_id: UUID, check_in_id: UUID, person_id: UUID) -> CheckIn:
    """One line of the doors' log, as it was told then, for the door team. Raises `NotAllowed` and `NotFound`."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=DOOR_TEAM)
    told = await queries.select_check_in(connection, event_id=event_id, check_in_id=check_in_id)
    if told is None:
        raise NotFound
    return told


async def check_in(
    connection: Connection, *, event_id: UUID, helper_id: UUID, scan: DoorScan, now: datetime
) -> CheckIn:
    """The verdict on one scan; the same key at the same door again answers as it did the first time.

    Of all scans of one coming exactly one is ADMITTED, however many doors read the ticket at once. Raises
    `NotAllowed`, `NotFound` (event, door or registration), `KeyReused` and `InputNotValid`.
    """
    await require_role(connection, event_id=event_id, person_id=helper_id, allowed=DOOR_TEAM)
    event = await find_event(connection, event_id=event_id)
    return await _check_in(connection, event=event, helper_id=helper_id, scan=scan, now=now)


async def replay_check_ins(
    connection: Connection, *, event_id: UUID, helper_id: UUID, scans: Sequence[DoorScan | DomainError], now: datetime
) -> list[CheckIn | DomainError]:
    """One answer for each scan of a phone's queue, in the order given; a refusal among them stops none of the others.

    Each scan has a transaction of its own, so that a long queue keeps no other door waiting and what was answered
    stays. What could not even be read comes in as its refusal and goes out as it came. Raises `NotAllowed` and
    `NotFound` for the event.
    """
    await require_role(connection, event_id=event_id, person_id=helper_id, allowed=DOOR_TEAM)
    event = await find_event(connection, event_id=event_id)
    answers: list[CheckIn | DomainError] = []
    for scan in scans:
        if isinstance(scan, DomainError):
            answers.append(scan)
            continue
        try:
            answers.append(await _check_in(connection, event=event, helper_id=helper_id, scan=scan, now=now))
        except DomainError as refusal:
            answers.append(refusal)
    return answers


async def undo_check_in(
    connection: Connection, *, event_id: UUID, check_in_id: UUID, helper_id: UUID, now: datetime
) -> CheckIn:
    """Take one check-in or check-out back: the state is again what the rest of that day's log says.

    Undoing the same one again answers the same. Raises `NotAllowed`, `NotFound`, and `InputNotValid` for a refused
    scan and for another day's.
    """
    await require_role(connection, event_id=event_id, person_id=helper_id, allowed=DOOR_TEAM)
    event = await find_event(connection, event_id=event_id)
    async with connection.transaction():
        told = await queries.select_check_in(connection, event_id=event_id, check_in_id=check_in_id)
        if told is None:
            raise NotFound
        if told.verdict not in COUNTED or told.registration_id is None:
            raise InputNotValid("checkIn", "Only somebody who was let in or out can be undone. Nothing was changed.")
        holder = await tickets.lock_registration(connection, event_id=event_id, registration_id=told.registration_id)
        if holder is None:
            raise NotFound
        scans = await queries.select_scans_of_day(
            connection, event_id=event_id, registration_id=holder.registration_id, day=told.day
        )
        undo_id = next((scan.undone_by for scan in scans if scan.id == check_in_id), None)
        if undo_id is None:
            if event.day_of(now) != told.day:
                raise InputNotValid("checkIn", "That was on another day, and its figures stand. Nothing was changed.")
            undo_id = next_id(scans)
            before, after = presence(scans), presence(without(scans, check_in_id, by=undo_id))
            await queries.insert_undo(
                connection, event_id=event_id, check_in_id=check_in_id, undo_id=undo_id, helper_id=helper_id,
                told=after.first, now=now,
            )  # fmt: skip
            await _settle(
                connection, event_id=event_id, day=told.day, holder=holder, before=before, after=after, key=undo_id
            )
            CHECK_INS.labels(CheckInVerdict.UNDONE).inc()
    undone = await queries.select_check_in(connection, event_id=event_id, check_in_id=undo_id)
    if undone is None:
        raise NotFound
    return undone


async def _check_in(connection: Connection, *, event: Event, helper_id: UUID, scan: DoorScan, now: datetime) -> CheckIn:
    if not scan.code.strip() and scan.registration_id is None:
        raise InputNotValid("checkIn.code", "Scan a ticket, or type the code below it.")
    content = _content_hash(event.id, scan)
    told = await queries.select_check_in_by_key(connection, event_id=event.id, door_id=scan.door_id, key=scan.key)
    if told is None:
        await _judge_and_log(connection, event=event, helper_id=helper_id, scan=scan, content=content, now=now)
        told = await queries.select_check_in_by_key(connection, event_id=event.id, door_id=scan.door_id, key=scan.key)
    if told is None:
        raise NotFound  # the registration was erased, and its log with it, a moment ago
    if told.content_hash != content:
        raise KeyReused
    return told


async def _judge_and_log(
    connection: Connection, *, event: Event, helper_id: UUID, scan: DoorScan, content: bytes, now: datetime
) -> None:
    """Judge the scan, log it, and do what follows from it, all in one transaction. A second of its key does nothing."""
    happened_at = scan.happened_at(event, now)
    day = event.day_of(happened_at)
    scans: list[LoggedScan] = []
    async with connection.transaction():
        holder = await _find_holder(connection, event_id=event.id, scan=scan)
        if holder is not None:
            scans = await queries.select_scans_of_day(
                connection, event_id=event.id, registration_id=holder.registration_id, day=day
            )
        check_in_id = next_id(scans)
        new = LoggedScan(check_in_id, scan.door_id, scan.direction, None, happened_at, scan.scanned_at)
        before, after = presence(scans), presence([*scans, new])
        if holder is None:
            verdict = await _why_not(connection, event_id=event.id, helper_id=helper_id, code=scan.code)
        else:
            verdict = judge(before, after, scan.direction, is_cancelled=holder.is_cancelled)
        try:
            is_first = await queries.insert_check_in(
                connection, event_id=event.id, check_in_id=check_in_id, helper_id=helper_id, scan=scan,
                content_hash=content, registration_id=holder.registration_id if holder else None, day=day,
                verdict=verdict, happened_at=happened_at, told=before.first, now=now,
            )  # fmt: skip
        except asyncpg.ForeignKeyViolationError as error:
            if violated(error, "check_ins_at_door"):
                raise NotFound from error
            raise
        if is_first and holder is not None and verdict in COUNTED:
            await _settle(
                connection, event_id=event.id, day=day, holder=holder, before=before, after=after, key=scan.key
            )
    if is_first:
        CHECK_INS.labels(verdict).inc()


async def _find_holder(connection: Connection, *, event_id: UUID, scan: DoorScan) -> Ticketholder | None:
    """Whose ticket it is, locked until the transaction ends. Raises `NotFound` for somebody named who is not there."""
    if scan.registration_id is None:
        return await tickets.lock_ticketholder(
            connection, event_id=event_id, ticket_hashes=_ticket_hashes(event_id, scan.code)
        )
    holder = await tickets.lock_registration(connection, event_id=event_id, registration_id=scan.registration_id)
    if holder is None:
        raise NotFound
    return holder


async def _why_not(connection: Connection, *, event_id: UUID, helper_id: UUID, code: str) -> CheckInVerdict:
    """Why no ticket of this event was found. Of other events only those are told of where the helper helps too."""
    badge = read_badge(code)
    if badge is not None and await tickets.select_is_badge(
        connection, event_id=event_id, token_hash=token_hash(badge), code_hash=code_hash(event_id, badge)
    ):
        return CheckInVerdict.NOT_A_TICKET
    others = await tickets.select_other_events(connection, person_id=helper_id, event_id=event_id)
    hashes = [(other, each) for other in others for each in _ticket_hashes(other, code)]
    if hashes and await tickets.select_is_ticket(connection, hashes=hashes):
        return CheckInVerdict.WRONG_EVENT
    return CheckInVerdict.NOT_RECOGNISED


async def _settle(
    connection: Connection,
    *,
    event_id: UUID,
    day: date,
    holder: Ticketholder,
    before: Presence,
    after: Presence,
    key: UUID,
) -> None:
    """Write down what the log now says of this person and day, and move the counters by the difference."""
    if after == before:
        return
    if after.first is None:
        await queries.delete_admission(connection, event_id=event_id, day=day, registration_id=holder.registration_id)
    else:
        await queries.upsert_admission(
            connection, event_id=event_id, day=day, registration_id=holder.registration_id, state=after,
            first=after.first,
        )  # fmt: skip
    added = change(tally(before, is_walk_in=holder.is_walk_in), tally(after, is_walk_in=holder.is_walk_in))
    if added:
        await queries.add_to_counters(
            connection, event_id=event_id, day=day, slot=key.bytes[-1] % COUNTER_SLOTS, added=added
        )
    await wake(connection, topic_of(event_id))


def _ticket_hashes(event_id: UUID, code: str) -> list[bytes]:
    """How the ticket may stand in the database: as it was read, and without what people add when they type."""
    return [ticket_hash(event_id, text) for text in dict.fromkeys((code, code.strip(), read_ticket(code)))]


def _content_hash(event_id: UUID, scan: DoorScan) -> bytes:
    """What must be the same when a key comes again: whose ticket, and which way. Times and network may differ."""
    what = scan.registration_id.bytes if scan.registration_id else ticket_hash(event_id, read_ticket(scan.code))
    return hashlib.sha256(b"handsel/check-in\0" + scan.direction.encode() + b"\0" + what).digest()
