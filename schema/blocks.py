"""Blocking somebody, and taking it back. Nobody but the one who blocked is ever told."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from schema.context import Info
from schema.ids import Kind, global_id
from schema.nodes import Done
from schema.notes import KeyArgument, SwapArgument
from schema.problems import InputNotValid, NotFound
from schema.references import read_own_key, read_swap
from server.blocks import models, operations
from server.encounters.ending import operations as endings
from server.reports.models import NewReport


@strawberry.type(description="Somebody I blocked, as I remember them: where and when we met, and no name.")
class BlockedPerson:
    swap: strawberry.ID = strawberry.field(description="The swap by which I named them; to unblock them with.")
    event_title: str = strawberry.field(description="What the event was called; it may be over and forgotten.")
    met_on: date = strawberry.field(description="The day of the event on which we met.")
    blocked_at: datetime = strawberry.field(description="When I blocked them.")

    @classmethod
    def from_model(cls, block: models.Block) -> "BlockedPerson":
        return cls(
            swap=global_id(Kind.SWAP, block.swap_id, block.event_id),
            event_title=block.event_title,
            met_on=block.met_on,
            blocked_at=block.blocked_at,
        )


BlockResult = Annotated[
    Done | InputNotValid | NotFound, strawberry.union("BlockResult", description="That it is done, or why not.")
]
UnblockResult = Annotated[
    Done | InputNotValid | NotFound, strawberry.union("UnblockResult", description="That it is done, or why not.")
]


@strawberry.type
class BlocksQuery:
    @strawberry.field(description="Whom I have blocked, the latest first, each once.")
    async def blocked_people(self, info: Info) -> list[BlockedPerson]:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            found = await operations.list_blocks(connection, person_id=viewer.person_id)
        return [BlockedPerson.from_model(each) for each in found]


@strawberry.type
class BlocksMutation:
    @strawberry.mutation(
        description="Ends all swaps with this person and never shows us to each other again, at any event, past or to "
        "come. They are not told. `report` goes to the organizers of the event where we met, without my name unless "
        "`namesMe` is true."
    )
    async def block(
        self,
        info: Info,
        swap: SwapArgument,
        report: Annotated[
            str | None, strawberry.argument(description="What happened, in up to 2,000 characters.")
        ] = None,
        names_me: Annotated[
            bool, strawberry.argument(description="They may know that I wrote it, and write to my mail address.")
        ] = False,
        key: KeyArgument = None,
    ) -> BlockResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            await endings.block(
                connection,
                person_id=viewer.person_id,
                swap=read_swap(swap),
                report=None if report is None else NewReport(report, read_own_key(key), names_reporter=names_me),
                now=info.context.now,
            )
        return Done(message="Blocked. Neither of you sees the other again, and they are not told.")

    @strawberry.mutation(
        description="Takes my block of this person back. Swaps that it ended stay ended; a new scan meets anew."
    )
    async def unblock(self, info: Info, swap: SwapArgument) -> UnblockResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            await endings.unblock(connection, person_id=viewer.person_id, swap=read_swap(swap))
        return Done(message="Unblocked. If you scan each other's badge, you meet anew.")
