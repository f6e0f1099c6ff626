"""Reports for an event's organizers: whom and what happened. No field leads from here to a card or a meeting."""

from datetime import datetime
from typing import Annotated

import strawberry

from schema.context import Info
from schema.ids import Kind, global_id, read_event, read_row
from schema.nodes import Node
from schema.problems import InputNotValid, NotFound
from server.reports import models, operations


@strawberry.type(description="Who wrote a report, where they said that it may be known.")
class Reporter:
    name: str = strawberry.field(description="The name on their ticket.")
    email: str = strawberry.field(description="The mail address to write back to.")


@strawberry.type(description="What somebody who blocked another asked the organizers to know.")
class Report(Node):
    name: str = strawberry.field(description="Whom it is about: the name on their ticket.")
    ticket_type: str | None = strawberry.field(description="The kind of their ticket, in the organizer's words.")
    text: str = strawberry.field(description="What happened, in the words of whoever wrote it.")
    reported_at: datetime = strawberry.field(description="When it reached the server.")
    reporter: Reporter | None = strawberry.field(
        description="Who wrote it; null unless they said that it may be known."
    )
    settled_at: datetime | None = strawberry.field(description="When it was settled; null while it is open.")
    settled_by: str | None = strawberry.field(
        description="The organizer who settled it; null while it is open, or when their account is gone."
    )

    @classmethod
    def from_model(cls, report: models.Report) -> "Report":
        named = report.reporter
        return cls(
            id=global_id(Kind.REPORT, report.id, report.event_id),
            name=report.name,
            ticket_type=report.ticket_type,
            text=report.text,
            reported_at=report.reported_at,
            reporter=None if named is None else Reporter(name=named.name, email=named.email),
            settled_at=report.settled_at,
            settled_by=report.settled_by,
        )


SettleReportResult = Annotated[
    Report | InputNotValid | NotFound,
    strawberry.union("SettleReportResult", description="The report as it is now, or why nothing was changed."),
]


@strawberry.type
class ReportsQuery:
    @strawberry.field(
        description="Open or settled reports of an event, for its organizers: the newest first, at most 100 at once. "
        "One about the viewer is never among them."
    )
    async def reports(self, info: Info, event: strawberry.ID, settled: bool = False, first: int = 50) -> list[Report]:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            found = await operations.list_reports(
                connection, event_id=read_event(event), person_id=viewer.person_id, settled=settled, first=first
            )
        return [Report.from_model(each) for each in found]


@strawberry.type
class ReportsMutation:
    @strawberry.mutation(description="Says that a report has been dealt with, or with `settled` false that it has not.")
    async def settle_report(self, info: Info, report: strawberry.ID, settled: bool = True) -> SettleReportResult:
        viewer = info.context.signed_in()
        event_id, report_id = read_row(report, Kind.REPORT)
        async with info.context.pool.acquire() as connection:
            changed = await operations.settle_report(
                connection,
                event_id=event_id,
                report_id=report_id,
                person_id=viewer.person_id,
                settled=settled,
                now=info.context.now,
            )
        return Report.from_model(changed)
