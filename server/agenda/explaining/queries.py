"""Every statement about agendas as they were given: which prompts, in what order, without a word of anybody."""

from datetime import date
from itertools import groupby
from typing import LiteralString
from uuid import UUID

from asyncpg import Record

from server.agenda.explaining.models import GivenAgenda, GivenPrompt
from server.agenda.models import PromptPhase
from server.db import Connection

#: Both sides' prompts of a live swap, of day $3 or the latest one, with the time at which a card of the two changed.
SELECT_GIVEN: LiteralString = """
    SELECT prompts.registration_id, prompts.day, prompts.id, prompts.library_key, prompts.phase, prompts.minutes,
           (SELECT max(cards.updated_at) FROM cards
            WHERE cards.event_id = $1 AND cards.registration_id IN (swaps.lower_id, swaps.upper_id)) AS cards_changed_at
    FROM swaps
    JOIN agenda_prompts AS prompts ON prompts.event_id = $1 AND prompts.swap_id = $2
    WHERE swaps.event_id = $1 AND swaps.id = $2 AND swaps.withdrawn_at IS NULL AND prompts.meeting_id IS NULL
      AND prompts.day = COALESCE($3, (
          SELECT max(latest.day) FROM agenda_prompts AS latest
          WHERE latest.event_id = $1 AND latest.swap_id = $2 AND latest.meeting_id IS NULL
      ))
    ORDER BY prompts.registration_id, prompts.place, prompts.id
"""


async def select_given(connection: Connection, *, event_id: UUID, swap_id: UUID, day: date | None) -> list[GivenAgenda]:
    """One for each side that has prompts, the lower registration first."""
    rows = await connection.fetch(SELECT_GIVEN, event_id, swap_id, day)
    of_sides = [list(side) for _, side in groupby(rows, key=lambda row: row["registration_id"])]
    return [_agenda(side) for side in of_sides]


def _agenda(rows: list[Record]) -> GivenAgenda:
    return GivenAgenda(
        registration_id=rows[0]["registration_id"],
        day=rows[0]["day"],
        prompts=tuple(
            GivenPrompt(row["id"], row["library_key"], PromptPhase(row["phase"]), row["minutes"]) for row in rows
        ),
        cards_changed_at=rows[0]["cards_changed_at"],
    )
