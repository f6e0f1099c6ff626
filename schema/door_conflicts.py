"""Conflicts at the doors, the doors' log, and the word that something changed there."""

import base64
import binascii
import contextlib
from collections.abc import AsyncGenerator
from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema.context import Info
from schema.doors import row_of_event
from schema.ids import Kind, global_id, read_event, read_row
from schema.pages import PageInfo
from schema.problems import NotFound
from server.doors.conflicts import models, operations
from server.doors.log import operations as log
from server.doors.log.models import DoorLogFilter, LogLine, LogPlace
from server.doors.models import CheckInDirection, CheckInVerdict
from server.doors.watching import DoorWatcher, watch_doors
from server.errors import InputNotValid as InputRefused

strawberry.enum(
    DoorLogFilter, description="Which lines of the doors' log: refused scans, those made offline, or undoings."
)


@strawberry.type(description="One of the scans of a conflict.")
class DoorConflictScan:
    check_in: strawberry.ID = strawberry.field(description="Its line in the log; to be undone by.")
    door: str = strawberry.field(description="The name of the door.")
    helper: str | None = strawberry.field(description="Who scanned; null for somebody of the team without a name.")
    scanned_at: datetime = strawberry.field(description="When it truly was, whatever the phone's clock said.")
    received_at: datetime = strawberry.field(description="When the server heard of it.")
    offline: bool = strawberry.field(description="Whether the phone judged by itself.")
    shown: CheckInVerdict | None = strawberry.field(description="What the phone then told its helper.")
    verdict: CheckInVerdict = strawberry.field(description="What the server says of it.")

    @classmethod
    def from_model(cls, scan: models.ToldScan, event_id: UUID) -> "DoorConflictScan":
        return cls(
            check_in=global_id(Kind.CHECK_IN, scan.id, event_id),
            door=scan.door_name,
            helper=scan.helper_name,
            scanned_at=scan.happened_at,
            received_at=scan.received_at,
            offline=scan.is_offline,
            shown=scan.shown,
            verdict=scan.verdict,
        )


@strawberry.type(
    description="Two scans of one ticket on one coming that both let somebody in, one of them without a network."
)
class DoorConflict:
    id: strawberry.ID = strawberry.field(description="The check-in of the first of them.")
    name: str = strawberry.field(description="Whose ticket it is.")
    ticket_type: str | None = strawberry.field(description="The kind of ticket, in the organizer's words.")
    found_at: datetime = strawberry.field(description="When the server heard of the second one.")
    scans: list[DoorConflictScan] = strawberry.field(description="The scans that let somebody in, in true order.")
    seen_at: datetime | None = strawberry.field(description="When the desk saw it; null while a scan in it is new.")
    seen_by: str | None = strawberry.field(description="Who that was; null also for somebody without a name.")

    @classmethod
    def from_model(cls, conflict: models.Conflict) -> "DoorConflict":
        seen = conflict.seen
        return cls(
            id=global_id(Kind.CHECK_IN, conflict.id, conflict.event_id),
            name=conflict.name,
            ticket_type=conflict.ticket_type,
            found_at=conflict.found_at,
            scans=[DoorConflictScan.from_model(each, conflict.event_id) for each in conflict.scans],
            seen_at=None if seen is None else seen.seen_at,
            seen_by=None if seen is None else seen.seen_by,
        )


@strawberry.type(description="One line of the doors' log: a scan, or the undoing of one.")
class DoorLogEntry:
    check_in: strawberry.ID = strawberry.field(description="The check-in that it is.")
    direction: CheckInDirection | None = strawberry.field(description="In or out; null for an undoing.")
    verdict: CheckInVerdict = strawberry.field(description="What the server said of it.")
    shown: CheckInVerdict | None = strawberry.field(description="What a phone that judged by itself told its helper.")
    offline: bool = strawberry.field(description="Whether the phone had no network when it scanned.")
    undone: bool = strawberry.field(description="Whether it was undone later.")
    scanned_at: datetime = strawberry.field(description="When it truly was, whatever the phone's clock said.")
    received_at: datetime = strawberry.field(description="When the server heard of it.")
    name: str | None = strawberry.field(description="Whose ticket it is; null when it was nobody's.")
    ticket_type: str | None = strawberry.field(description="The kind of ticket, in the organizer's words.")
    door: str = strawberry.field(description="The name of the door.")
    helper: str | None = strawberry.field(description="Who scanned; null for somebody of the team without a name.")
    phone: strawberry.ID | None = strawberry.field(description="The paired phone it was scanned with; null without.")

    @classmethod
    def from_model(cls, line: LogLine) -> "DoorLogEntry":
        return cls(
            check_in=global_id(Kind.CHECK_IN, line.place.id, line.event_id),
            direction=line.direction,
            verdict=line.verdict,
            shown=line.shown,
            offline=line.is_offline,
            undone=line.is_undone,
            scanned_at=line.happened_at,
            received_at=line.place.received_at,
            name=line.name,
            ticket_type=line.ticket_type,
            door=line.door_name,
            helper=line.helper_name,
            phone=None if line.phone_id is None else global_id(Kind.DOOR_PHONE, line.phone_id, line.event_id),
        )


