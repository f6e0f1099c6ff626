"""How connected a room was, for its organizers: worked out once, a day after the end, and never again.

Nothing here tells of a conversation while an event lasts, of fewer than five people, or twice of the same event.
"""

from datetime import datetime
from uuid import UUID

from server.connectedness import queries
from server.connectedness.models import FEWEST, Connectedness, Figures, ready_at
from server.db import Connection
from server.events.models import ORGANIZERS
from server.events.operations import find_event, require_role


async def read_connectedness(
    connection: Connection, *, event_id: UUID, person_id: UUID, now: datetime
) -> Connectedness:
    """The figures of an event. Raises `NotAllowed` for whoever does not organize it, and `NotFound` for strangers."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    event = await find_event(connection, event_id=event_id)
    ready = ready_at(event)
    if now < ready:
        return Connectedness(ready, Figures())
    await queries.insert_figures(connection, event_id=event_id, fewest=FEWEST, now=now)
    return Connectedness(ready, await queries.select_figures(connection, event_id=event_id))


async def work_out_before_ageing(connection: Connection, *, event_id: UUID, now: datetime) -> None:
    """Work out what is due of this event and not there yet: what it rests on is about to go. Raises `NotFound`."""
    event = await find_event(connection, event_id=event_id)
    if now >= ready_at(event):
        await queries.insert_figures(connection, event_id=event_id, fewest=FEWEST, now=now)


async def work_out_due(connection: Connection, *, now: datetime) -> int:
    """Work out what is due and not there yet; for how many events."""
    due = await queries.select_due(connection, now=now)
    for event_id in due:
        await queries.insert_figures(connection, event_id=event_id, fewest=FEWEST, now=now)
    return len(due)
