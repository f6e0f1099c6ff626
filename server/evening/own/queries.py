"""Every statement about an evening as its person has it: opened, ended, as long as they want it."""

from datetime import date, datetime
from typing import LiteralString
from uuid import UUID

from server.db import Connection
from server.evening.met.models import SwapAt
from server.evening.models import OwnEvening

#: The first look at a list: nothing is added to it any more, and it stays as long as it is then. An empty one was not
#: seen; it can still be filled.
MARK_OPENED: LiteralString = """
    UPDATE evenings SET opened_at = $4, at_most = people.evening_limit
    FROM registrations
    JOIN people ON people.id = registrations.person_id
    WHERE evenings.event_id = $1 AND evenings.registration_id = $2 AND evenings.day = $3
      AND evenings.opened_at IS NULL
      AND registrations.event_id = evenings.event_id AND registrations.id = evenings.registration_id
      AND EXISTS (
          SELECT 1 FROM follow_ups
          WHERE follow_ups.event_id = $1 AND follow_ups.registration_id = $2 AND follow_ups.day = $3
      )
"""


async def mark_opened(
    connection: Connection, *, event_id: UUID, registration_id: UUID, day: date, now: datetime
) -> None:
    await connection.execute(MARK_OPENED, event_id, registration_id, day, now)


#: A person's place at an event, and what became of their evening of a day there. Somebody who could be asked later is
#: named only while the swap with them lives and nothing was given yet.
SELECT_OWN_EVENING: LiteralString = """
    SELECT registrations.id, evenings.made_at IS NOT NULL AS is_made, evenings.opened_at IS NOT NULL AS is_opened,
           people.evening_limit, COALESCE(evenings.at_most, people.evening_limit) AS at_most, evenings.ended_at,
           waits.event_id AS waits_event_id, waits.id AS waits_swap_id
    FROM registrations
    JOIN people ON people.id = registrations.person_id
    LEFT JOIN evenings ON evenings.event_id = registrations.event_id
        AND evenings.registration_id = registrations.id AND evenings.day = $3
    LEFT JOIN swaps AS waits ON waits.event_id = evenings.ask_waits_event_id AND waits.id = evenings.ask_waits_swap_id
        AND waits.withdrawn_at IS NULL
    WHERE registrations.event_id = $1 AND registrations.person_id = $2 AND registrations.cancelled_at IS NULL
"""


async def select_own_evening(
    connection: Connection, *, event_id: UUID, person_id: UUID, day: date
) -> OwnEvening | None:
    row = await connection.fetchrow(SELECT_OWN_EVENING, event_id, person_id, day)
    if row is None:
        return None
    return OwnEvening(
        registration_id=row["id"],
        is_made=row["is_made"],
        is_opened=row["is_opened"],
        limit=row["evening_limit"],
        at_most=row["at_most"],
        ended_at=row["ended_at"],
        ask_waits=SwapAt(row["waits_event_id"], row["waits_swap_id"]) if row["waits_swap_id"] else None,
    )


#: The person is through with an evening, or, with null, goes on after all. The first time it was said stays.
END_EVENING: LiteralString = """
    UPDATE evenings SET ended_at = CASE WHEN $4::timestamptz IS NULL THEN NULL ELSE COALESCE(ended_at, $4) END
    WHERE event_id = $1 AND registration_id = $2 AND day = $3
"""


async def end_evening(
    connection: Connection, *, event_id: UUID, registration_id: UUID, day: date, ended_at: datetime | None
) -> None:
    await connection.execute(END_EVENING, event_id, registration_id, day, ended_at)


#: How many evenings of a day hold how many follow-ups of live swaps.
COUNT_FOLLOW_UPS: LiteralString = """
    SELECT held.follow_ups, count(*) AS people
    FROM (
        SELECT evenings.registration_id, count(swaps.id) AS follow_ups
        FROM evenings
        LEFT JOIN follow_ups ON follow_ups.event_id = evenings.event_id
            AND follow_ups.registration_id = evenings.registration_id AND follow_ups.day = evenings.day
        LEFT JOIN swaps ON swaps.event_id = follow_ups.swap_event_id AND swaps.id = follow_ups.swap_id
            AND swaps.withdrawn_at IS NULL
        WHERE evenings.event_id = $1 AND evenings.day = $2
        GROUP BY evenings.registration_id
    ) AS held
    GROUP BY held.follow_ups
    ORDER BY held.follow_ups
"""


async def count_follow_ups(connection: Connection, *, event_id: UUID, day: date) -> dict[int, int]:
    rows = await connection.fetch(COUNT_FOLLOW_UPS, event_id, day)
    return {row["follow_ups"]: row["people"] for row in rows}
