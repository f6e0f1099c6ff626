"""The evening: a few follow-ups with their reasons and drafts, and its end. Nothing is ever sent from here."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from schema.context import Info
from schema.follow_ups import FollowUp
from schema.ids import read_event
from schema.people import Person
from schema.problems import InputNotValid, NotFound
from schema.swaps import Swap
from server.evening import models, operations
from server.people import operations as people


@strawberry.type(description="My evening at an event. An evening with nothing to do is complete and empty.")
class Evening:
    on: date = strawberry.field(description="The event's day it belongs to; a day runs from four to four.")
    ready_at: datetime = strawberry.field(description="When the list comes. Before that it is empty and not complete.")
    complete: bool = strawberry.field(
        description="True once the list has been made and nothing of it is left open, or I ended it."
    )
    follow_ups: list[FollowUp] = strawberry.field(description="The suggestions, the most worthwhile first.")
    limit: int = strawberry.field(description="How many suggestions I want of an evening at most, one to five.")
    ended_at: datetime | None = strawberry.field(
        description="When I said that this is all for tonight; what was open then stays open. Null while I have not."
    )
    ask_waits: Swap | None = strawberry.field(
        description="Somebody who offers what I look for, to ask once I have given them something. Null where there is"
        " nobody."
    )

    @classmethod
    def from_model(cls, evening: models.Evening) -> "Evening":
        return cls(
            on=evening.on,
            ready_at=evening.ready_at,
            complete=evening.complete,
            follow_ups=[FollowUp.from_evening(follow_up) for follow_up in evening.follow_ups],
            limit=evening.limit,
            ended_at=evening.ended_at,
            ask_waits=Swap.from_model(evening.ask_waits) if evening.ask_waits else None,
        )


EndEveningResult = Annotated[
    Evening | InputNotValid | NotFound,
    strawberry.union("EndEveningResult", description="The evening, ended, or why it could not be."),
]
ReopenEveningResult = Annotated[
    Evening | InputNotValid | NotFound,
    strawberry.union("ReopenEveningResult", description="The evening, gone on with, or why it could not be."),
]
SetEveningLimitResult = Annotated[
    Person | InputNotValid | NotFound,
    strawberry.union("SetEveningLimitResult", description="Me, or what to correct."),
]


@strawberry.type
class EveningQuery:
    @strawberry.field(description="My evening of the event's current day, or of its last one afterwards.")
    async def evening(
        self,
        info: Info,
        event: strawberry.ID,
        first: Annotated[
            int, strawberry.argument(description="How many suggestions at most, one to five; never more than I want.")
        ] = 3,
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


@strawberry.type
class EveningMutation:
    @strawberry.mutation(description="That's all for tonight: closes my evening, whatever is left open. Twice is once.")
    async def end_evening(self, info: Info, event: strawberry.ID) -> EndEveningResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            ended = await operations.end_evening(
                connection, event_id=read_event(event), person_id=viewer.person_id, now=info.context.now
            )
        return Evening.from_model(ended)

    @strawberry.mutation(description="Goes on with an evening that I had ended.")
    async def reopen_evening(self, info: Info, event: strawberry.ID) -> ReopenEveningResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            reopened = await operations.reopen_evening(
                connection, event_id=read_event(event), person_id=viewer.person_id, now=info.context.now
            )
        return Evening.from_model(reopened)

    @strawberry.mutation(description="Keeps how many suggestions I want of an evening, from the next one that I open.")
    async def set_evening_limit(
        self,
        info: Info,
        limit: Annotated[int, strawberry.argument(description="One to five.")],
    ) -> SetEveningLimitResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            await people.set_evening_limit(connection, person_id=viewer.person_id, limit=limit)
            return Person.from_model(await people.find_person(connection, person_id=viewer.person_id))
