"""Sharing back what somebody offered: where both share by that, their relationship begins in the same transaction."""

from datetime import datetime
from uuid import UUID

from server.db import Connection
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
