"""Every statement about the prompts one side got for one swap."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import LiteralString
from uuid import UUID

from asyncpg import Record

from server.agenda.models import AskedPrompt, ChosenPrompt, PromptPhase, PromptState, ShownScan
from server.db import Connection
from server.ids import new_id
from server.people.names import words_key
from server.registrations.queries import read_card
from server.swaps.models import Side
from server.swaps.sides import by_side, columns_of

#: The agendas of one conversation, all rows of both sides at once; of the 1-2-1 $14 where it is one. A prompt already
#: there only takes its new place.
INSERT_PROMPTS: LiteralString = """
    INSERT INTO agenda_prompts (event_id, id, swap_id, registration_id, day, place, library_key, phase, minutes,
                                quote, text, why, about, meeting_id)
    SELECT $1, prompt.id, $2, prompt.registration_id, $3, prompt.place, prompt.library_key, prompt.phase,
           prompt.minutes, prompt.quote, prompt.text, prompt.why, prompt.about, $14
    FROM unnest($4::uuid[], $5::uuid[], $6::smallint[], $7::text[], $8::text[], $9::smallint[], $10::text[],
                $11::text[], $12::text[], $13::text[])
        AS prompt (id, registration_id, place, library_key, phase, minutes, quote, text, why, about)
    ON CONFLICT ON CONSTRAINT agenda_prompts_one_per_key DO UPDATE SET place = EXCLUDED.place
"""


async def insert_prompts(
    connection: Connection,
    *,
    event_id: UUID,
    swap_id: UUID,
    day: date,
    prompts: Mapping[UUID, Sequence[ChosenPrompt]],
    meeting_id: UUID | None = None,
) -> None:
    """`prompts` are by the side that reads them, in order."""
    rows = [
        (new_id(), reader, place, prompt.key, prompt.phase, prompt.minutes, prompt.quote, prompt.text, prompt.why,
         prompt.about)
        for reader, chosen in prompts.items()
        for place, prompt in enumerate(chosen)
    ]  # fmt: skip
    columns = map(list, zip(*rows, strict=True))
    await connection.execute(INSERT_PROMPTS, event_id, swap_id, day, *columns, meeting_id)


#: What nobody has used yet of one side's agenda for a day goes, but for the keys $5.
DELETE_UNUSED: LiteralString = """
    DELETE FROM agenda_prompts
    WHERE event_id = $1 AND swap_id = $2 AND registration_id = $3 AND day = $4 AND library_key <> ALL ($5::text[])
      AND state = 'WAITING' AND insight IS NULL AND meeting_id IS NULL
"""


async def delete_unused(connection: Connection, *, side: Side, day: date, keep: Sequence[str]) -> None:
    await connection.execute(DELETE_UNUSED, side.event_id, side.swap_id, side.registration_id, day, keep)


#: The agendas of the latest conversations of those sides of live swaps, each in its order; those of 1-2-1s are read
#: by `guided`. Once the other's card is
#: closed to a side, nothing of it is quoted any more, and a prompt that only makes sense with its quote is left out
#: unless it was used.
SELECT_AGENDAS: LiteralString = """
    SELECT prompts.swap_id, prompts.registration_id, prompts.event_id, prompts.id, prompts.library_key, prompts.phase,
           prompts.minutes, CASE WHEN sight.is_open THEN prompts.quote END AS quote, prompts.text, prompts.why,
           prompts.about, prompts.state, prompts.insight
    FROM unnest((SELECT $1::uuid[]), (SELECT $2::uuid[]), (SELECT $3::uuid[]))
        AS side (event_id, swap_id, registration_id)
    JOIN agenda_prompts AS prompts ON prompts.event_id = side.event_id AND prompts.swap_id = side.swap_id
        AND prompts.registration_id = side.registration_id
    JOIN swaps ON swaps.event_id = prompts.event_id AND swaps.id = prompts.swap_id AND swaps.withdrawn_at IS NULL
    JOIN swap_sides AS mine ON mine.event_id = prompts.event_id AND mine.swap_id = prompts.swap_id
        AND mine.registration_id = prompts.registration_id
    JOIN swap_sides AS theirs ON theirs.event_id = mine.event_id AND theirs.swap_id = mine.swap_id
        AND theirs.registration_id <> mine.registration_id
    JOIN cards ON cards.event_id = theirs.event_id AND cards.registration_id = theirs.registration_id
    CROSS JOIN LATERAL (
        SELECT cards.open_to_event
            OR (mine.offers IS NOT NULL AND theirs.offers IS NOT NULL AND mine.declined_at IS NULL) AS is_open
    ) AS sight
    WHERE prompts.meeting_id IS NULL AND prompts.day = (
          SELECT max(latest.day) FROM agenda_prompts AS latest
          WHERE latest.event_id = side.event_id AND latest.swap_id = side.swap_id
            AND latest.registration_id = side.registration_id AND latest.meeting_id IS NULL
      )
      AND (sight.is_open OR prompts.quote IS NULL OR prompts.state <> 'WAITING')
    ORDER BY prompts.place, prompts.id
