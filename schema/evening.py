"""The evening: a few follow-ups with their reasons and drafts. Nothing is ever sent from here."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from schema.context import Info
from schema.ids import Kind, global_id, read_event, read_row
from schema.nodes import Node
from schema.problems import InputNotValid, NotFound
from schema.swaps import Swap
from server.evening import models, operations
from server.evening.models import FollowUpKind, FollowUpState

strawberry.enum(FollowUpKind, description="What a follow-up suggests doing.")
strawberry.enum(FollowUpState, description="What became of a follow-up. LATER means on its `dueOn`.")


@strawberry.type(description="One suggestion for tonight: why, and words to begin with. Only I see it.")
class FollowUp(Node):
    kind: FollowUpKind = strawberry.field(description="What it suggests doing.")
    state: FollowUpState = strawberry.field(description="What became of it.")
    swap: Swap = strawberry.field(description="Whom it is about, and where we met.")
    other: Swap | None = strawberry.field(description="The second person of an introduction; null for other kinds.")
    reason: str = strawberry.field(
        description="Why this, in a sentence. What it quotes stands at its end, after a colon."
    )
    draft: str = strawberry.field(description="Words to begin with; mine to change. Nothing is sent by itself.")
    due_on: date = strawberry.field(description="The day it is for, in the event's time zone.")

    @classmethod
    def from_model(cls, follow_up: models.FollowUp) -> "FollowUp":
        stored = follow_up.stored
        return cls(
            id=global_id(Kind.FOLLOW_UP, stored.id, stored.event_id),
            kind=stored.kind,
            state=stored.state,
            swap=Swap.from_model(follow_up.swap),
            other=None,
            reason=stored.reason,
            draft=stored.draft,
            due_on=stored.due_on,
        )


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
            follow_ups=[FollowUp.from_model(follow_up) for follow_up in evening.follow_ups],
        )


DoFollowUpResult = Annotated[
    FollowUp | InputNotValid | NotFound,
    strawberry.union("DoFollowUpResult", description="The follow-up, done, or why it could not be marked."),
]
PostponeFollowUpResult = Annotated[
    FollowUp | InputNotValid | NotFound,
    strawberry.union("PostponeFollowUpResult", description="The follow-up with its new day, or why it stays."),
]
DismissFollowUpResult = Annotated[
    FollowUp | InputNotValid | NotFound,
    strawberry.union("DismissFollowUpResult", description="The follow-up, let go, or why it could not be."),
]
ReopenFollowUpResult = Annotated[
    FollowUp | InputNotValid | NotFound,
    strawberry.union("ReopenFollowUpResult", description="The follow-up, open again, or why it could not be."),
]


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


@strawberry.type
class EveningMutation:
    @strawberry.mutation(description="Marks a follow-up as done; a promise behind it is kept by that.")
    async def do_follow_up(self, info: Info, follow_up: strawberry.ID) -> DoFollowUpResult:
        viewer = info.context.signed_in()
        event_id, follow_up_id = read_row(follow_up, Kind.FOLLOW_UP)
        async with info.context.pool.acquire() as connection:
            done = await operations.do_follow_up(
                connection,
                event_id=event_id,
                follow_up_id=follow_up_id,
                person_id=viewer.person_id,
                now=info.context.now,
            )
        return FollowUp.from_model(done)

    @strawberry.mutation(description="Puts a follow-up off to a day after today, within a year.")
    async def postpone_follow_up(self, info: Info, follow_up: strawberry.ID, until: date) -> PostponeFollowUpResult:
        viewer = info.context.signed_in()
        event_id, follow_up_id = read_row(follow_up, Kind.FOLLOW_UP)
        async with info.context.pool.acquire() as connection:
            postponed = await operations.postpone_follow_up(
                connection,
                event_id=event_id,
                follow_up_id=follow_up_id,
                person_id=viewer.person_id,
                until=until,
                now=info.context.now,
            )
        return FollowUp.from_model(postponed)

    @strawberry.mutation(description="Lets a follow-up go. Nobody is told, and it is not suggested again.")
    async def dismiss_follow_up(self, info: Info, follow_up: strawberry.ID) -> DismissFollowUpResult:
        viewer = info.context.signed_in()
        event_id, follow_up_id = read_row(follow_up, Kind.FOLLOW_UP)
        async with info.context.pool.acquire() as connection:
            dismissed = await operations.dismiss_follow_up(
                connection,
                event_id=event_id,
                follow_up_id=follow_up_id,
                person_id=viewer.person_id,
                now=info.context.now,
            )
        return FollowUp.from_model(dismissed)

    @strawberry.mutation(description="Takes back what was done with a follow-up; a promise it kept is open again.")
    async def reopen_follow_up(self, info: Info, follow_up: strawberry.ID) -> ReopenFollowUpResult:
        viewer = info.context.signed_in()
        event_id, follow_up_id = read_row(follow_up, Kind.FOLLOW_UP)
        async with info.context.pool.acquire() as connection:
            reopened = await operations.reopen_follow_up(
                connection,
                event_id=event_id,
                follow_up_id=follow_up_id,
                person_id=viewer.person_id,
            )
        return FollowUp.from_model(reopened)