@strawberry.type(description="A line of the log, with its cursor.")
class DoorLogEdge:
    cursor: str = strawberry.field(description="To go on from.")
    node: DoorLogEntry = strawberry.field(description="The line.")


@strawberry.type(description="A page of the doors' log, newest first.")
class DoorLogConnection:
    edges: list[DoorLogEdge] = strawberry.field(description="The lines of this page.")
    page_info: PageInfo = strawberry.field(description="Where the page lies in the whole.")


@strawberry.type(description="Something at the doors of an event may have changed: ask for it.")
class DoorsChanged:
    event: strawberry.ID = strawberry.field(description="The event.")


MarkConflictSeenResult = Annotated[
    DoorConflict | NotFound,
    strawberry.union("MarkConflictSeenResult", description="The conflict, or there is none any more."),
]


@strawberry.type
class DoorConflictsQuery:
    @strawberry.field(
        description="The conflicts at an event's doors on a day, those found last first; without a day today's, and "
        "those of other days that nobody has seen yet. The door team sees all, a paired phone those of its own door."
    )
    async def door_conflicts(self, info: Info, event: strawberry.ID, on: date | None = None) -> list[DoorConflict]:
        event_id = read_event(event)
        keeper = await info.context.reader(event_id)
        async with info.context.pool.acquire() as connection:
            found = await operations.list_conflicts(
                connection, event_id=event_id, keeper=keeper, on=on, now=info.context.now
            )
        return [DoorConflict.from_model(each) for each in found]

    @strawberry.field(
        description="The doors' log of a day, or of today, for organizers: every scan, refused ones too, at most 100 "
        "at once."
    )
    async def door_log(
        self,
        info: Info,
        event: strawberry.ID,
        on: date | None = None,
        door: strawberry.ID | None = None,
        show: DoorLogFilter | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> DoorLogConnection:
        viewer = info.context.signed_in()
        event_id = read_event(event)
        async with info.context.pool.acquire() as connection:
            page = await log.read_log(
                connection,
                event_id=event_id,
                person_id=viewer.person_id,
                on=on,
                door_id=None if door is None else row_of_event(door, Kind.DOOR, event_id),
                show=show,
                first=first,
                after=None if after is None else _read_cursor(after),
                now=info.context.now,
            )
        edges = [DoorLogEdge(cursor=_cursor(line.place), node=DoorLogEntry.from_model(line)) for line in page.lines]
        return DoorLogConnection(edges=edges, page_info=PageInfo.of(edges, has_next=page.has_next, after=after))


@strawberry.type
class DoorConflictsMutation:
    @strawberry.mutation(
        description="The desk has seen a conflict, for the door team that is signed in. It stays in the list; one more "
        "scan in it is news again."
    )
    async def mark_conflict_seen(self, info: Info, conflict: strawberry.ID) -> MarkConflictSeenResult:
        viewer = info.context.signed_in()
        event_id, check_in_id = read_row(conflict, Kind.CHECK_IN)
        async with info.context.pool.acquire() as connection:
            seen = await operations.mark_seen(
                connection,
                event_id=event_id,
                check_in_id=check_in_id,
                person_id=viewer.person_id,
                now=info.context.now,
            )
        return DoorConflict.from_model(seen)


@strawberry.type
class DoorConflictsSubscription:
    @strawberry.subscription(
        description="Roster or conflicts may have changed; at most once a second, at least every twenty. For the door "
        "team and for paired phones; it ends with their role, session or pairing."
    )
    async def door_changed(self, info: Info, event: strawberry.ID) -> AsyncGenerator[DoorsChanged, None]:
        context, event_id = info.context, read_event(event)
        keeper = await context.reader(event_id)
        is_phone = keeper.phone is not None
        watcher = DoorWatcher(
            event_id=event_id,
            phone_token=context.door_cookie if is_phone else None,
            person_id=keeper.person_id,
            session_id=None if is_phone or context.viewer is None else context.viewer.session_id,
        )
        services = context.services
        words = watch_doors(services.pool, services.live, watcher=watcher, clock=services.clock)
        async with contextlib.aclosing(words):
            async for changed in words:
                yield DoorsChanged(event=global_id(Kind.EVENT, changed))


def _cursor(place: LogPlace) -> str:
    return base64.urlsafe_b64encode(f"{place.received_at.isoformat()} {place.id}".encode()).decode()


def _read_cursor(cursor: str) -> LogPlace:
    """Raises `InputNotValid` for a cursor this server did not make."""
    try:
        at, _, line_id = base64.b64decode(cursor, altchars=b"-_", validate=True).decode().partition(" ")
        return LogPlace(datetime.fromisoformat(at).astimezone(UTC), UUID(line_id))
    except (binascii.Error, ValueError, OverflowError) as error:
        raise InputRefused("after", "That is not the cursor of a line.") from error