"""


async def select_agendas(connection: Connection, *, sides: Collection[Side]) -> dict[Side, list[AskedPrompt]]:
    rows = await connection.fetch(SELECT_AGENDAS, *columns_of(sides))
    return by_side(sides, rows, read_prompt)


#: One of the person's own prompts marked, found by its id. An insight once written is kept when none is given. The
#: quote is answered while the other's card is open to this side.
MARK_PROMPT: LiteralString = """
    UPDATE agenda_prompts AS prompts SET state = $4, insight = COALESCE($5, insight), marked_at = $6,
        search_key = COALESCE($7, prompts.search_key)
    FROM registrations, swaps, swap_sides AS mine, swap_sides AS theirs, cards
    WHERE prompts.event_id = $1 AND prompts.id = $3
      AND registrations.event_id = $1 AND registrations.id = prompts.registration_id
      AND registrations.person_id = $2
      AND swaps.event_id = $1 AND swaps.id = prompts.swap_id AND swaps.withdrawn_at IS NULL
      AND mine.event_id = $1 AND mine.swap_id = prompts.swap_id AND mine.registration_id = prompts.registration_id
      AND theirs.event_id = $1 AND theirs.swap_id = prompts.swap_id AND theirs.registration_id <> mine.registration_id
      AND cards.event_id = $1 AND cards.registration_id = theirs.registration_id
    RETURNING prompts.event_id, prompts.id, prompts.library_key, prompts.phase, prompts.minutes,
              CASE WHEN cards.open_to_event
                     OR (mine.offers IS NOT NULL AND theirs.offers IS NOT NULL AND mine.declined_at IS NULL)
                   THEN prompts.quote END AS quote,
              prompts.text, prompts.why, prompts.about, prompts.state, prompts.insight
"""


async def mark_prompt(
    connection: Connection,
    *,
    event_id: UUID,
    person_id: UUID,
    prompt_id: UUID,
    state: PromptState,
    insight: str | None,
    now: datetime,
) -> AskedPrompt | None:
    row = await connection.fetchrow(
        MARK_PROMPT,
        event_id,
        person_id,
        prompt_id,
        state,
        insight,
        now,
        None if insight is None else words_key(insight),
    )
    return None if row is None else read_prompt(row)


#: One of the person's own prompts in a live swap, with its quote while the other's card is open to this side.
SELECT_PROMPT: LiteralString = """
    SELECT prompts.event_id, prompts.id, prompts.library_key, prompts.phase, prompts.minutes,
           CASE WHEN cards.open_to_event
                  OR (mine.offers IS NOT NULL AND theirs.offers IS NOT NULL AND mine.declined_at IS NULL)
                THEN prompts.quote END AS quote,
           prompts.text, prompts.why, prompts.about, prompts.state, prompts.insight
    FROM agenda_prompts AS prompts
    JOIN registrations ON registrations.event_id = prompts.event_id AND registrations.id = prompts.registration_id
    JOIN swaps ON swaps.event_id = prompts.event_id AND swaps.id = prompts.swap_id
    JOIN swap_sides AS mine ON mine.event_id = prompts.event_id AND mine.swap_id = prompts.swap_id
        AND mine.registration_id = prompts.registration_id
    JOIN swap_sides AS theirs ON theirs.event_id = mine.event_id AND theirs.swap_id = mine.swap_id
        AND theirs.registration_id <> mine.registration_id
    JOIN cards ON cards.event_id = theirs.event_id AND cards.registration_id = theirs.registration_id
    WHERE prompts.event_id = $1 AND prompts.id = $2 AND registrations.person_id = $3
      AND swaps.withdrawn_at IS NULL
