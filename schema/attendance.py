"""Attendance for an event's organizers: figures, arrivals, rows, and all of it live. Nobody else sees any of it."""

import contextlib
from collections.abc import AsyncGenerator
from datetime import date, datetime
from uuid import UUID

import strawberry

import schema.registrations  # noqa: F401 - describes RegistrationState, which has to come before its use here
from schema.closer_attendance import AttendancePeak, LastScan, TicketTypeAttendance, TypicalStay
from schema.context import Info
from schema.doors import Door
from schema.editions import WIDEST_BUCKET_MINUTES, LastEdition
from schema.ids import Kind, global_id, read_event
from schema.nodes import Node
from schema.pages import PageInfo, cursor_by_name, read_cursor_by_name
from server.attendance import models, operations
from server.attendance.closer import operations as closer
from server.attendance.editions import operations as editions
from server.attendance.models import AttendanceFilter, RowPlace, RowsAsked
from server.errors import InputNotValid
from server.errors import NotFound as NothingThere
from server.registrations.models import RegistrationState

strawberry.enum(
    AttendanceFilter,
    description="Which rows of a day: in now, gone again, not come yet, come at all, or cancelled.",
)


@strawberry.type(description="What happened at the doors from `startsAt` on, for one bucket of minutes.")
class ArrivalBucket:
    starts_at: datetime = strawberry.field(description="When the bucket begins.")
    arrivals: int = strawberry.field(description="How many came in, re-entries included.")
    departures: int = strawberry.field(description="How many were scanned out.")


@strawberry.type(description="One registration on one day.")
class AttendanceRow(Node):
    registration: strawberry.ID = strawberry.field(description="Whose row it is.")
    name: str = strawberry.field(description="The name on the ticket.")
    ticket_type: str | None = strawberry.field(description="The kind of ticket, in the organizer's words.")
    state: RegistrationState = strawberry.field(description="Where they were on that day, as the doors know it.")
    first_in_at: datetime | None = strawberry.field(description="When they first came in; null when they did not.")
    last_seen_at: datetime | None = strawberry.field(description="When a door last scanned them, in or out.")
    door: Door | None = strawberry.field(description="The door they first came in by.")
    walk_in: bool = strawberry.field(description="Whether they were registered on the spot.")

    @classmethod
    def from_model(cls, row: models.AttendanceRow, doors: dict[UUID, Door]) -> "AttendanceRow":
        return cls(
            id=global_id(Kind.ATTENDANCE_ROW, row.registration_id, row.event_id, row.day),
            registration=global_id(Kind.REGISTRATION, row.registration_id, row.event_id),
            name=row.name,
            ticket_type=row.ticket_type,
            state=row.state,
            first_in_at=row.first_in_at,
            last_seen_at=row.last_seen_at,
            door=doors.get(row.door_id) if row.door_id else None,
            walk_in=row.is_walk_in,
        )


@strawberry.type(description="One row in a page of them.")
class AttendanceEdge:
    cursor: str = strawberry.field(description="Where it stands; give it as `after` to go on from here.")
    node: AttendanceRow = strawberry.field(description="The row.")


@strawberry.type(description="A page of rows, by name.")
class AttendanceConnection:
    edges: list[AttendanceEdge] = strawberry.field(description="The rows of this page.")
    page_info: PageInfo = strawberry.field(description="Where this page lies in the whole.")
    attendance: strawberry.Private[models.Attendance]
    asked: strawberry.Private[RowsAsked]

    @strawberry.field(description="How many rows there are in all pages.")
    async def total_count(self, info: Info) -> int:
        async with info.context.pool.acquire() as connection:
            return await operations.count_rows(connection, attendance=self.attendance, asked=self.asked)


