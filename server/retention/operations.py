"""Ageing events: what was kept for the day of the event goes once it was kept long enough.

People keep what they made of it: relationships with a copy of the card by live consent, the swaps these came from,
conversations, notes, promises, insights. Everything goes in small transactions, each of which can be the last one
before a kill: the next run goes on with what is still there.
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from uuid import UUID

from server.connectedness.operations import work_out_before_ageing
from server.db import Connection
from server.errors import InputNotValid, NotFound
from server.events.models import LONGEST_KEPT, SHORTEST_KEPT
from server.relationships.operations import keep_card_copies
from server.retention import queries
from server.retention.errors import StillKept
from server.retention.models import Gone, OldEvent

#: Rows taken in one transaction.
BATCH = 500
#: Others have their turn in between (seconds).
PAUSE = 0.02
#: An aged event is looked at again after so long, for what came late from a phone or was written since.
LOOKED_AT_AGAIN = timedelta(days=30)


async def old_events(connection: Connection, *, now: datetime) -> list[OldEvent]:
    """The events that are due to be aged."""
    return await queries.select_old_events(connection, now=now, aged_before=now - LOOKED_AT_AGAIN)


async def age(connection: Connection, *, event_id: UUID, now: datetime) -> list[Gone]:
    """Age this event now, however long ago it ended; what went. Doing it again finds nothing more.

    Call it outside a transaction: each of its batches is one. Raises `NotFound`.
    """
    if await queries.select_event_to_age(connection, event_id=event_id) is None:
        raise NotFound
    await work_out_before_ageing(connection, event_id=event_id, now=now)
    await keep_card_copies(connection, event_id, now)
    gone = [each async for each in _in_batches(connection, event_id)]
    await queries.update_aged_at(connection, event_id=event_id, now=now)
    return gone


async def age_if_old(connection: Connection, *, event_id: UUID, now: datetime) -> list[Gone]:
    """The same for an event that was due when somebody looked: nothing goes where it is kept longer by now, or gone."""
    try:
        await require_old(connection, event_id=event_id, now=now, early=False)
        return await age(connection, event_id=event_id, now=now)
    except (StillKept, NotFound):
        return []


async def require_old(connection: Connection, *, event_id: UUID, now: datetime, early: bool) -> None:
    """Raises `StillKept` where the event's time is not over, unless that is meant; `NotFound`."""
    event = await queries.select_event_to_age(connection, event_id=event_id)
    if event is None:
        raise NotFound
    until = event.ends_at + timedelta(days=event.retention_days)
    if now < until and not early:
        raise StillKept(until)


async def foresee(connection: Connection, *, event_id: UUID, now: datetime) -> list[Gone]:
    """What would go if the event were aged now. It is done and taken back, so the numbers are exact.

    Raises `NotFound`.
    """
    foreseeing = connection.transaction()
    await foreseeing.start()
    try:
        return await age(connection, event_id=event_id, now=now)
    finally:
        await foreseeing.rollback()


async def keep_for(connection: Connection, *, event_id: UUID, days: int) -> None:
    """Keep this event so many days after its end. Raises `InputNotValid`."""
    if not SHORTEST_KEPT <= days <= LONGEST_KEPT:
        raise InputNotValid("days", f"Keep an event from {SHORTEST_KEPT} to {LONGEST_KEPT} days after its end.")
    await queries.update_retention(connection, event_id=event_id, days=days)


async def _in_batches(connection: Connection, event_id: UUID) -> AsyncIterator[Gone]:
    for what, statement in queries.STEPS:
        number = 0
        while taken := await queries.take(connection, statement, event_id=event_id, at_most=BATCH):
            number += taken
            await asyncio.sleep(PAUSE)
        yield Gone(what, number)
