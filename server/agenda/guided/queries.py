"""Every statement about the agendas of 1-2-1s. They lie beside those of scans, under the meeting's id."""

from collections.abc import Collection
from datetime import date
from typing import LiteralString
from uuid import UUID

from server.agenda.models import AskedPrompt
from server.agenda.queries import read_prompt
from server.db import Connection

#: The prompts of those 1-2-1s for one side, each in its order. The swap lives and both share, so quotes are open.
SELECT_GUIDED: LiteralString = """
    SELECT prompts.meeting_id, prompts.event_id, prompts.id, prompts.library_key, prompts.phase, prompts.minutes,
           prompts.quote, prompts.text, prompts.why, prompts.about, prompts.state, prompts.insight
    FROM unnest((SELECT $1::uuid[]), (SELECT $2::uuid[]), (SELECT $3::uuid[]), (SELECT $4::uuid[]))
        AS asked (event_id, swap_id, registration_id, meeting_id)
    JOIN agenda_prompts AS prompts ON prompts.event_id = asked.event_id AND prompts.swap_id = asked.swap_id
        AND prompts.registration_id = asked.registration_id AND prompts.meeting_id = asked.meeting_id
    JOIN swaps ON swaps.event_id = prompts.event_id AND swaps.id = prompts.swap_id AND swaps.withdrawn_at IS NULL
    JOIN swap_sides AS mine ON mine.event_id = prompts.event_id AND mine.swap_id = prompts.swap_id
        AND mine.registration_id = prompts.registration_id AND mine.offers IS NOT NULL AND mine.declined_at IS NULL
    JOIN swap_sides AS theirs ON theirs.event_id = mine.event_id AND theirs.swap_id = mine.swap_id
        AND theirs.registration_id <> mine.registration_id AND theirs.offers IS NOT NULL
    ORDER BY prompts.place, prompts.id
"""


async def select_guided(
    connection: Connection, *, asked: Collection[tuple[UUID, UUID, UUID, UUID]]
) -> dict[UUID, list[AskedPrompt]]:
    """By meeting. `asked` are event, swap, registration and meeting."""
    columns = list(map(list, zip(*asked, strict=True))) or [[], [], [], []]
    found: dict[UUID, list[AskedPrompt]] = {}
    for row in await connection.fetch(SELECT_GUIDED, *columns):
        found.setdefault(row["meeting_id"], []).append(read_prompt(row))
    return found


#: A 1-2-1's agendas go to another day with it; no row where it has none yet.
MOVE_GUIDED: LiteralString = """
    UPDATE agenda_prompts SET day = $4
    WHERE event_id = $1 AND swap_id = $2 AND meeting_id = $3
    RETURNING id
"""


async def move_guided(connection: Connection, *, event_id: UUID, swap_id: UUID, meeting_id: UUID, day: date) -> bool:
    """Whether there was anything to move."""
    return bool(await connection.fetch(MOVE_GUIDED, event_id, swap_id, meeting_id, day))


#: What nobody has used yet of a 1-2-1's agendas.
DELETE_UNUSED_GUIDED: LiteralString = """
    DELETE FROM agenda_prompts
    WHERE event_id = $1 AND swap_id = $2 AND meeting_id = $3 AND state = 'WAITING' AND insight IS NULL
"""


async def delete_unused_guided(connection: Connection, *, event_id: UUID, swap_id: UUID, meeting_id: UUID) -> None:
    await connection.execute(DELETE_UNUSED_GUIDED, event_id, swap_id, meeting_id)
