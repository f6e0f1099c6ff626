"""Keeping two people apart, at every event, in both directions, without telling the one who is blocked.

A block belongs to people; where somebody blocked has no account yet it waits at their place for whoever takes it.
Stands below the places, because taking one must bring its blocks along. Naming whom to block is
`server.encounters`.
"""

from datetime import datetime
from uuid import UUID

from server.blocks import queries
from server.blocks.models import Block, EndedSwap, Meeting
from server.db import Connection


async def block(connection: Connection, *, person_id: UUID, meeting: Meeting, now: datetime) -> list[EndedSwap]:
    """Never show the two to each other again; answers which of their swaps ended by it.

    Call it in a transaction that keeps the other's place from being taken meanwhile.
    """
    await hold_pair(connection, person_id=person_id, other=meeting.other_person_id or meeting.other_id)
    await queries.insert_block(connection, blocker_id=person_id, meeting=meeting, now=now)
    return await queries.end_swaps(connection, person_id=person_id, now=now)


async def hold_pair(connection: Connection, *, person_id: UUID, other: UUID) -> None:
    """Let nobody block or scan between these two until the transaction ends.

    Whoever holds this and asks *afterwards* whether they are apart, by the view `blocked_pairs`, is answered rightly.

    `other` is a person, or the place of somebody who has no account yet.
    """
    await queries.hold_pair(connection, one=person_id, other=other)


async def follow_claim(
    connection: Connection, *, event_id: UUID, registration_id: UUID, person_id: UUID, now: datetime
) -> None:
    """Whoever takes a place takes over the blocks that waited there, and the swaps of it that their own blocks end.

    Call it in the transaction that gave the place away. Phones that show such a swap hear of it at their next look.
    """
    for blocker_id in await queries.select_waiting_blockers(
        connection, event_id=event_id, registration_id=registration_id, person_id=person_id
    ):
        await queries.hold_pair(connection, one=blocker_id, other=person_id)
    await queries.follow_place(connection, event_id=event_id, registration_id=registration_id, person_id=person_id)
    await queries.end_swaps(connection, person_id=person_id, now=now)


async def list_blocks(connection: Connection, *, person_id: UUID) -> list[Block]:
    """Whom the person has blocked, the latest first, each once. Nobody else is ever told."""
    return await queries.select_blocks(connection, person_id=person_id)


async def unblock(connection: Connection, *, person_id: UUID, event_id: UUID, swap_id: UUID) -> bool:
    """Take back one's block of the person met in that swap; whether there was one. Swaps stay as they are."""
    return await queries.delete_blocks(connection, person_id=person_id, event_id=event_id, swap_id=swap_id)
