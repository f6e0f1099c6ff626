"""Letting people in and out at the doors of an event. Every scan is judged once and stands in the log for ever.

The log is the truth. Who is in, and the counters, are worked out from it in the same transaction.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from prometheus_client import Counter

from server.badges.tokens import read_ticket, ticket_hash
from server.db import Connection
from server.doors import queries
from server.doors.keepers import (
    DoorTask,
    Keeper,
    as_told,
    held_by,
    require_good,
    require_good_then,
    require_keeper,
    require_simple_scan,
    scanned_by,
)
from server.doors.models import COUNTED, CheckIn, CheckInVerdict, DoorScan, Ticketholder
from server.doors.tickets import queries as tickets
from server.doors.tickets.reading import find_holder, why_not
from server.doors.timeline import LoggedScan, Presence, change, judge, next_id, presence, tally, without
from server.errors import DomainError, InputNotValid, KeyReused, NotFound
from server.events.models import DOOR_TEAM, Event, attendance_topic
from server.events.operations import find_event, require_role
from server.live import wake

#: The counters of a door and minute lie in this many rows, so that phones at one door do not queue on one.
COUNTER_SLOTS = 4

CHECK_INS = Counter("handsel_check_ins", "Scans judged at doors, by verdict.", ["verdict"])


def topic_of(event_id: UUID) -> str:
    """What is woken when the attendance of an event changes, or who may see it."""
    return attendance_topic(event_id)


async def find_check_in(connection: Connection, *, event_id: UUID, check_in_id: UUID, person_id: UUID) -> CheckIn:
    """One line of the doors' log, as it was told then, for the door team. Raises `NotAllowed` and `NotFound`."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=DOOR_TEAM)
    told = await queries.select_check_in(connection, event_id=event_id, check_in_id=check_in_id)
    if told is None:
        raise NotFound
    return told


async def check_in(connection: Connection, *, event_id: UUID, keeper: Keeper, scan: DoorScan, now: datetime) -> CheckIn:
    """The verdict on one scan; the same key at the same door again answers as it did the first time.

    Of all scans of one coming exactly one is ADMITTED, however many doors read the ticket at once. A phone that was
    taken off its door may send for a day what it had scanned before. Raises `NotAllowed`, `NotFound` (event, door or
    registration), `KeyReused`, `InputNotValid`, and what ends a phone.
    """
    await require_keeper(connection, event_id=event_id, keeper=keeper, task=DoorTask.CHECK_IN, now=now)
    require_simple_scan(keeper, scan)
    event = await find_event(connection, event_id=event_id)
    require_good_then(keeper, happened_at=scan.happened_at(event, now), now=now)
    return as_told(keeper, await _check_in(connection, event=event, keeper=keeper, scan=scan, now=now))


async def replay_check_ins(
    connection: Connection, *, event_id: UUID, keeper: Keeper, scans: Sequence[DoorScan | DomainError], now: datetime
) -> list[CheckIn | DomainError]:
    """One answer for each scan of a phone's queue, in the order given; a refusal among them stops none of the others.

    Each scan has a transaction of its own, so that a long queue keeps no other door waiting and what was answered
    stays. What could not even be read comes in as its refusal and goes out as it came. A phone that was taken off its
    door may send for a day what it had scanned before. Raises `NotAllowed`, `NotFound` for the event, and what ends a
    phone.
    """
    await require_keeper(connection, event_id=event_id, keeper=keeper, task=DoorTask.REPLAY, now=now)
    event = await find_event(connection, event_id=event_id)
    answers: list[CheckIn | DomainError] = []
    for scan in scans:
        if isinstance(scan, DomainError):
            answers.append(scan)
            continue
        try:
            require_simple_scan(keeper, scan)
            told = await _check_in(connection, event=event, keeper=keeper, scan=scan, now=now)
            answers.append(as_told(keeper, told))
        except DomainError as refusal:
            answers.append(refusal)
    return answers


