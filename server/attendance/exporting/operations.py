"""Exports of attendance for an event's organizers: asked for, fetched by whoever asked, gone after a day. That they
were asked for is a log which every organizer of the event sees. Nobody else asks for one, fetches one or sees the log.
"""

from datetime import datetime, timedelta
from uuid import UUID

from server.attendance.exporting import queries
from server.attendance.exporting.errors import ExportNotReady, TooManyExports, WhoCameIsGone
from server.attendance.exporting.models import Export, ExportRequest
from server.attendance.operations import count_attendance
from server.db import Connection
from server.errors import InputNotValid, KeyReused, NotFound
from server.events.models import ORGANIZERS
from server.events.operations import find_event_by_slug, require_role
from server.limiter import Limiter
from server.queue import enqueue
from server.sealing import unseal
from server.secrets import Secrets

#: The job that writes one, and what its file is sealed as.
ATTENDANCE_EXPORT = "attendance export"
EXPORTS_PER_PERSON = "20/hour"
#: What was never made is given up; what was made is kept for a day.
WAITING_FOR = timedelta(hours=2)
KEPT_FOR = timedelta(days=1)
MOST_EXPORTS = 100


async def ask_for_export(
    connection: Connection,
    *,
    event_id: UUID,
    person_id: UUID,
    key: UUID,
    request: ExportRequest,
    limiter: Limiter,
    now: datetime,
) -> Export:
    """A file to be written; the same key again answers it as it is.

    Raises `NotAllowed`, `NotFound` for the event, `InputNotValid` for a day that is none of the event's,
    `WhoCameIsGone`, `KeyReused`, and `TooManyExports`.
    """
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    known = await queries.select_export(connection, event_id=event_id, export_id=key, now=now)
    if known is None:
        attendance = await count_attendance(connection, event_id=event_id, on=request.day, now=now)
        if request.day is not None and request.day not in attendance.days:
            raise InputNotValid("on", "Choose a day of the event, or leave the day out for all of them.")
        if attendance.summary.is_aged:
            raise WhoCameIsGone
        if not await limiter.allows(EXPORTS_PER_PERSON, "attendance exports", str(person_id)):
            raise TooManyExports(
                await limiter.seconds_to_wait(
                    EXPORTS_PER_PERSON, "attendance exports", str(person_id), now=now.timestamp()
                )
            )
        async with connection.transaction():
            is_new = await queries.insert_export(
                connection, event_id=event_id, export_id=key, person_id=person_id, request=request, now=now,
                kept_until=now + WAITING_FOR,
            )  # fmt: skip
            if is_new:
                name = f"{ATTENDANCE_EXPORT}/{event_id}/{key}"
                await enqueue(connection, ATTENDANCE_EXPORT, key=name, event=event_id, export=key)
        known = await find_export(connection, event_id=event_id, export_id=key, person_id=person_id, now=now)
    if known.person_id != person_id or known.request != request:
        raise KeyReused
    return known


async def find_export(
    connection: Connection, *, event_id: UUID, export_id: UUID, person_id: UUID, now: datetime
) -> Export:
    """One line of the log. Raises `NotFound`, and `NotAllowed` for who does not organize the event."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    found = await queries.select_export(connection, event_id=event_id, export_id=export_id, now=now)
    if found is None:
        raise NotFound
    return found


async def list_exports(
    connection: Connection, *, event_id: UUID, person_id: UUID, first: int, now: datetime
) -> list[Export]:
    """Who exported what, the newest first. Raises `NotAllowed`, `NotFound` and `InputNotValid`."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    if not 1 <= first <= MOST_EXPORTS:
        raise InputNotValid("first", f"Ask for 1 to {MOST_EXPORTS} exports at once.")
    return await queries.select_exports(connection, event_id=event_id, now=now, limit=first)


async def hand_over(
    connection: Connection, *, slug: str, person_id: UUID, export_id: UUID, secrets: Secrets, now: datetime
) -> tuple[bytes, ExportRequest]:
    """The finished file for the organizer who asked for it. The first time is noted in the log.

    Raises `NotAllowed`, `NotFound` also for what another organizer asked for, and `ExportNotReady`.
    """
    event = await find_event_by_slug(connection, slug=slug)
    if event is None:
        raise NotFound
    known = await find_export(connection, event_id=event.id, export_id=export_id, person_id=person_id, now=now)
    if known.person_id != person_id:
        raise NotFound
    made = await queries.take_sealed(connection, event_id=event.id, export_id=export_id, person_id=person_id, now=now)
    if made is None:
        raise ExportNotReady
    file = unseal(made.sealed, purpose=ATTENDANCE_EXPORT, event_id=event.id, key=export_id, secrets=secrets)
    return file, made.request


async def forget_old_files(connection: Connection, *, now: datetime) -> int:
    """Delete the files whose day is over, and keep the log; how many there were."""
    return await queries.delete_old_files(connection, now=now)
