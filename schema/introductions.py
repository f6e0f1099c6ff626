"""Introductions as types: each of the three sees of one only what the operations allow them to."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema.cards import Card, Contact
from schema.context import Info
from schema.ids import Kind, global_id, read_any
from schema.nodes import Done, Node, Problem
from schema.notes import KeyArgument, SwapArgument
from schema.problems import InputNotValid, NotFound, register
from schema.references import read_own_key, read_swap
from schema.swaps import Swap
from server.errors import NotFound as NothingThere
from server.introductions import errors, models, operations
from server.introductions.asking import operations as asking
from server.introductions.models import ASKED, IntroductionPart, IntroductionState
from server.people.models import ContactField

strawberry.enum(
    IntroductionState,
    description="How far an introduction has come, as I may know it. An introducer reads ASKING_FIRST until it is "
    "MADE, or CLOSED after a fortnight, whatever was answered or not.",
)
strawberry.enum(IntroductionPart, description="Who I am in an introduction.")


@strawberry.type(description="Two people whom somebody who knows both would like to introduce, each asked apart.")
class Introduction(Node):
    state: IntroductionState = strawberry.field(description="How far it has come, as I may know it.")
    my_part: IntroductionPart = strawberry.field(description="Who I am in it.")
    reason: str = strawberry.field(description="Why the two should meet, in the introducer's words.")
    introducer: Card = strawberry.field(description="Who introduces; without a name once we are no contacts any more.")
    other: Card | None = strawberry.field(
        description="For one who is asked: the other, while I may answer, wait, or was introduced."
    )
    contact: Contact | None = strawberry.field(description="What the other shares with me, once it is MADE.")
    first: Swap | None = strawberry.field(description="For the introducer: who is asked first, while we share.")
    second: Swap | None = strawberry.field(description="For the introducer: who is asked second, while we share.")
    asked_at: datetime = strawberry.field(description="When it was begun.")
    answer_by: datetime | None = strawberry.field(description="Until when I may answer; null when I am not asked now.")
    my_answer: bool | None = strawberry.field(description="What I answered. Of a no nobody is told.")
    note: str | None = strawberry.field(
        description="For the two, once it is MADE: why, and what a good introduction for the other is, in their words."
    )
    first_thanked_at: datetime | None = strawberry.field(
        description="For the introducer, and the first: when the first thanked for it."
    )
    second_thanked_at: datetime | None = strawberry.field(
        description="For the introducer, and the second: when the second thanked for it."
    )

    @classmethod
    def from_model(cls, shown: models.SeenIntroduction) -> "Introduction":
        kept, seen = shown.introduction, shown.seen
        sees = ASKED if seen.part is IntroductionPart.INTRODUCER else (seen.part,)
        return cls(
            id=global_id(Kind.INTRODUCTION, kept.id),
            state=seen.state,
            my_part=seen.part,
            reason=kept.reason,
            introducer=Card.from_model(shown.introducer, shown.locale),
            other=None if shown.other is None else Card.from_model(shown.other, shown.locale),
            contact=None if shown.contact is None else Contact.from_model(shown.contact),
            first=None if shown.first is None else Swap.from_model(shown.first),
            second=None if shown.second is None else Swap.from_model(shown.second),
            asked_at=kept.asked_at,
            answer_by=seen.answer_by,
            my_answer=shown.my_answer,
            note=shown.note,
            first_thanked_at=kept.first.thanked_at if IntroductionPart.FIRST in sees else None,
            second_thanked_at=kept.second.thanked_at if IntroductionPart.SECOND in sees else None,
        )


@strawberry.type(description="The two cannot be introduced, or nobody be asked, for a reason I can do something about.")
class CannotIntroduce(Problem):
    pass


register(errors.CannotIntroduce, CannotIntroduce)

IntroduceResult = Annotated[
    Introduction | CannotIntroduce | InputNotValid | NotFound,
    strawberry.union("IntroduceResult", description="The introduction as it begins, or why nobody was asked."),
]
AnswerIntroductionResult = Annotated[
    Introduction | InputNotValid | NotFound,
    strawberry.union("AnswerIntroductionResult", description="The introduction as it is now, or why nothing changed."),
]
WithdrawIntroductionResult = Annotated[
    Done | InputNotValid | NotFound,
    strawberry.union("WithdrawIntroductionResult", description="That it is done, or why not."),
]
MarkThankedResult = Annotated[
    Introduction | InputNotValid | NotFound,
    strawberry.union("MarkThankedResult", description="The introduction as it is now, or why nothing changed."),
]
IntroductionArgument = Annotated[strawberry.ID, strawberry.argument(description="The introduction's id.")]


@strawberry.type
class IntroductionsQuery:
    @strawberry.field(description="What I began, am asked, and was introduced by; the latest first.")
    async def introductions(self, info: Info) -> list[Introduction]:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            found = await operations.list_introductions(connection, person_id=viewer.person_id, now=info.context.now)
        return [Introduction.from_model(each) for each in found]

    @strawberry.field(description="My contacts who opened their cards to introductions, by name, each once.")
    async def contacts_to_introduce(self, info: Info) -> list[Swap]:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            found = await asking.list_contacts(connection, person_id=viewer.person_id)
        return [Swap.from_model(each) for each in found]


@strawberry.type
class IntroductionsMutation:
    @strawberry.mutation(
        description="Asks the first of two contacts of mine whether they would like to meet the second, and, only "
        "after their yes, the second. A no is silent."
    )
    async def introduce(
        self, info: Info, first: SwapArgument, second: SwapArgument, reason: str, key: KeyArgument = None
    ) -> IntroduceResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            begun = await asking.introduce(
                connection,
                person_id=viewer.person_id,
                first=read_swap(first),
                second=read_swap(second),
                reason=reason,
                key=read_own_key(key),
                now=info.context.now,
            )
        return Introduction.from_model(begun)

    @strawberry.mutation(
        description="Answers an introduction that I am asked about. Nobody is told of a no, and it stays a no."
    )
    async def answer_introduction(
        self,
        info: Info,
        introduction: IntroductionArgument,
        yes: bool,
        fields: Annotated[
            list[ContactField] | None,
            strawberry.argument(description="What to share once both agreed; without it, what I usually share."),
        ] = None,
    ) -> AnswerIntroductionResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            answered = await operations.answer(
                connection,
                person_id=viewer.person_id,
                introduction_id=_read(introduction),
                yes=yes,
                fields=None if fields is None else frozenset(fields),
                now=info.context.now,
            )
        return Introduction.from_model(answered)

    @strawberry.mutation(
        description="Ends an introduction silently: mine that is not made yet, or one I am asked about. Once it is "
        "made, neither of the two has the other's contact any more."
    )
    async def withdraw_introduction(self, info: Info, introduction: IntroductionArgument) -> WithdrawIntroductionResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            await operations.withdraw(
                connection, person_id=viewer.person_id, introduction_id=_read(introduction), now=info.context.now
            )
        return Done(message="Ended. Nobody is told.")

    @strawberry.mutation(description="Notes that one of the two thanked the introducer, or takes the note back.")
    async def mark_thanked(
        self,
        info: Info,
        introduction: IntroductionArgument,
        part: Annotated[
            IntroductionPart | None,
            strawberry.argument(description="For the introducer: which of the two. The two speak for themselves."),
        ] = None,
        thanked: bool = True,
    ) -> MarkThankedResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            marked = await operations.mark_thanked(
                connection,
                person_id=viewer.person_id,
                introduction_id=_read(introduction),
                whom=part,
                is_thanked=thanked,
                now=info.context.now,
            )
        return Introduction.from_model(marked)


def _read(text: str) -> UUID:
    """The introduction's id. Raises `NotFound` for an id of anything else."""
    asked = read_any(text)
    if asked.kind is not Kind.INTRODUCTION:
        raise NothingThere
    return asked.row
