"""What a day's figures say on a closer look: the fullest moment, kinds of tickets, stays, last scans."""

from datetime import datetime
from uuid import UUID

import strawberry

import schema.doors  # noqa: F401 - describes CheckInVerdict, which has to come before its use here
from schema.ids import Kind, global_id
from server.attendance import models
from server.attendance.closer import models as closer
from server.doors.models import CheckInVerdict


@strawberry.type(description="The most people who were in at once.")
class AttendancePeak:
    people: int = strawberry.field(description="How many.")
    at: datetime = strawberry.field(description="The minute in which they first were.")

    @classmethod
    def from_model(cls, peak: models.Peak) -> "AttendancePeak":
        return cls(people=peak.people, at=peak.at)


@strawberry.type(description="One kind of ticket on one day.")
class TicketTypeAttendance:
    name: str | None = strawberry.field(
        description="The kind, in the organizer's words; null for tickets of no kind, of which walk-ins are told apart."
    )
    walk_ins: bool = strawberry.field(description="Whether these are the tickets of no kind of people who walked in.")
    expected: int = strawberry.field(description="Registrations that are not cancelled, walk-ins apart.")
    came: int = strawberry.field(description="Let in on that day, each counted once, walk-ins too.")
    here_now: int = strawberry.field(
        description="In and not out. Where people are not scanned out (`hereNowIsKnown`), all who came."
    )
    no_shows: int = strawberry.field(description="Expected and not let in on that day.")

    @classmethod
    def from_model(cls, counted: closer.TicketTypeCount) -> "TicketTypeAttendance":
        return cls(
            name=counted.name, walk_ins=counted.is_walk_ins, expected=counted.expected, came=counted.came,
            here_now=counted.here, no_shows=counted.no_shows,
        )  # fmt: skip


@strawberry.type(
    description="From first coming in to last going out, time outside between them included. It does not say how long "
    "those stayed who left without a scan."
)
class TypicalStay:
    minutes: int = strawberry.field(description="How long the one in the middle stayed.")
    people: int = strawberry.field(description="How many it is drawn from: all who were scanned out at last.")

    @classmethod
    def from_model(cls, stay: closer.TypicalStay) -> "TypicalStay":
        return cls(minutes=stay.minutes, people=stay.people)


@strawberry.type(description="One line of the doors' log, refused scans and undoings too.")
class LastScan:
    id: strawberry.ID = strawberry.field(description="The check-in's id.")
    scanned_at: datetime = strawberry.field(description="When it truly happened.")
    received_at: datetime = strawberry.field(description="When it reached the server; later where a door was offline.")
    door: str = strawberry.field(description="At which door, by name.")
    verdict: CheckInVerdict = strawberry.field(description="What it came to.")
    name: str | None = strawberry.field(description="The name on the ticket; null where the code was of nobody here.")
    ticket_type: str | None = strawberry.field(description="The kind of ticket, in the organizer's words.")
    offline: bool = strawberry.field(description="Whether the door was without a network then.")

    @classmethod
    def from_model(cls, scan: closer.LastScan, event_id: UUID) -> "LastScan":
        return cls(
            id=global_id(Kind.CHECK_IN, scan.id, event_id), scanned_at=scan.scanned_at, received_at=scan.received_at,
            door=scan.door, verdict=scan.verdict, name=scan.name, ticket_type=scan.ticket_type,
            offline=scan.is_offline,
        )  # fmt: skip
