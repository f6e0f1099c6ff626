"""A day beside the same day of the edition before it, for whoever organizes both."""

from datetime import date

import strawberry

from server.attendance.editions import models
from server.errors import InputNotValid

WIDEST_BUCKET_MINUTES = 1440


@strawberry.type(description="Arrivals at both editions in one bucket of minutes, counted from the start of each.")
class ComparedArrivals:
    minutes_from_start: int = strawberry.field(description="Where the bucket begins; negative before the start.")
    arrivals: int = strawberry.field(description="How many came in this time, re-entries included.")
    last_arrivals: int = strawberry.field(description="How many came in last time.")


@strawberry.type(
    description="The same day of the edition that this event continues: its first day beside the first, and so on."
)
class LastEdition:
    title: str = strawberry.field(description="What that edition was called.")
    day: date = strawberry.field(description="The day that is compared.")
    expected: int = strawberry.field(description="Registrations that were not cancelled, walk-ins apart.")
    came: int = strawberry.field(description="Everybody let in on that day, each counted once, walk-ins too.")
    came_by_then: int | None = strawberry.field(
        description="How many of them had come as long after that start as it is now after this one; null once this "
        "day is over."
    )
    walk_ins: int = strawberry.field(description="Those who came without having been expected.")
    no_shows: int = strawberry.field(description="Expected and not let in on that day.")
    model: strawberry.Private[models.LastEdition]

    @strawberry.field(
        description="Arrivals of both in buckets of 5 to 1440 minutes from the start, from the first arrival of either "
        "to the last. On later days the start is at the same time by the local clock."
    )
    def arrivals(self, bucket_minutes: int = 15) -> list[ComparedArrivals]:
        if not 5 <= bucket_minutes <= WIDEST_BUCKET_MINUTES:
            raise InputNotValid("arrivals.bucketMinutes", f"A bucket has 5 to {WIDEST_BUCKET_MINUTES} minutes.")
        return [
            ComparedArrivals(minutes_from_start=each.minutes, arrivals=each.arrivals, last_arrivals=each.last_arrivals)
            for each in self.model.arrivals(bucket_minutes)
        ]

    @classmethod
    def from_model(cls, edition: models.LastEdition) -> "LastEdition":
        last = edition.last
        return cls(
            title=last.event.title,
            day=last.day,
            expected=last.expected,
            came=last.came,
            came_by_then=edition.came_by_then,
            walk_ins=last.walk_ins,
            no_shows=last.no_shows,
            model=edition,
        )