@strawberry.type(description="One day of an event, 04:00 to 04:00 in its time zone.")
class Attendance:
    day: date = strawberry.field(description="The day.")
    expected: int = strawberry.field(description="Registrations that are not cancelled, walk-ins apart.")
    here_now: int = strawberry.field(
        description="In and not out. Where people are not scanned out (`hereNowIsKnown`), all who came."
    )
    here_now_is_known: bool = strawberry.field(description="Whether doors scan people out, so that `hereNow` is true.")
    came: int = strawberry.field(description="Everybody let in on that day, each counted once, walk-ins too.")
    no_shows: int = strawberry.field(description="Expected and not let in on that day.")
    no_shows_are_final: bool = strawberry.field(description="Whether the day is over; until then say `not yet`.")
    walk_ins: int = strawberry.field(description="Those who came without having been expected.")
    peak: AttendancePeak | None = strawberry.field(
        description="The fullest moment of the day so far; null where people are not scanned out, or nobody came."
    )
    who_came_is_kept: bool = strawberry.field(
        description="Whether it is still known who came. After the event's time of keeping only the figures are, and "
        "`rows` tells of nobody that they came."
    )
    model: strawberry.Private[models.Attendance]

    @strawberry.field(description="The event's days, and any other on which somebody was let in.")
    def days(self) -> list[date]:
        return self.model.days

    @strawberry.field(
        description="Arrivals and departures in buckets of 1 to 1440 minutes, from the first to the last movement."
    )
    def arrivals(self, bucket_minutes: int = 15) -> list[ArrivalBucket]:
        if not 1 <= bucket_minutes <= WIDEST_BUCKET_MINUTES:
            raise InputNotValid("arrivals.bucketMinutes", f"A bucket has 1 to {WIDEST_BUCKET_MINUTES} minutes.")
        return [
            ArrivalBucket(starts_at=each.starts_at, arrivals=each.arrivals, departures=each.departures)
            for each in self.model.arrivals(bucket_minutes)
        ]

    @strawberry.field(description="All doors by name, with what each counted on that day.")
    def doors(self) -> list[Door]:
        return [Door.from_model(door) for door in self.model.doors]

    @strawberry.field(description="The 50 largest kinds of tickets, the largest first; none once `whoCameIsKept` ends.")
    async def ticket_types(self, info: Info) -> list[TicketTypeAttendance]:
        async with info.context.pool.acquire() as connection:
            counted = await closer.count_ticket_types(connection, attendance=self.model)
        return [TicketTypeAttendance.from_model(each) for each in counted]

    @strawberry.field(
        description="How long people stayed; null where they are not scanned out, while nobody has gone, and once "
        "`whoCameIsKept` ends."
    )
    async def typical_stay(self, info: Info) -> TypicalStay | None:
        async with info.context.pool.acquire() as connection:
            stay = await closer.typical_stay(connection, attendance=self.model)
        return None if stay is None else TypicalStay.from_model(stay)

    @strawberry.field(
        description="What the doors scanned last on that day, refused scans too, the newest to arrive first, at most "
        "50 at once."
    )
    async def last_scans(self, info: Info, first: int = 12) -> list[LastScan]:
        async with info.context.pool.acquire() as connection:
            found = await closer.last_scans(connection, attendance=self.model, first=first)
        return [LastScan.from_model(each, self.model.event.id) for each in found]

    @strawberry.field(
        description="The same day of the edition that this event continues; null where there is none, it had no such "
        "day, or I do not organize it too."
    )
    async def last_edition(self, info: Info) -> LastEdition | None:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            found = await editions.find_last_edition(
                connection, attendance=self.model, person_id=viewer.person_id, now=info.context.now
            )
        return None if found is None else LastEdition.from_model(found)

    @strawberry.field(
        description="One row for each registration, by name, at most 100 at once. `search` takes words of a name; "
        "accents are forgiven."
    )
    async def rows(
        self,
        info: Info,
        first: int = 50,
        after: str | None = None,
        show: AttendanceFilter | None = None,
        search: str | None = None,
    ) -> AttendanceConnection:
        asked = operations.ask_for(show, search)
        place = None if after is None else RowPlace(*read_cursor_by_name(after, field="rows.after"))
        async with info.context.pool.acquire() as connection:
            page = await operations.list_rows(connection, attendance=self.model, asked=asked, first=first, after=place)
        doors = {door.id: Door.from_model(door) for door in self.model.doors}
        edges = [
            AttendanceEdge(
                cursor=cursor_by_name(row.place.name_key, row.place.registration_id),
                node=AttendanceRow.from_model(row, doors),
            )
            for row in page.rows
        ]
        return AttendanceConnection(
            edges=edges,
            page_info=PageInfo.of(edges, has_next=page.has_next, after=after),
            attendance=self.model,
            asked=asked,
        )

    @classmethod
    def from_model(cls, attendance: models.Attendance) -> "Attendance":
        return cls(
            day=attendance.day,
            expected=attendance.expected,
            here_now=attendance.here_now,
            here_now_is_known=attendance.event.scans_people_out,
            came=attendance.came,
            no_shows=attendance.no_shows,
            no_shows_are_final=attendance.is_over,
            walk_ins=attendance.walk_ins,
            peak=None if attendance.peak is None else AttendancePeak.from_model(attendance.peak),
            who_came_is_kept=not attendance.summary.is_aged,
            model=attendance,
        )


@strawberry.type
class AttendanceQuery:
    @strawberry.field(
        description="One day of an event, for its organizers; without `on` the day it is there, or the nearest one. "
        "Null when the event is not mine to know of."
    )
    async def attendance(self, info: Info, event: strawberry.ID, on: date | None = None) -> Attendance | None:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            try:
                found = await operations.read_attendance(
                    connection,
                    event_id=read_event(event),
                    person_id=viewer.person_id,
                    on=on,
                    now=info.context.now,
                )
            except NothingThere:
                return None
        return Attendance.from_model(found)


@strawberry.type
class AttendanceSubscription:
    @strawberry.subscription(
        description="Totals moved; at most four a second are sent, the last one always. Ends with my role or session."
    )
    async def attendance_changed(
        self, info: Info, event: strawberry.ID, on: date | None = None
    ) -> AsyncGenerator[Attendance, None]:
        viewer = info.context.signed_in()
        frames = info.context.services.attendance.watch(event_id=read_event(event), viewer=viewer, on=on)
        async with contextlib.aclosing(frames):
            async for frame in frames:
                yield Attendance.from_model(frame)
