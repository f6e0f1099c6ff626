"""Sharing back what somebody offered, or letting it pass: a relationship begins where both share by that, and what
rested on it ends where one no longer does, in the same transaction.
"""

from datetime import datetime
from uuid import UUID

from server.db import Connection
from server.introductions import operations as introductions
from server.meetings import operations as meetings
from server.people.models import ContactField
from server.relationships import operations as relationships
from server.swaps import operations as swaps
from server.swaps.models import ShareState, Swap
from server.swaps.operations import SwapReference


async def share_back(
    connection: Connection,
    *,
    person_id: UUID,
    swap: SwapReference,
    fields: frozenset[ContactField] | None,
    now: datetime,
) -> Swap:
    """Offer contact fields, as `server.swaps.operations.share_back` does, and raises what it raises."""
    async with connection.transaction():
        shared = await swaps.share_back(connection, person_id=person_id, swap=swap, fields=fields, now=now)
        if shared.share is ShareState.MUTUAL:
            await relationships.begin(connection, event_id=shared.event.id, swap_id=shared.id, now=now)
    return shared


async def decline_share(connection: Connection, *, person_id: UUID, swap: SwapReference, now: datetime) -> Swap:
    """Let the other's offer pass, as `server.swaps.operations.decline_share` does, and raises what it raises."""
    async with connection.transaction():
        declined = await swaps.decline_share(connection, person_id=person_id, swap=swap, now=now)
        await relationships.forget_card_copies(connection, event_id=declined.event.id, swap_ids=[declined.id])
        await introductions.end_by_swaps(connection, swaps=[(declined.event.id, declined.id)], now=now)
        await meetings.end_with_swap(connection, event_id=declined.event.id, swap_id=declined.id, now=now)
    return declined
