"""A person's own places at events: finding them, and changing the card."""

from datetime import datetime
from uuid import UUID

from server.db import Connection
from server.registrations import queries
from server.registrations.models import Registration


async def find_own(connection: Connection, *, event_id: UUID, person_id: UUID, now: datetime) -> Registration | None:
    """The person's place at this event, with today's state."""
    found = await queries.select_own(connection, person_id=person_id, event_id=event_id, now=now)
    return found[0] if found else None


async def list_own(connection: Connection, *, person_id: UUID, now: datetime) -> list[Registration]:
    """All of the person's places, the event that starts last first."""
    return await queries.select_own(connection, person_id=person_id, event_id=None, now=now)
