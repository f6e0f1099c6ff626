"""Follow-ups, of an evening or of a weekly review: what each suggests, and what became of it. Nothing is sent."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema.context import Info
from schema.ids import Kind, global_id, read_any, read_row
from schema.nodes import Node
from schema.problems import InputNotValid, NotFound
from schema.relationships import Relationship
from schema.swaps import Swap
from server.evening import models as evening_models
from server.evening import settling as evening
from server.evening.models import FollowUpKind, FollowUpState
from server.relationships.reading import operations as relationships
from server.reviews import models as review_models
from server.reviews import operations as reviews

strawberry.enum(FollowUpKind, description="What a follow-up suggests doing.")
strawberry.enum(FollowUpState, description="What became of a follow-up. LATER means on its `dueOn`.")


@strawberry.type(
    description="One suggestion for tonight or for this week: why, and words to begin with. Only I see it."
)
class FollowUp(Node):
    kind: FollowUpKind = strawberry.field(description="What it suggests doing.")
    state: FollowUpState = strawberry.field(description="What became of it.")
    swap: Swap = strawberry.field(description="Whom it is about, and where we met.")
    other: Swap | None = strawberry.field(description="The second person of an introduction; null for other kinds.")
    reason: str = strawberry.field(
        description="Why this, in a sentence. What it quotes stands at its end, after a colon."
    )
    draft: str = strawberry.field(description="Words to begin with; mine to change. Nothing is sent by itself.")
    due_on: date = strawberry.field(
        description="The day it is for: in the event's time zone for an evening, in mine for a weekly review."
    )
    times: list[datetime] = strawberry.field(
        description="Two or three times that suit both days, as the draft offers them; of a weekly review alone."
    )
    their_timezone: str | None = strawberry.field(
        description="The other's IANA time zone, to say those times by; null where there are none."
    )
    relationship_id: strawberry.Private[UUID | None] = None

    @strawberry.field(description="Whom it is about as I keep them; of a weekly review alone.")
    async def relationship(self, info: Info) -> Relationship | None:
        if self.relationship_id is None:
            return None
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            return Relationship.from_model(
                await relationships.find_relationship(
                    connection, person_id=viewer.person_id, relationship_id=self.relationship_id
                )
            )

    @classmethod
    def from_evening(cls, follow_up: evening_models.FollowUp) -> "FollowUp":
        stored = follow_up.stored
        return cls(
            id=global_id(Kind.FOLLOW_UP, stored.id, stored.event_id),
            kind=stored.kind,
            state=stored.state,
            swap=Swap.from_model(follow_up.swap),
            other=Swap.from_model(follow_up.other) if follow_up.other else None,
            reason=stored.reason,
            draft=stored.draft,
            due_on=stored.due_on,
            times=[],
            their_timezone=None,
        )

    @classmethod
    def from_review(cls, follow_up: review_models.ReviewFollowUp) -> "FollowUp":
        """A week asks for a talk, whatever the reason: so each of its follow-ups is a MEET."""
        stored = follow_up.stored
        return cls(
            id=global_id(Kind.REVIEW_FOLLOW_UP, stored.id),
            kind=FollowUpKind.MEET,
            state=stored.state,
            swap=Swap.from_model(follow_up.swap),
            other=None,
            reason=stored.reason,
            draft=stored.draft,
            due_on=stored.due_on,
            times=list(stored.times),
            their_timezone=stored.their_timezone,
            relationship_id=stored.relationship_id,
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
class FollowUpsMutation:
    @strawberry.mutation(
        description="Marks a follow-up as done; a promise behind it is kept by that, and one of a weekly review counts"
        " as being in touch."
    )
    async def do_follow_up(self, info: Info, follow_up: strawberry.ID) -> DoFollowUpResult:
        viewer, now = info.context.signed_in(), info.context.now
        of_review = _of_review(follow_up)
        async with info.context.pool.acquire() as connection:
            if of_review is not None:
                return FollowUp.from_review(
                    await reviews.do_follow_up(connection, follow_up_id=of_review, person_id=viewer.person_id, now=now)
                )
            event_id, follow_up_id = read_row(follow_up, Kind.FOLLOW_UP)
            return FollowUp.from_evening(
                await evening.do_follow_up(
                    connection, event_id=event_id, follow_up_id=follow_up_id, person_id=viewer.person_id, now=now
                )
            )

    @strawberry.mutation(description="Puts a follow-up off to a day after today, within a year.")
    async def postpone_follow_up(self, info: Info, follow_up: strawberry.ID, until: date) -> PostponeFollowUpResult:
        viewer, now = info.context.signed_in(), info.context.now
        of_review = _of_review(follow_up)
        async with info.context.pool.acquire() as connection:
            if of_review is not None:
                return FollowUp.from_review(
                    await reviews.postpone_follow_up(
                        connection, follow_up_id=of_review, person_id=viewer.person_id, until=until, now=now
                    )
                )
            event_id, follow_up_id = read_row(follow_up, Kind.FOLLOW_UP)
            return FollowUp.from_evening(
                await evening.postpone_follow_up(
                    connection,
                    event_id=event_id,
                    follow_up_id=follow_up_id,
                    person_id=viewer.person_id,
                    until=until,
                    now=now,
                )
            )

    @strawberry.mutation(
        description="Lets a follow-up go. Nobody is told. Tonight's is not suggested again; somebody of a weekly review"
        " comes up again in their time."
    )
    async def dismiss_follow_up(self, info: Info, follow_up: strawberry.ID) -> DismissFollowUpResult:
        viewer, now = info.context.signed_in(), info.context.now
        of_review = _of_review(follow_up)
        async with info.context.pool.acquire() as connection:
            if of_review is not None:
                return FollowUp.from_review(
                    await reviews.dismiss_follow_up(
                        connection, follow_up_id=of_review, person_id=viewer.person_id, now=now
                    )
                )
            event_id, follow_up_id = read_row(follow_up, Kind.FOLLOW_UP)
            return FollowUp.from_evening(
                await evening.dismiss_follow_up(
                    connection, event_id=event_id, follow_up_id=follow_up_id, person_id=viewer.person_id, now=now
                )
            )

    @strawberry.mutation(
        description="Takes back what was done with a follow-up, and with it a kept promise or a touch."
    )
    async def reopen_follow_up(self, info: Info, follow_up: strawberry.ID) -> ReopenFollowUpResult:
        viewer = info.context.signed_in()
        of_review = _of_review(follow_up)
        async with info.context.pool.acquire() as connection:
            if of_review is not None:
                return FollowUp.from_review(
                    await reviews.reopen_follow_up(connection, follow_up_id=of_review, person_id=viewer.person_id)
                )
            event_id, follow_up_id = read_row(follow_up, Kind.FOLLOW_UP)
            return FollowUp.from_evening(
                await evening.reopen_follow_up(
                    connection, event_id=event_id, follow_up_id=follow_up_id, person_id=viewer.person_id
                )
            )


def _of_review(follow_up: str) -> UUID | None:
    """Which one of a weekly review is named, if it is one. Raises `NotFound` for what is no id."""
    asked = read_any(follow_up)
    return asked.row if asked.kind is Kind.REVIEW_FOLLOW_UP else None
