"""What one person keeps about another: that it began, what was given and received, when they last were in touch.

A relationship begins when a swap becomes mutual and stays with its owner. What may be seen of the other is never
decided here from what is stored: it follows from the pair's swaps as they are now.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from server.db import Connection
from server.ids import new_id
from server.relationships import queries
from server.relationships.models import GiftDirection, GiftKind


async def begin(
    connection: Connection, *, event_id: UUID, swap_id: UUID, now: datetime, touched_at: datetime | None = None
) -> None:
    """Let both people of a mutual swap remember each other from now on; nothing where it is not mutual.

    Call it in the transaction that made the swap mutual, or in which the two talked again. It begins once, however
    often it is called. `touched_at` is when they talked; without it, when they met in this swap.
    """
    is_new = await queries.begin(
        connection,
        event_id=event_id,
        swap_id=swap_id,
        new_ids=(new_id(), new_id()),
        touched_at=touched_at,
        now=now,
    )
    if is_new:
        await queries.record_kept_promises(connection, event_id=event_id, swap_id=swap_id)


async def follow_promise(connection: Connection, *, event_id: UUID, promise_id: UUID) -> None:
    """Let what was given follow a promise that has just been kept, or is open again.

    Call it in the transaction that changed the promise.
    """
    await queries.forget_open_promise(connection, event_id=event_id, promise_id=promise_id)
    await queries.record_kept_promises(connection, event_id=event_id, promise_id=promise_id)


async def other_person(connection: Connection, *, event_id: UUID, swap_id: UUID, person_id: UUID) -> UUID | None:
    """Whom the person met in this swap of theirs, live or not; None while nobody has taken the other's place."""
    return await queries.select_other_person(connection, event_id=event_id, swap_id=swap_id, person_id=person_id)


async def record_gift(
    connection: Connection,
    *,
    person_id: UUID,
    other_id: UUID,
    direction: GiftDirection,
    kind: GiftKind,
    text: str,
    key: UUID,
    now: datetime,
) -> None:
    """Remember something given or received. The same `key` again changes nothing.

    `key` is the id of what it came from (a promise, a follow-up, an introduction), or one made by a phone. `text` must
    be clean already. Without a relationship between the two there is nowhere to remember it, and nothing is kept.
    """
    await queries.insert_gift(
        connection,
        person_id=person_id,
        other_id=other_id,
        gift_id=new_id(),
        key=key,
        direction=direction,
        kind=kind,
        text=text,
        now=now,
    )


async def forget_gift(connection: Connection, *, person_id: UUID, key: UUID) -> None:
    """Take back what was remembered under this key; nothing where nothing was."""
    await queries.delete_gift(connection, person_id=person_id, key=key)


async def has_given(connection: Connection, *, person_id: UUID, other_ids: Collection[UUID]) -> set[UUID]:
    """Those of `other_ids` to whom the person has given something: only they may be asked for anything."""
    return await queries.select_given(connection, person_id=person_id, other_ids=other_ids)


async def touch(connection: Connection, *, person_id: UUID, other_id: UUID, now: datetime) -> datetime | None:
    """Let the person remember that they were in touch at `now`. It never moves backwards.

    When they had last been in touch before, for `take_back_touch`; None where this moved nothing.
    """
    return await queries.touch(connection, person_id=person_id, other_id=other_id, now=now)


async def take_back_touch(
    connection: Connection, *, person_id: UUID, other_id: UUID, touched_at: datetime, before: datetime
) -> None:
    """Undo what `touch` did at `touched_at`, where it was the last one: what came later stays."""
    await queries.take_back_touch(
        connection, person_id=person_id, other_id=other_id, touched_at=touched_at, before=before
    )


async def keep_card_copies(connection: Connection, event_id: UUID, now: datetime) -> None:
    """Copy the cards of an event for those to whom they are open by a mutual swap, before the cards themselves go.

    A copy is read only while that swap is mutual. Doing it again changes no copy. Whoever then empties a card empties
    its `search_key` too.
    """
    await queries.keep_cards(connection, event_id=event_id, now=now)


async def forget_card_copies(connection: Connection, *, event_id: UUID, swap_ids: Collection[UUID]) -> None:
    """Drop both sides' copies of cards: their swaps have ended, or one side shares no longer."""
    await queries.forget_cards(connection, event_id=event_id, swap_ids=swap_ids)
