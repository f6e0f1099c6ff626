"""Proves counters and admissions against the log. It tells of differences and changes nothing."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from uuid import UUID

from server.attendance import queries
from server.attendance.models import CounterDifference, MinuteAtDoor, Proof
from server.db import Connection
from server.doors.timeline import Count, LoggedScan, Presence, Tally, presence, tally

#: Doors that were offline send what they kept for a day or two.
PROVED_FOR = timedelta(days=3)


async def prove_counters(connection: Connection, *, event_id: UUID, day: date) -> Proof:
    """Recount a day from its log and compare. Check-ins may go on meanwhile: all is read at one moment.

    Not inside another transaction: it needs one of its own.
    """
    proved = Tally()
    differing: list[UUID] = []
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        kept = _tally_kept(await queries.select_counters(connection, event_id=event_id, day=day))
        admissions = await queries.select_admissions(connection, event_id=event_id, day=day)
        async for registration_id, is_walk_in, scans in _by_registration(connection, event_id=event_id, day=day):
            state = presence(scans)
            proved.update(tally(state, is_walk_in=is_walk_in))
            if admissions.pop(registration_id, None) != _admission(state):
                differing.append(registration_id)
    places = sorted({*kept, *proved}, key=lambda place: (place[1], place[0], place[2]))
    return Proof(
        counters=tuple(
            CounterDifference(*place, kept=kept[place], proved=proved[place])
            for place in places
            if kept[place] != proved[place]
        ),
        admissions=(*differing, *admissions),
    )


async def prove_recent_days(connection: Connection, *, now: datetime) -> list[tuple[UUID, date, Proof]]:
    """Event, day and proof of each recent day whose counters differ from its log; none, when all is well.

    Once an event is aged, only its counters stay, and there is nothing to prove them by.
    """
    since = (now - PROVED_FOR).date()
    days = await queries.select_days_since(connection, since=since, now=now)
    proofs = [(event_id, day, await prove_counters(connection, event_id=event_id, day=day)) for event_id, day in days]
    return [(event_id, day, proof) for event_id, day, proof in proofs if not proof.holds]


async def _by_registration(
    connection: Connection, *, event_id: UUID, day: date
) -> AsyncIterator[tuple[UUID, bool, list[LoggedScan]]]:
    current: tuple[UUID, bool] | None = None
    scans: list[LoggedScan] = []
    async for registration_id, is_walk_in, scan in queries.select_log_of_day(connection, event_id=event_id, day=day):
        if current is not None and current[0] != registration_id:
            yield *current, scans
            scans = []
        current = registration_id, is_walk_in
        scans.append(scan)
    if current is not None:
        yield *current, scans


def _admission(state: Presence) -> tuple[object, ...] | None:
    """What should be kept of somebody; nothing when they were never admitted."""
    if state.first is None:
        return None
    return state.is_in, state.first.happened_at, state.last_seen_at, state.first.id, state.first.door_id


def _tally_kept(minutes: list[MinuteAtDoor]) -> Tally:
    kept = Tally()
    for each in minutes:
        kept[each.door_id, each.minute, Count.CAME] += each.came
        kept[each.door_id, each.minute, Count.WALK_INS] += each.walk_ins
        kept[each.door_id, each.minute, Count.ARRIVALS] += each.arrivals
        kept[each.door_id, each.minute, Count.DEPARTURES] += each.departures
    return kept
