"""What a day's figures say on a closer look: the fullest moment, kinds of tickets, how long people stayed."""

from datetime import datetime

import strawberry

from server.attendance import models
from server.attendance.closer.models import TicketTypeCount
from server.attendance.closer.models import TypicalStay as TypicalStayModel


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
    def from_model(cls, counted: TicketTypeCount) -> "TicketTypeAttendance":
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
    def from_model(cls, stay: TypicalStayModel) -> "TypicalStay":
        return cls(minutes=stay.minutes, people=stay.people)
