"""The weekly review: three people, why, and words to begin with; when it comes, and who asks to be left alone."""

from datetime import date, datetime, time
from typing import Annotated

import strawberry

from schema.context import Info
from schema.follow_ups import FollowUp
from schema.people import Person
from schema.problems import InputNotValid, NotFound
from server.errors import InputNotValid as InputRefused
from server.people import operations as people
from server.people.models import Weekday
from server.reviews import models, operations


@strawberry.type(description="My review of a week. One in which nobody is named is complete and empty.")
class Review:
    week_of: date = strawberry.field(description="The Monday of its week.")
    complete: bool = strawberry.field(description="True once nothing of it is left open, or I ended it.")
    ended_at: datetime | None = strawberry.field(
        description="When I said that this is all for the week; null while I have not."
    )
    follow_ups: list[FollowUp] = strawberry.field(description="At most three, whoever waited longest first.")
    next_at: datetime | None = strawberry.field(description="When the next one comes; null while I want none.")
    knows_somebody: bool = strawberry.field(
        description="Whether I met anybody with whom I share contact details: before that no review can name anybody."
    )

    @classmethod
    def from_model(cls, review: models.Review) -> "Review":
        return cls(
            week_of=review.week_of,
            complete=review.complete,
            ended_at=review.ended_at,
            follow_ups=[FollowUp.from_review(each) for each in review.follow_ups],
            next_at=review.next_at,
            knows_somebody=review.knows_somebody,
        )


EndReviewResult = Annotated[
    Review | InputNotValid | NotFound,
    strawberry.union("EndReviewResult", description="The review, ended, or why it could not be."),
]
ReopenReviewResult = Annotated[
    Review | InputNotValid | NotFound,
    strawberry.union("ReopenReviewResult", description="The review, gone on with, or why it could not be."),
]
WeekArgument = Annotated[date, strawberry.argument(description="The Monday of the review's week.")]
SetReviewTimeResult = Annotated[
    Person | InputNotValid | NotFound, strawberry.union("SetReviewTimeResult", description="Me, or what to correct.")
]
SetQuietResult = Annotated[
    Person | InputNotValid | NotFound, strawberry.union("SetQuietResult", description="Me, or what to correct.")
]


@strawberry.type
class ReviewsQuery:
    @strawberry.field(description="My review of the last week whose hour has come.")
    async def review(self, info: Info) -> Review:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            opened = await operations.open_review(connection, person_id=viewer.person_id, now=info.context.now)
        return Review.from_model(opened)


@strawberry.type
class ReviewsMutation:
    @strawberry.mutation(
        description="That's all for this week: closes a review of mine, whatever is left open. Twice is once."
    )
    async def end_review(self, info: Info, week_of: WeekArgument) -> EndReviewResult:
        viewer, now = info.context.signed_in(), info.context.now
        async with info.context.pool.acquire() as connection:
            ended = await operations.end_review(connection, person_id=viewer.person_id, week_of=week_of, now=now)
        return Review.from_model(ended)

    @strawberry.mutation(description="Goes on with a review that I had ended.")
    async def reopen_review(self, info: Info, week_of: WeekArgument) -> ReopenReviewResult:
        viewer, now = info.context.signed_in(), info.context.now
        async with info.context.pool.acquire() as connection:
            opened = await operations.reopen_review(connection, person_id=viewer.person_id, week_of=week_of, now=now)
        return Review.from_model(opened)

    @strawberry.mutation(description="Keeps the day and hour of my weekly review, by the clocks of my time zone.")
    async def set_review_time(
        self,
        info: Info,
        weekday: Annotated[
            Weekday | None, strawberry.argument(description="The day of the week; null or left out for no review.")
        ] = None,
        at: Annotated[
            str | None, strawberry.argument(description="The hour, such as 16:00; left out, it stays as it was.")
        ] = None,
    ) -> SetReviewTimeResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            await people.set_review_time(
                connection, person_id=viewer.person_id, weekday=weekday, at=None if at is None else _hour(at)
            )
            return Person.from_model(await people.find_person(connection, person_id=viewer.person_id))

    @strawberry.mutation(
        description="Asks that nobody is reminded of me by the app, or lets them be again. Nobody is told."
    )
    async def set_quiet(
        self,
        info: Info,
        quiet: Annotated[bool, strawberry.argument(description="Whether I want to be left alone.")],
    ) -> SetQuietResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            await people.set_quiet(connection, person_id=viewer.person_id, is_quiet=quiet, now=info.context.now)
            return Person.from_model(await people.find_person(connection, person_id=viewer.person_id))


def _hour(text: str) -> time:
    """Raises the refusal that names the argument."""
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise InputRefused("at", "Use an hour such as 16:00.") from error
