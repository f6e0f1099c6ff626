"""Files of an event's attendance for its organizers, and the log of who asked for one.

The finished file itself is fetched beside GraphQL, see `server.attendance.routes`.
"""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema.context import Info
from schema.ids import Kind, global_id, read_event, read_key
from schema.nodes import Node, Problem
from schema.problems import InputNotValid, KeyReused, NotFound, register
from server.attendance.exporting import errors, models, operations
from server.attendance.exporting.models import ExportContents, ExportFormat, ExportRequest, ExportState
from server.errors import InputNotValid as InputRefused

strawberry.enum(
    ExportContents,
    name="AttendanceExportContents",
    description="A line for each registration and day, or one for each scan at a door, refused ones too.",
)
strawberry.enum(ExportFormat, name="AttendanceExportFormat", description="How the file is written.")
strawberry.enum(
    ExportState,
    name="AttendanceExportState",
    description="How far an export has come. GONE: its file is deleted, and only that it was made is still known.",
)


@strawberry.type(
    description="A file of attendance that an organizer asked for, as it stands in the event's log. The file is kept "
    "for a day, sealed, and fetched by nobody but the one who asked."
)
class AttendanceExport(Node):
    key: strawberry.ID = strawberry.field(
        description="The key it was asked for with. Whoever asked fetches the file by POST from "
        "`/events/{slug}/attendance-exports/{key}`, with the session as for GraphQL."
    )
    mine: bool = strawberry.field(description="Whether I asked for it, and so may fetch it.")
    asked_by: str | None = strawberry.field(
        description="The organizer who did, by name; null when their account is gone, empty where they gave no name."
    )
    asked_at: datetime = strawberry.field(description="When.")
    contents: ExportContents = strawberry.field(description="What is in it.")
    format: ExportFormat = strawberry.field(description="How it is written.")
    on: date | None = strawberry.field(description="Of which day; null for all days of the event.")
    state: ExportState = strawberry.field(description="How far it has come.")
    lines: int = strawberry.field(description="How many lines it will have beneath its headings.")
    written: int = strawberry.field(description="How many of them are written.")
    size: int | None = strawberry.field(description="Bytes of the file; null until it is ready.")
    kept_until: datetime = strawberry.field(description="When the file is deleted, fetched or not.")
    fetched_at: datetime | None = strawberry.field(description="When it was fetched first; null when it was not.")

    @classmethod
    def from_model(cls, export: models.Export, viewer_id: UUID) -> "AttendanceExport":
        return cls(
            id=global_id(Kind.EXPORT, export.id, export.event_id),
            key=strawberry.ID(str(export.id)),
            mine=export.person_id == viewer_id,
            asked_by=export.asked_by,
            asked_at=export.asked_at,
            contents=export.request.contents,
            format=export.request.format,
            on=export.request.day,
            state=export.state,
            lines=export.lines,
            written=export.written,
            size=export.size,
            kept_until=export.kept_until,
            fetched_at=export.fetched_at,
        )


@strawberry.type(description="Exports were asked for too often in a short time. What was there stays.")
class TooManyExports(Problem):
    retry_after: int = strawberry.field(description="Seconds until the next one can be asked for.")


@strawberry.type(description="Who came to this event is no longer kept: its time of keeping is over.")
class WhoCameIsGone(Problem):
    pass


register(errors.TooManyExports, TooManyExports)
register(errors.WhoCameIsGone, WhoCameIsGone)

ExportAttendanceResult = Annotated[
    AttendanceExport | TooManyExports | WhoCameIsGone | KeyReused | InputNotValid | NotFound,
    strawberry.union("ExportAttendanceResult", description="The export as it is now, or why there will be none."),
]


@strawberry.type
class AttendanceExportsQuery:
    @strawberry.field(
        description="The log of an event's exports, for its organizers: who asked for what and when, the newest "
        "first, at most 100 at once."
    )
    async def attendance_exports(self, info: Info, event: strawberry.ID, first: int = 20) -> list[AttendanceExport]:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            found = await operations.list_exports(
                connection,
                event_id=read_event(event),
                person_id=viewer.person_id,
                first=first,
                now=info.context.now,
            )
        return [AttendanceExport.from_model(each, viewer.person_id) for each in found]


@strawberry.type
class AttendanceExportsMutation:
    @strawberry.mutation(
        description="Asks for a file of attendance: of one day of the event, or without `on` of all. It stands in the "
        "event's log, which all its organizers see. `key` is a UUID made by the phone: sent again, it answers the same "
        "export as it is. Ask again for `attendanceExports` until it is READY."
    )
    async def export_attendance(
        self,
        info: Info,
        event: strawberry.ID,
        key: strawberry.ID,
        contents: ExportContents,
        format: ExportFormat = ExportFormat.CSV,
        on: date | None = None,
    ) -> ExportAttendanceResult:
        viewer = info.context.signed_in()
        event_id, read = read_event(event), read_key(key)
        if read is None:
            raise InputRefused("key", "A key is a UUID, such as the phone's crypto.randomUUID() makes.")
        async with info.context.pool.acquire() as connection:
            asked = await operations.ask_for_export(
                connection,
                event_id=event_id,
                person_id=viewer.person_id,
                key=read,
                request=ExportRequest(contents, format, on),
                limiter=info.context.services.limiter,
                now=info.context.now,
            )
        return AttendanceExport.from_model(asked, viewer.person_id)
