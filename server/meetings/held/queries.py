"""Every statement about what came of a 1-2-1: what each side says of it, and the conversation it counts as."""

from datetime import date, datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.swaps.models import Side

#: What one side says of a 1-2-1 whose time has come; said again, the latest counts.
UPSERT_OUTCOME: LiteralString = """
    INSERT INTO meeting_outcomes (event_id, meeting_id, swap_id, registration_id, took_place, told_at)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT ON CONSTRAINT meeting_outcomes_pkey
        DO UPDATE SET took_place = EXCLUDED.took_place, told_at = EXCLUDED.told_at
"""


async def upsert_outcome(
    connection: Connection, *, side: Side, meeting_id: UUID, took_place: bool, now: datetime
) -> None:
    await connection.execute(
        UPSERT_OUTCOME, side.event_id, meeting_id, side.swap_id, side.registration_id, took_place, now
    )


#: A 1-2-1 that either side says was held is a conversation of its own.
COUNT_CONVERSATION: LiteralString = """
    INSERT INTO conversations (event_id, swap_id, day, meeting_id)
    SELECT $1, $2, $4, $3
    WHERE EXISTS (SELECT 1 FROM meeting_outcomes WHERE event_id = $1 AND meeting_id = $3 AND took_place)
    ON CONFLICT ON CONSTRAINT conversations_pkey DO NOTHING
"""

#: And none where nobody says so any more.
UNCOUNT_CONVERSATION: LiteralString = """
    DELETE FROM conversations
    WHERE event_id = $1 AND swap_id = $2 AND meeting_id = $3
      AND NOT EXISTS (SELECT 1 FROM meeting_outcomes WHERE event_id = $1 AND meeting_id = $3 AND took_place)
"""


async def count_conversation(
    connection: Connection, *, event_id: UUID, swap_id: UUID, meeting_id: UUID, day: date
) -> None:
    await connection.execute(COUNT_CONVERSATION, event_id, swap_id, meeting_id, day)
    await connection.execute(UNCOUNT_CONVERSATION, event_id, swap_id, meeting_id)
