"""Making promises and keeping them."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from server.db import Connection
from server.errors import NotFound
from server.ids import new_id
from server.promises import queries
from server.promises.models import Promise, PromiseKind
from server.relationships import operations as relationships
from server.swaps.models import Side
from server.swaps.operations import SwapReference, locate
from server.texts import clean_text

LONGEST_PROMISE = 280


async def make_promise(
    connection: Connection,
    *,
    person_id: UUID,
    swap: SwapReference,
    kind: PromiseKind,
    text: str,
    due_on: date | None,
    key: UUID | None,
    now: datetime,
) -> Promise:
    """Keep a promise in mind. The same `key` again answers the first one. Raises `NotFound`, `InputNotValid`."""
    words = clean_text(text, field="text", longest=LONGEST_PROMISE)
    side = await locate(connection, person_id=person_id, swap=swap)
    promise_id = new_id()
    return await queries.insert_promise(
        connection,
        side=side,
        promise_id=promise_id,
        key=key or promise_id,
        kind=kind,
        text=words,
        due_on=due_on,
        now=now,
    )


async def keep_promise(
    connection: Connection, *, person_id: UUID, event_id: UUID | None, promise: UUID, now: datetime
) -> Promise:
    """Mark one's own promise as kept; `promise` is its id, or the phone's key when `event_id` is None.

    What was kept was given: it is remembered so. Raises `NotFound`.
    """
    async with connection.transaction():
        kept = await queries.keep_promise(connection, person_id=person_id, event_id=event_id, promise=promise, now=now)
        if kept is None:
            raise NotFound
        await relationships.follow_promise(connection, event_id=kept.event_id, promise_id=kept.id)
    return kept


async def reopen_promise(connection: Connection, *, person_id: UUID, event_id: UUID | None, promise: UUID) -> Promise:
    """Let one's own promise be open again, named as `keep_promise` names it. Raises `NotFound`."""
    async with connection.transaction():
        reopened = await queries.reopen_promise(connection, person_id=person_id, event_id=event_id, promise=promise)
        if reopened is None:
            raise NotFound
        await relationships.follow_promise(connection, event_id=reopened.event_id, promise_id=reopened.id)
    return reopened


async def read_promises(connection: Connection, *, sides: Collection[Side]) -> dict[Side, list[Promise]]:
    """Each side's own promises in its swap, oldest first. `sides` must come from operations that proved them."""
    return await queries.select_promises(connection, sides=sides)


async def find_promise(connection: Connection, *, event_id: UUID, promise_id: UUID, person_id: UUID) -> Promise:
    """One of the person's own promises. Raises `NotFound`."""
    found = await queries.select_promise(connection, event_id=event_id, promise_id=promise_id, person_id=person_id)
    if found is None:
        raise NotFound
    return found