async def undo_check_in(
    connection: Connection, *, event_id: UUID, check_in_id: UUID, keeper: Keeper, now: datetime
) -> CheckIn:
    """Take one check-in or check-out back: the state is again what the rest of that day's log says.

    Undoing the same one again answers the same. Raises `NotAllowed`, `NotFound`, for a phone also of what others
    scanned at another door than its own, and `InputNotValid` for a refused scan and for another day's. A phone that was
    taken off its door may for a day take back what came in with its queue.
    """
    await require_keeper(connection, event_id=event_id, keeper=keeper, task=DoorTask.UNDO, now=now)
    event = await find_event(connection, event_id=event_id)
    own_since = None
    if keeper.phone is not None:
        own_since = await queries.select_came_in(
            connection, event_id=event_id, check_in_id=check_in_id, phone_id=keeper.phone.id
        )
        if (ended_at := keeper.phone.ended_at(now)) is not None:
            require_good(keeper.phone, is_replay=own_since is not None and own_since > ended_at, now=now)
    async with connection.transaction():
        told = await queries.select_check_in(connection, event_id=event_id, check_in_id=check_in_id)
        is_elsewhere = keeper.phone is not None and told is not None and told.at_door_id != keeper.phone.door_id
        if told is None or (is_elsewhere and own_since is None):
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
                connection, event_id=event_id, check_in_id=check_in_id, undo_id=undo_id, by=held_by(keeper),
                told=after.first, now=now,
            )  # fmt: skip
            await _settle(
                connection, event_id=event_id, day=told.day, holder=holder, before=before, after=after, key=undo_id
            )
            await wake(connection, topic_of(event_id))
            CHECK_INS.labels(CheckInVerdict.UNDONE).inc()
    undone = await queries.select_check_in(connection, event_id=event_id, check_in_id=undo_id)
    if undone is None:
        raise NotFound
    return undone


async def _check_in(connection: Connection, *, event: Event, keeper: Keeper, scan: DoorScan, now: datetime) -> CheckIn:
    if not scan.code.strip() and scan.registration_id is None and scan.walk_in_key is None:
        raise InputNotValid("checkIn.code", "Scan a ticket, or type the code below it.")
    content = _content_hash(event.id, scan)
    told = await queries.select_check_in_by_key(connection, event_id=event.id, door_id=scan.door_id, key=scan.key)
    if told is None:
        await _judge_and_log(connection, event=event, keeper=keeper, scan=scan, content=content, now=now)
        told = await queries.select_check_in_by_key(connection, event_id=event.id, door_id=scan.door_id, key=scan.key)
    if told is None:
        raise NotFound  # the door had been removed, or the registration was erased, and its log with it, a moment ago
    if told.content_hash != content:
        raise KeyReused
    if scan.is_offline and scan.shown is not None and not told.is_offline:
        await _add_shown(connection, event_id=event.id, scan=scan, shown=scan.shown)
    return told


async def _add_shown(connection: Connection, *, event_id: UUID, scan: DoorScan, shown: CheckInVerdict) -> None:
    """The answer to this scan never reached the phone: note what it told its helper instead."""
    if await queries.add_shown(connection, event_id=event_id, door_id=scan.door_id, key=scan.key, shown=shown):
        await wake(connection, topic_of(event_id))


async def _judge_and_log(
    connection: Connection, *, event: Event, keeper: Keeper, scan: DoorScan, content: bytes, now: datetime
) -> None:
    """Judge the scan, log it, and do what follows from it, all in one transaction. A second of its key does nothing."""
    happened_at = scan.happened_at(event, now)
    day = event.day_of(happened_at)
    by = await scanned_by(connection, keeper=keeper, place_id=scan.door_id, happened_at=happened_at, now=now)
    scans: list[LoggedScan] = []
    async with connection.transaction():
        holder = await find_holder(connection, event=event, scan=scan, happened_at=happened_at)
        if holder is not None:
            scans = await queries.select_scans_of_day(
                connection, event_id=event.id, registration_id=holder.registration_id, day=day
            )
        check_in_id = next_id(scans)
        new = LoggedScan(check_in_id, scan.door_id, scan.direction, None, happened_at, scan.scanned_at)
        before, after = presence(scans), presence([*scans, new])
        if holder is None:
            verdict = await why_not(connection, event=event, vouched_by=keeper.vouched_by, code=scan.code)
        else:
            verdict = judge(before, after, scan.direction, is_cancelled=holder.is_cancelled)
        is_first = await queries.insert_check_in(
            connection, event_id=event.id, check_in_id=check_in_id, by=by, scan=scan, content_hash=content,
            registration_id=holder.registration_id if holder else None, day=day, verdict=verdict,
            happened_at=happened_at, told=before.first, now=now,
        )  # fmt: skip
        if is_first and holder is not None and verdict in COUNTED:
            await _settle(
                connection, event_id=event.id, day=day, holder=holder, before=before, after=after, key=scan.key
            )
        if is_first:
            await wake(connection, topic_of(event.id))  # refused scans too: the desk sees the last of the log
    if is_first:
        CHECK_INS.labels(verdict).inc()


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


def _content_hash(event_id: UUID, scan: DoorScan) -> bytes:
    """What must be the same when a key comes again: whose ticket, and which way. Times and network may differ."""
    named = scan.registration_id or scan.walk_in_key
    what = named.bytes if named else ticket_hash(event_id, read_ticket(scan.code))
    return hashlib.sha256(b"handsel/check-in\0" + scan.direction.encode() + b"\0" + what).digest()
