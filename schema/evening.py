"""The evening: a few follow-ups with their reasons and drafts. Nothing is ever sent from here."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from schema.context import Info
from schema.follow_ups import FollowUp
from schema.ids import read_event
from server.evening import models, operations


@strawberry.type(description="My evening at an event. An evening with nothing to do is complete and empty.")
class Evening:
    on: date = strawberry.field(description="The event's day it belongs to; a day runs from four to four.")
    ready_at: datetime = strawberry.field(description="When the list comes. Before that it is empty and not complete.")
    complete: bool = strawberry.field(description="True once the list has been made and nothing of it is left open.")
    follow_ups: list[FollowUp] = strawberry.field(description="The suggestions, the most worthwhile first.")

    @classmethod
    def from_model(cls, evening: models.Evening) -> "Evening":
        return cls(
            on=evening.on,
            ready_at=evening.ready_at,
            complete=evening.complete,
            follow_ups=[FollowUp.from_evening(follow_up) for follow_up in evening.follow_ups],
        )


@strawberry.type
class EveningQuery:
    @strawberry.field(description="My evening of the event's current day, or of its last one afterwards.")
    async def evening(
        self,
        info: Info,
        event: strawberry.ID,
        first: Annotated[int, strawberry.argument(description="How many suggestions at most, one to five.")] = 3,
    ) -> Evening:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            opened = await operations.open_evening(
                connection,
                event_id=read_event(event),
                person_id=viewer.person_id,
                first=first,
                now=info.context.now,
            )
        return Evening.from_model(opened)
