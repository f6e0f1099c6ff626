"""Conflicts at the doors: told to the doors concerned and to the desk, which marks them as seen. Nobody else hears."""

from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from server.db import Connection
from server.doors.conflicts import queries
from server.doors.conflicts.models import Conflict
from server.doors.conflicts.rule import conflicts_of
from server.doors.keepers import DoorTask, Keeper, require_keeper
from server.doors.operations import find_check_in, topic_of
from server.errors import NotFound
from server.events.operations import find_event
from server.live import wake


async def list_conflicts(
    connection: Connection, *, event_id: UUID, keeper: Keeper, on: date | None, now: datetime
) -> list[Conflict]:
    """The conflicts of a day, those found last first; to a phone those of its own door.

    Without `on` today's, and those of the days before that nobody has seen yet: a phone may come back to a network only
    the next morning. Raises `NotAllowed`, `NotFound` and what ends a phone.
    """
    await require_keeper(connection, event_id=event_id, keeper=keeper, task=DoorTask.CONFLICTS, now=now)
    event = await find_event(connection, event_id=event_id)
    today = event.day_of(now)
    found = await _read(connection, event_id=event_id, day=on)
    found = [each for each in found if on is not None or each.day == today or each.seen is None]
    if keeper.phone is None:
        return found
    own = keeper.phone.door_id
    return [each for each in found if any(scan.door_id == own for scan in each.scans)]


async def mark_seen(
    connection: Connection, *, event_id: UUID, check_in_id: UUID, person_id: UUID, now: datetime
) -> Conflict:
    """The desk has seen the conflict that this check-in is in. A further scan in it is news again.

    For the door team that is signed in. Raises `NotAllowed`, and `NotFound` also for a check-in without a conflict.
    """
    told = await find_check_in(connection, event_id=event_id, check_in_id=check_in_id, person_id=person_id)
    conflict = await _conflict_of(connection, event_id=event_id, day=told.day, check_in_id=check_in_id)
    async with connection.transaction():
        await queries.insert_seen(
            connection, event_id=event_id, check_in_ids=[scan.id for scan in conflict.scans], person_id=person_id,
            now=now,
        )  # fmt: skip
        await wake(connection, topic_of(event_id))
    return await _conflict_of(connection, event_id=event_id, day=told.day, check_in_id=check_in_id)


async def _conflict_of(connection: Connection, *, event_id: UUID, day: date, check_in_id: UUID) -> Conflict:
    for each in await _read(connection, event_id=event_id, day=day):
        if any(scan.id == check_in_id for scan in each.scans):
            return each
    raise NotFound


async def _read(connection: Connection, *, event_id: UUID, day: date | None) -> list[Conflict]:
    rows = await queries.select_suspects(connection, event_id=event_id, day=day)
    found = [
        Conflict(event_id, registration_id, day, name, ticket_type, scans)
        for (registration_id, day, name, ticket_type), of_one in groupby(rows, key=lambda row: row[:4])
        for scans in conflicts_of(scan for *_, scan in of_one)
    ]
    return sorted(found, key=lambda each: (each.found_at, each.id), reverse=True)
