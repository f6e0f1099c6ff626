"""Counting who is at a session, by badge or ticket. It counts and says so; it lets nobody into the event, keeps nobody
out, and feeds neither attendance nor swaps.

The log is the truth. The counts of a session are worked out from it in the same transaction.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from server.badges.tokens import code_hash, read_badge, read_ticket, ticket_hash, token_hash
from server.db import Connection
from server.doors.keepers import Keeper, held_by, require_good, require_good_then, scanned_by
from server.doors.models import CheckInVerdict, true_time
from server.doors.timeline import LoggedScan, Presence, judge, next_id, presence, without
from server.errors import DomainError, InputNotValid, KeyReused, NotFound
from server.events.models import Event
from server.events.operations import find_event
from server.live import wake
from server.rooms.keepers import require_room_keeper
from server.rooms.models import AS_AT_A_DOOR, LoggedRoomScan, RoomCheckIn, RoomScan, RoomVerdict
from server.rooms.operations import topic_of
from server.rooms.queries import select_session
from server.rooms.scanning import queries

#: What a door's verdict on the same scan is called here. FULL stands beside these: it depends on all the others.
_IN_A_ROOM = {
    CheckInVerdict.ADMITTED: RoomVerdict.COUNTED,
    CheckInVerdict.ALREADY_IN: RoomVerdict.ALREADY,
    CheckInVerdict.CHECKED_OUT: RoomVerdict.LEFT,
}


async def check_in_to_room(
    connection: Connection, *, event_id: UUID, keeper: Keeper, scan: RoomScan, now: datetime
) -> RoomCheckIn:
    """Count one scan; the same key at the same session again answers as it did the first time.

    Of all scans of one coming exactly one counts. A phone that was taken off its room may send for a day what it had
    scanned before. Raises `NotAllowed`, `NotFound` (event or session), `KeyReused`, `InputNotValid`, and what ended it.
    """
    await require_room_keeper(connection, event_id=event_id, keeper=keeper, now=now, is_replay=True)
    event = await find_event(connection, event_id=event_id)
    happened_at = true_time(event, scanned_at=scan.scanned_at, sent_at=scan.sent_at, now=now)
    require_good_then(keeper, happened_at=happened_at, now=now)
    return await _check_in(connection, event=event, keeper=keeper, scan=scan, now=now)


async def replay_room_check_ins(
    connection: Connection, *, event_id: UUID, keeper: Keeper, scans: Sequence[RoomScan | DomainError], now: datetime
) -> list[RoomCheckIn | DomainError]:
    """One answer for each scan of a phone's queue, in the order given; a refusal among them stops none of the others.

    Each scan has a transaction of its own. What could not even be read comes in as its refusal and goes out as it
    came. Raises `NotAllowed` and `NotFound` for the event.
    """
    await require_room_keeper(connection, event_id=event_id, keeper=keeper, now=now, is_replay=True)
    event = await find_event(connection, event_id=event_id)
    answers: list[RoomCheckIn | DomainError] = []
    for scan in scans:
        if isinstance(scan, DomainError):
            answers.append(scan)
            continue
        try:
            answers.append(await _check_in(connection, event=event, keeper=keeper, scan=scan, now=now))
        except DomainError as refusal:
            answers.append(refusal)
    return answers


async def undo_room_check_in(
    connection: Connection, *, event_id: UUID, session_id: UUID, key: UUID, keeper: Keeper, now: datetime
) -> RoomCheckIn:
    """Take the scan of that key back: the counts are again what the rest of the log says. Twice is once.

    A phone takes back what was counted at its own session, and what it counted itself at another one before. Taken off
    its room it may for a day take back what came in with its queue. Raises `NotAllowed`, `NotFound`, `InputNotValid`
    for a scan that counted nobody, and what ended the phone.
    """
    await require_room_keeper(connection, event_id=event_id, keeper=keeper, now=now, is_replay=True)
    async with connection.transaction():
        await _hold(connection, event_id=event_id, session_id=session_id)
        told = await queries.select_scan_by_key(connection, event_id=event_id, session_id=session_id, key=key)
        _require_may_undo(keeper, session_id=session_id, told=told, now=now)
        if told is None:
            raise NotFound
        if told.verdict not in AS_AT_A_DOOR or told.registration_id is None:
            raise InputNotValid("key", "Only somebody who was counted can be taken back. Nothing was changed.")
        if told.undone_by is None:
            scans = await queries.select_scans(
                connection, event_id=event_id, registration_id=told.registration_id, session_id=session_id
            )
            undo_id = next_id(scans)
            await queries.insert_undo(
                connection, event_id=event_id, scan_id=told.id, undo_id=undo_id, by=held_by(keeper), now=now
            )
            after = presence(without(scans, told.id, by=undo_id))
            await _settle(connection, event_id, session_id, before=presence(scans), after=after)
    return await _tell(connection, event_id, session_id, told, verdict=RoomVerdict.UNDONE)


def _require_may_undo(keeper: Keeper, *, session_id: UUID, told: LoggedRoomScan | None, now: datetime) -> None:
    phone = keeper.phone
    if phone is None:
        return
    is_its_own = told is not None and told.phone_id == phone.id
    ended_at = phone.ended_at(now)
    came_since = told is not None and ended_at is not None and told.received_at > ended_at
    require_good(phone, is_replay=is_its_own and came_since, now=now)
    if phone.room_id != session_id and not is_its_own:
        raise NotFound


async def _check_in(
    connection: Connection, *, event: Event, keeper: Keeper, scan: RoomScan, now: datetime
) -> RoomCheckIn:
    if not scan.code.strip():
        raise InputNotValid("checkIn.code", "Scan a badge or a ticket, or type the code below it.")
    content = _content_hash(event.id, scan)
    of = {"event_id": event.id, "session_id": scan.session_id}
    told = await queries.select_scan_by_key(connection, **of, key=scan.key)
    if told is None:
        await _judge_and_log(connection, event=event, keeper=keeper, scan=scan, content=content, now=now)
        told = await queries.select_scan_by_key(connection, **of, key=scan.key)
    if told is None:
        raise NotFound  # the registration was erased, and its log with it, a moment ago
    if told.content_hash != content:
        raise KeyReused
    return await _tell(connection, event.id, scan.session_id, told, verdict=told.verdict)


async def _judge_and_log(
    connection: Connection, *, event: Event, keeper: Keeper, scan: RoomScan, content: bytes, now: datetime
) -> None:
    """Judge the scan, log it and move the counts, all in one transaction. A second of its key does nothing."""
    happened_at = true_time(event, scanned_at=scan.scanned_at, sent_at=scan.sent_at, now=now)
    by = await scanned_by(connection, keeper=keeper, place_id=scan.session_id, happened_at=happened_at, now=now)
    async with connection.transaction():
        capacity, here_now = await _hold(connection, event_id=event.id, session_id=scan.session_id)
        holder_id = await _find_holder(connection, event_id=event.id, scan=scan, happened_at=happened_at)
        scans: list[LoggedScan] = []
        if holder_id is not None:
            scans = await queries.select_scans(
                connection, event_id=event.id, registration_id=holder_id, session_id=scan.session_id
            )
        new = LoggedScan(next_id(scans), scan.session_id, scan.direction, None, happened_at, scan.scanned_at)
        before, after = presence(scans), presence([*scans, new])
        verdict = RoomVerdict.NOT_RECOGNISED
        if holder_id is not None:
            verdict = _IN_A_ROOM[judge(before, after, scan.direction, is_cancelled=False)]
        if verdict is RoomVerdict.COUNTED and capacity is not None and here_now >= capacity:
            verdict = RoomVerdict.FULL
        is_first = await queries.insert_scan(
            connection, event_id=event.id, scan_id=new.id, by=by, scan=scan, content_hash=content,
            registration_id=holder_id, verdict=verdict, happened_at=happened_at, now=now,
        )  # fmt: skip
        if is_first and holder_id is not None:
            await _settle(connection, event.id, scan.session_id, before=before, after=after)


async def _hold(connection: Connection, *, event_id: UUID, session_id: UUID) -> tuple[int | None, int]:
    """Lock the session: how many it takes, and how many are here. Raises `NotFound`."""
    held = await queries.lock_session(connection, event_id=event_id, session_id=session_id)
    if held is None:
        raise NotFound
    return held


async def _find_holder(connection: Connection, *, event_id: UUID, scan: RoomScan, happened_at: datetime) -> UUID | None:
    code = scan.code
    badge = read_badge(code)
    return await queries.select_holder(
        connection,
        event_id=event_id,
        session_id=scan.session_id,
        ticket_hashes=[ticket_hash(event_id, text) for text in dict.fromkeys((code, code.strip(), read_ticket(code)))],
        token_hash=None if badge is None else token_hash(badge),
        code_hash=None if badge is None else code_hash(event_id, badge),
        at=happened_at,
    )


async def _settle(
    connection: Connection, event_id: UUID, session_id: UUID, *, before: Presence, after: Presence
) -> None:
    """Move the counts by what the log now says otherwise of one person; each has come once, however often they come."""
    came = (after.first is not None) - (before.first is not None)
    here_now = after.is_in - before.is_in
    if came or here_now:
        await queries.add_to_counts(connection, event_id=event_id, session_id=session_id, came=came, here_now=here_now)
        await wake(connection, topic_of(event_id))


async def _tell(
    connection: Connection, event_id: UUID, session_id: UUID, told: LoggedRoomScan, *, verdict: RoomVerdict
) -> RoomCheckIn:
    session = await select_session(connection, event_id=event_id, session_id=session_id)
    if session is None:
        raise NotFound
    return RoomCheckIn(told.key, verdict, told.name, told.is_offline, session)


def _content_hash(event_id: UUID, scan: RoomScan) -> bytes:
    """What must be the same when a key comes again: whose code, and which way. Times and network may differ."""
    code = ticket_hash(event_id, read_badge(scan.code) or read_ticket(scan.code))
    return hashlib.sha256(b"handsel/room-check-in\0" + scan.direction.encode() + b"\0" + code).digest()