"""


async def select_prompt(
    connection: Connection, *, event_id: UUID, prompt_id: UUID, person_id: UUID
) -> AskedPrompt | None:
    row = await connection.fetchrow(SELECT_PROMPT, event_id, prompt_id, person_id)
    return None if row is None else read_prompt(row)


#: The id of the prompt with this library key in one side's conversation of one day.
SELECT_PROMPT_ID: LiteralString = """
    SELECT id
    FROM agenda_prompts
    WHERE event_id = $1 AND swap_id = $2 AND registration_id = $3 AND day = $4 AND library_key = $5
      AND meeting_id IS NULL
"""


async def select_prompt_id(connection: Connection, *, side: Side, day: date, library_key: str) -> UUID | None:
    found: UUID | None = await connection.fetchval(
        SELECT_PROMPT_ID, side.event_id, side.swap_id, side.registration_id, day, library_key
    )
    return found


#: When one side's scan truly was, that side's language, and the other's card with whether it is open to that side.
SELECT_SCAN_SHOWN_TO: LiteralString = """
    SELECT scans.happened_at, COALESCE(people.locale, 'en') AS locale,
           cards.open_to_event
               OR (mine.offers IS NOT NULL AND theirs.offers IS NOT NULL AND mine.declined_at IS NULL) AS is_open,
           cards.name, cards.pronouns, cards.up_to, cards.seeking, cards.offering, cards.ask_me_about,
           cards.good_introduction, cards.new_here, cards.been_here, cards.between_things, cards.topics,
           cards.open_to_event, cards.open_to_introductions
    FROM scans
    JOIN registrations ON registrations.event_id = scans.event_id AND registrations.id = scans.registration_id
    LEFT JOIN people ON people.id = registrations.person_id
    JOIN swap_sides AS mine ON mine.event_id = scans.event_id AND mine.swap_id = scans.swap_id
        AND mine.registration_id = scans.registration_id
    JOIN swap_sides AS theirs ON theirs.event_id = mine.event_id AND theirs.swap_id = mine.swap_id
        AND theirs.registration_id <> mine.registration_id
    JOIN cards ON cards.event_id = theirs.event_id AND cards.registration_id = theirs.registration_id
    WHERE scans.event_id = $1 AND scans.swap_id = $2 AND scans.registration_id = $3 AND scans.key = $4
"""


async def select_scan_shown_to(connection: Connection, *, side: Side, scan_key: UUID) -> ShownScan | None:
    row = await connection.fetchrow(SELECT_SCAN_SHOWN_TO, side.event_id, side.swap_id, side.registration_id, scan_key)
    if row is None:
        return None
    card = read_card(row)
    return ShownScan(row["happened_at"], row["locale"], card if row["is_open"] else card.closed())


#: One prompt at the end of a conversation's agenda, unless it is there or the agenda holds $13 already.
APPEND_PROMPT: LiteralString = """
    INSERT INTO agenda_prompts (event_id, id, swap_id, registration_id, day, place, library_key, phase, minutes,
                                quote, text, why, about)
    SELECT $1, $2, $3, $4, $5, COALESCE(max(place) + 1, 0), $6, $7, $8, $9, $10, $11, $12
    FROM agenda_prompts
    WHERE event_id = $1 AND swap_id = $3 AND registration_id = $4 AND day = $5 AND meeting_id IS NULL
    HAVING count(*) < $13
    ON CONFLICT ON CONSTRAINT agenda_prompts_one_per_key DO NOTHING
"""


async def append_prompt(
    connection: Connection, *, side: Side, day: date, prompt_id: UUID, prompt: ChosenPrompt, at_most: int
) -> None:
    await connection.execute(
        APPEND_PROMPT,
        side.event_id,
        prompt_id,
        side.swap_id,
        side.registration_id,
        day,
        prompt.key,
        prompt.phase,
        prompt.minutes,
        prompt.quote,
        prompt.text,
        prompt.why,
        prompt.about,
        at_most,
    )


def read_prompt(row: Record) -> AskedPrompt:
    return AskedPrompt(
        event_id=row["event_id"],
        id=row["id"],
        key=row["library_key"],
        phase=PromptPhase(row["phase"]),
        minutes=row["minutes"],
        quote=row["quote"],
        text=row["text"],
        why=row["why"],
        about=row["about"],
        state=PromptState(row["state"]),
        insight=row["insight"],
    )
