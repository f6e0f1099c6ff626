"""Every statement behind an ending: the swap it ends, and whose meeting it names."""

from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.blocks.models import Meeting
from server.db import Connection
from server.events.models import day_of

#: Ends a swap for both sides, by one of them.
WITHDRAW_SWAP: LiteralString = """
    UPDATE swaps SET withdrawn_at = $4, withdrawn_by = $3, changed_at = $4
    WHERE event_id = $1 AND id = $2 AND withdrawn_at IS NULL
    RETURNING lower_id, upper_id
"""


async def withdraw_swap(
    connection: Connection, *, event_id: UUID, swap_id: UUID, by: UUID, now: datetime
) -> tuple[UUID, UUID] | None:
    row = await connection.fetchrow(WITHDRAW_SWAP, event_id, swap_id, by, now)
    return None if row is None else (row["lower_id"], row["upper_id"])


#: Offers end with the swap: should it come back, both are asked anew.
FORGET_OFFERS: LiteralString = """
    UPDATE swap_sides SET offers = NULL, offered_at = NULL, declined_at = NULL
    WHERE event_id = $1 AND swap_id = $2
"""


async def forget_offers(connection: Connection, *, event_id: UUID, swap_id: UUID) -> None:
    await connection.execute(FORGET_OFFERS, event_id, swap_id)


#: A person's own swap, live or withdrawn, and whose place the other's is; that place cannot be taken by anybody until
#: the transaction ends.
SELECT_MEETING: LiteralString = """
    SELECT me.id AS registration_id, theirs.id AS other_id, theirs.person_id AS other_person_id,
           events.title, events.timezone, swaps.swapped_at
    FROM swaps
    JOIN events ON events.id = swaps.event_id
    JOIN registrations AS me ON me.event_id = swaps.event_id AND me.id IN (swaps.lower_id, swaps.upper_id)
    JOIN registrations AS theirs ON theirs.event_id = swaps.event_id
        AND theirs.id IN (swaps.lower_id, swaps.upper_id) AND theirs.id <> me.id
    WHERE swaps.event_id = $1 AND swaps.id = $2 AND me.person_id = $3
    FOR KEY SHARE OF theirs
"""


async def select_meeting(connection: Connection, *, event_id: UUID, swap_id: UUID, person_id: UUID) -> Meeting | None:
    row = await connection.fetchrow(SELECT_MEETING, event_id, swap_id, person_id)
    if row is None:
        return None
    return Meeting(
        event_id=event_id,
        event_title=row["title"],
        swap_id=swap_id,
        registration_id=row["registration_id"],
        other_id=row["other_id"],
        other_person_id=row["other_person_id"],
        met_on=day_of(row["timezone"], row["swapped_at"]),
    )


#: The swap that came of a scan by the person's own phone, whether it lives or not.
SELECT_SCANNED_SWAP: LiteralString = """
    SELECT scans.event_id, scans.swap_id
    FROM registrations
    JOIN scans ON scans.event_id = registrations.event_id AND scans.registration_id = registrations.id
    WHERE registrations.person_id = $1 AND scans.key = $2 AND scans.swap_id IS NOT NULL
"""


async def select_scanned_swap(connection: Connection, *, person_id: UUID, key: UUID) -> tuple[UUID, UUID] | None:
    row = await connection.fetchrow(SELECT_SCANNED_SWAP, person_id, key)
    return None if row is None else (row["event_id"], row["swap_id"])
