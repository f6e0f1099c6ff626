"""Prompts that a phone showed by itself, after its scan was sent: they join the agenda when they are marked.

What was asked and learned is never lost for being asked early. A key that the library lacks is refused.
"""

from uuid import UUID

from server.agenda import queries
from server.agenda.circumstances import Situation, as_shown
from server.agenda.packs.libraries import library_at
from server.db import Connection
from server.errors import NotFound
from server.events.operations import find_event
from server.ids import new_id
from server.registrations.models import Card
from server.swaps.models import Side

#: One conversation's agenda never grows past this, whatever a phone says it showed: seven of ours, sixteen with each
#: of two scans.
MOST_OF_ONE_CONVERSATION = 40


async def find_or_add(connection: Connection, *, side: Side, scan_key: UUID, library_key: str) -> UUID:
    """The id of the prompt with this library key in the conversation that the scan belongs to.

    One that is not on its agenda yet is put at its end, in the reader's language, with a quote from the other's card
    as the reader may see it now. `side` must come from an operation that proved it, by the same `scan_key`.

    Raises `NotFound` for a key the library lacks, and when the agenda is full.
    """
    event = await find_event(connection, event_id=side.event_id)
    scan = await queries.select_scan_shown_to(connection, side=side, scan_key=scan_key)
    if scan is None:
        raise NotFound
    day = event.day_of(scan.happened_at)
    found = await queries.select_prompt_id(connection, side=side, day=day, library_key=library_key)
    if found is not None:
        return found
    known = await library_at(connection, event=event, locale=scan.locale, named=[library_key])
    prompt = known.library.by_key.get(library_key)
    if prompt is None:
        raise NotFound
    situation = Situation.between(reader=Card(""), other=scan.other.asked(event.card_questions))
    await queries.append_prompt(
        connection,
        side=side,
        day=day,
        prompt_id=new_id(),
        prompt=as_shown(prompt, situation),
        at_most=MOST_OF_ONE_CONVERSATION,
    )
    found = await queries.select_prompt_id(connection, side=side, day=day, library_key=library_key)
    if found is None:
        raise NotFound
    return found
