"""Promises made in a conversation."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema.context import Info
from schema.ids import Kind, global_id, read_key, read_row
from schema.nodes import Node
from schema.notes import KeyArgument, SwapArgument
from schema.problems import InputNotValid, NotFound
from schema.references import read_own_key, read_swap
from server.promises import models, operations
from server.promises.models import PromiseKind

strawberry.enum(PromiseKind, description="What was promised.")


@strawberry.type(description="Something I said I would do for somebody. Only I see it.")
class Promise(Node):
    key: strawberry.ID = strawberry.field(
        description="The key it was made with, by which the phone that made it knows it."
    )
    kind: PromiseKind = strawberry.field(description="What was promised.")
    text: str = strawberry.field(description="In my own words.")
    due_on: date | None = strawberry.field(description="The day I named, in the event's time zone.")
    kept_at: datetime | None = strawberry.field(description="When it was kept; null while it is open.")

    @classmethod
    def from_model(cls, promise: models.Promise) -> "Promise":
        return cls(
            id=global_id(Kind.PROMISE, promise.id, promise.event_id),
            key=strawberry.ID(str(promise.key)),
            kind=promise.kind,
            text=promise.text,
            due_on=promise.due_on,
            kept_at=promise.kept_at,
        )


PromiseResult = Annotated[
    Promise | InputNotValid | NotFound,
    strawberry.union("PromiseResult", description="The promise, or why it was not kept in mind."),
]
KeepPromiseResult = Annotated[
    Promise | InputNotValid | NotFound,
    strawberry.union("KeepPromiseResult", description="The promise, kept, or why it could not be marked."),
]


ReopenPromiseResult = Annotated[
    Promise | InputNotValid | NotFound,
    strawberry.union("ReopenPromiseResult", description="The promise, open again, or why it stays."),
]
PromiseArgument = Annotated[strawberry.ID, strawberry.argument(description="Its id, or the key it was made with.")]


@strawberry.type
class PromisesMutation:
    @strawberry.mutation(description="Keeps in mind what I said I would do.")
    async def promise(
        self,
        info: Info,
        swap: SwapArgument,
        kind: PromiseKind,
        text: str,
        due_on: date | None = None,
        key: KeyArgument = None,
    ) -> PromiseResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            made = await operations.make_promise(
                connection,
                person_id=viewer.person_id,
                swap=read_swap(swap),
                kind=kind,
                text=text,
                due_on=due_on,
                key=read_own_key(key),
                now=info.context.now,
            )
        return Promise.from_model(made)

    @strawberry.mutation(description="Marks a promise of mine as kept.")
    async def keep_promise(
        self,
        info: Info,
        promise: PromiseArgument,
    ) -> KeepPromiseResult:
        viewer = info.context.signed_in()
        event_id, promise_id = _read_promise(promise)
        async with info.context.pool.acquire() as connection:
            kept = await operations.keep_promise(
                connection,
                person_id=viewer.person_id,
                event_id=event_id,
                promise=promise_id,
                now=info.context.now,
            )
        return Promise.from_model(kept)

    @strawberry.mutation(description="Takes back that a promise of mine was kept.")
    async def reopen_promise(self, info: Info, promise: PromiseArgument) -> ReopenPromiseResult:
        viewer = info.context.signed_in()
        event_id, promise_id = _read_promise(promise)
        async with info.context.pool.acquire() as connection:
            reopened = await operations.reopen_promise(
                connection, person_id=viewer.person_id, event_id=event_id, promise=promise_id
            )
        return Promise.from_model(reopened)


def _read_promise(text: str) -> tuple[UUID | None, UUID]:
    """Event and row; no event where it is the key of a phone. Raises `NotFound` for anything else."""
    key = read_key(text)
    return (None, key) if key else read_row(text, Kind.PROMISE)
