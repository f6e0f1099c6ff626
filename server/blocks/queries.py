"""Every statement about blocks. Which places they keep apart is read from the view `blocked_pairs`."""

from datetime import datetime
from typing import LiteralString
from uuid import UUID

from server.blocks.models import Block, EndedSwap, Meeting
from server.db import Connection

#: Scans and blocks of the same two take turns until their transactions end. Whoever holds this and asks *afterwards*
#: whether the two are apart is answered rightly, also for events at which they have no swap yet.
HOLD_PAIR: LiteralString = """
    SELECT pg_advisory_xact_lock(hashtextextended(LEAST($1::uuid, $2::uuid)::text || GREATEST($1::uuid, $2::uuid), 0))
"""


async def hold_pair(connection: Connection, *, one: UUID, other: UUID) -> None:
    await connection.execute(HOLD_PAIR, one, other)


#: A block; the same again changes nothing, but for knowing by now who took the place.
INSERT_BLOCK: LiteralString = """
    INSERT INTO blocks (blocker_id, met_swap_id, met_event_id, met_registration_id, blocked_id, event_title, met_on,
                        blocked_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT ON CONSTRAINT blocks_pkey
        DO UPDATE SET blocked_id = COALESCE(blocks.blocked_id, EXCLUDED.blocked_id)
"""


async def insert_block(connection: Connection, *, blocker_id: UUID, meeting: Meeting, now: datetime) -> None:
    await connection.execute(
        INSERT_BLOCK,
        blocker_id,
        meeting.swap_id,
        meeting.event_id,
        meeting.other_id,
        meeting.other_person_id,
        meeting.event_title,
        meeting.met_on,
        now,
    )


#: Ends every live swap that a person has with somebody they are kept apart from, at every event, in the name of the
#: one who blocked. Offers end with it, as they do when a swap is withdrawn.
END_SWAPS: LiteralString = """
    WITH ended AS (
        UPDATE swaps SET withdrawn_at = $2, withdrawn_by = pairs.blocker_id, changed_at = $2
        FROM registrations
        JOIN blocked_pairs AS pairs ON pairs.event_id = registrations.event_id
            AND pairs.registration_id = registrations.id
        WHERE registrations.person_id = $1 AND swaps.event_id = registrations.event_id
          AND swaps.lower_id = LEAST(pairs.registration_id, pairs.other_id)
          AND swaps.upper_id = GREATEST(pairs.registration_id, pairs.other_id)
          AND swaps.withdrawn_at IS NULL
        RETURNING swaps.event_id, swaps.id, swaps.lower_id, swaps.upper_id
    ), forgotten AS (
        UPDATE swap_sides SET offers = NULL, offered_at = NULL, declined_at = NULL
        FROM ended
        WHERE swap_sides.event_id = ended.event_id AND swap_sides.swap_id = ended.id
    )
    SELECT event_id, id, lower_id, upper_id FROM ended
"""


async def end_swaps(connection: Connection, *, person_id: UUID, now: datetime) -> list[EndedSwap]:
    rows = await connection.fetch(END_SWAPS, person_id, now)
    return [EndedSwap(row["event_id"], row["id"], row["lower_id"], row["upper_id"]) for row in rows]


#: Who has blocked whoever comes to take this place.
SELECT_WAITING_BLOCKERS: LiteralString = """
    SELECT DISTINCT blocker_id
    FROM blocks
    WHERE met_event_id = $1 AND met_registration_id = $2 AND blocked_id IS NULL AND blocker_id <> $3
    ORDER BY blocker_id
"""


async def select_waiting_blockers(
    connection: Connection, *, event_id: UUID, registration_id: UUID, person_id: UUID
) -> list[UUID]:
    rows = await connection.fetch(SELECT_WAITING_BLOCKERS, event_id, registration_id, person_id)
    return [row["blocker_id"] for row in rows]


#: The place has been taken: those who blocked it have blocked this person.
FOLLOW_PLACE: LiteralString = """
    UPDATE blocks SET blocked_id = $3
    WHERE met_event_id = $1 AND met_registration_id = $2 AND blocked_id IS NULL AND blocker_id <> $3
"""


async def follow_place(connection: Connection, *, event_id: UUID, registration_id: UUID, person_id: UUID) -> None:
    await connection.execute(FOLLOW_PLACE, event_id, registration_id, person_id)


#: Whom a person has blocked, the latest first: one line for each, also where several of their meetings were named.
SELECT_BLOCKS: LiteralString = """
    SELECT met_event_id, met_swap_id, event_title, met_on, blocked_at
    FROM (
        SELECT DISTINCT ON (COALESCE(blocked_id, met_registration_id))
               met_event_id, met_swap_id, event_title, met_on, blocked_at
        FROM blocks
        WHERE blocker_id = $1
        ORDER BY COALESCE(blocked_id, met_registration_id), blocked_at, met_swap_id
    ) AS people
    ORDER BY blocked_at DESC, met_swap_id
"""


async def select_blocks(connection: Connection, *, person_id: UUID) -> list[Block]:
    rows = await connection.fetch(SELECT_BLOCKS, person_id)
    return [
        Block(row["met_event_id"], row["met_swap_id"], row["event_title"], row["met_on"], row["blocked_at"])
        for row in rows
    ]


#: A block taken back by its maker, with all others that keep the same two apart from the maker's side.
DELETE_BLOCKS: LiteralString = """
    DELETE FROM blocks
    USING blocks AS named
    WHERE named.blocker_id = $1 AND named.met_event_id = $2 AND named.met_swap_id = $3
      AND blocks.blocker_id = $1
      AND (blocks.blocked_id = named.blocked_id OR blocks.met_registration_id = named.met_registration_id)
    RETURNING blocks.met_swap_id
"""


async def delete_blocks(connection: Connection, *, person_id: UUID, event_id: UUID, swap_id: UUID) -> bool:
    return bool(await connection.fetch(DELETE_BLOCKS, person_id, event_id, swap_id))
