"""Whom I could introduce, and asking a contact whether they know somebody: ideas that become introductions by a tap."""

from datetime import datetime
from typing import Annotated

import strawberry

from schema.context import Info
from schema.ids import read_key
from schema.introductions import CannotIntroduce
from schema.nodes import Done
from schema.notes import KeyArgument, SwapArgument
from schema.people import Person
from schema.problems import InputNotValid, NotFound
from schema.references import read_own_key, read_swap
from schema.swaps import Swap
from server.errors import NotFound as NothingThere
from server.introductions.asking.operations import list_contacts
from server.introductions.requests import operations as requests
from server.introductions.requests.operations import ShownRequest
from server.introductions.suggesting.operations import ShownSuggestion, list_suggestions


@strawberry.type(description="Two contacts of mine who might do well to meet, and why. Only I see it.")
class IntroductionSuggestion:
    first: Swap = strawberry.field(description="Who needs something.")
    second: Swap = strawberry.field(description="Who offers it.")
    reason: str = strawberry.field(description="Why, for me. What they need stands at its end, after a colon.")
    words: str = strawberry.field(description="What I could say to the two; mine to change.")

    @classmethod
    def from_model(cls, shown: ShownSuggestion) -> "IntroductionSuggestion":
        return cls(
            first=Swap.from_model(shown.first),
            second=Swap.from_model(shown.second),
            reason=shown.suggestion.reason,
            words=shown.suggestion.words,
        )


@strawberry.type(description="A contact asks whether I know somebody for their need. They see nothing of what I see.")
class IntroductionRequest:
    id: strawberry.ID = strawberry.field(description="To settle it with.")
    swap: Swap = strawberry.field(description="Who asks.")
    need: str = strawberry.field(description="What for, in their words.")
    asked_at: datetime = strawberry.field(description="When they asked.")
    suggestions: list[IntroductionSuggestion] = strawberry.field(description="Whom of my contacts it could be.")

    @classmethod
    def from_model(cls, shown: ShownRequest) -> "IntroductionRequest":
        return cls(
            id=strawberry.ID(str(shown.id)),
            swap=Swap.from_model(shown.asker),
            need=shown.need,
            asked_at=shown.asked_at,
            suggestions=[IntroductionSuggestion.from_model(each) for each in shown.suggestions],
        )


AskAroundResult = Annotated[
    Done | CannotIntroduce | InputNotValid | NotFound,
    strawberry.union("AskAroundResult", description="That they were asked, or why not."),
]
SettleIntroductionRequestResult = Annotated[
    Done | InputNotValid | NotFound,
    strawberry.union("SettleIntroductionRequestResult", description="That it is done, or why not."),
]
AgreeToBeAskedResult = Annotated[
    Person | InputNotValid | NotFound, strawberry.union("AgreeToBeAskedResult", description="Me, or what to correct.")
]


@strawberry.type
class IntroductionIdeasQuery:
    @strawberry.field(
        description="Introductions that I could make: where a need I noted, or what somebody seeks, meets what another "
        "of my contacts offers. At most five."
    )
    async def introduction_suggestions(
        self,
        info: Info,
        swap: Annotated[
            strawberry.ID | None, strawberry.argument(description="Only those with this contact of mine.")
        ] = None,
    ) -> list[IntroductionSuggestion]:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            try:
                about = None if swap is None else read_swap(swap)
                found = await list_suggestions(connection, person_id=viewer.person_id, swap=about)
            except NothingThere:
                return []
        return [IntroductionSuggestion.from_model(each) for each in found]

    @strawberry.field(description="My contacts who agreed to be asked whom they know, by name, each once.")
    async def contacts_to_ask(self, info: Info) -> list[Swap]:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            found = await list_contacts(connection, person_id=viewer.person_id, who_may_be_asked=True)
        return [Swap.from_model(each) for each in found]

    @strawberry.field(description="What contacts ask me to introduce them for, the latest first.")
    async def introduction_requests(self, info: Info) -> list[IntroductionRequest]:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            found = await requests.list_requests(connection, person_id=viewer.person_id, now=info.context.now)
        return [IntroductionRequest.from_model(each) for each in found]


@strawberry.type
class IntroductionIdeasMutation:
    @strawberry.mutation(
        description="Asks a contact who agreed to be asked whether they know somebody for what I need. Only they see "
        "who might fit; I hear of somebody once both they and I want it."
    )
    async def ask_around(self, info: Info, swap: SwapArgument, need: str, key: KeyArgument = None) -> AskAroundResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            await requests.ask_around(
                connection,
                person_id=viewer.person_id,
                swap=read_swap(swap),
                need=need,
                key=read_own_key(key),
                now=info.context.now,
            )
        return Done(message="Asked. If they know somebody who wants it too, you hear of it here.")

    @strawberry.mutation(description="Lets a request go. Whoever asked is not told.")
    async def settle_introduction_request(
        self, info: Info, request: Annotated[strawberry.ID, strawberry.argument(description="The request's id.")]
    ) -> SettleIntroductionRequestResult:
        viewer = info.context.signed_in()
        request_id = read_key(request)
        if request_id is None:
            raise NothingThere
        async with info.context.pool.acquire() as connection:
            await requests.settle_request(
                connection, person_id=viewer.person_id, request_id=request_id, now=info.context.now
            )
        return Done(message="Let go. Nobody is told.")

    @strawberry.mutation(description="Keeps whether my contacts may ask me if I know somebody for what they need.")
    async def agree_to_be_asked(self, info: Info, agree: bool) -> AgreeToBeAskedResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            return Person.from_model(
                await requests.agree_to_be_asked(connection, person_id=viewer.person_id, agrees=agree)
            )
