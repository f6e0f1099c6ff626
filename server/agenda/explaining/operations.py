"""Explaining a swap's agendas to the host: recomputed from the facts as they were when each was chosen.

What is not kept cannot be told: which prompts a phone had shown, and how a card read before it was changed. Where the
rules would now choose otherwise, that is said. Nothing is changed, and nothing that anybody wrote is read out.
"""

from datetime import date
from uuid import UUID

from server.agenda.choosing import OF_A_TALK, drawing
from server.agenda.circumstances import Situation
from server.agenda.explaining import queries
from server.agenda.explaining.models import ExplainedAgenda, GivenAgenda
from server.agenda.explaining.reasons import explained
from server.agenda.models import Circumstance, Side
from server.agenda.operations import seed_of
from server.agenda.packs.libraries import library_at
from server.agenda.pairs.common_ground import words_shared
from server.agenda.pairs.queries import select_pair
from server.db import Connection
from server.errors import NotFound
from server.events.models import Event
from server.events.operations import find_event
from server.ids import made_at


async def explain_swap(
    connection: Connection, *, event_id: UUID, swap_id: UUID, day: date | None = None
) -> list[ExplainedAgenda]:
    """Both sides' agendas of that day or of the latest conversation, the lower side first.

    Raises `NotFound` for a swap that is not there or was withdrawn, and for a day on which the two had no agenda.
    """
    given = await queries.select_given(connection, event_id=event_id, swap_id=swap_id, day=day)
    if not given:
        raise NotFound
    event = await find_event(connection, event_id=event_id)
    return [await _explain(connection, event=event, swap_id=swap_id, given=each) for each in given]


async def _explain(connection: Connection, *, event: Event, swap_id: UUID, given: GivenAgenda) -> ExplainedAgenda:
    first = min(prompt.id for prompt in given.prompts)
    pair = await select_pair(
        connection,
        event_id=event.id,
        swap_id=swap_id,
        day=given.day,
        day_starts_at=event.day_starts_at(given.day),
        now=made_at(first),
        before=first,
    )
    if pair is None:
        raise NotFound
    pair = pair.asking(event.card_questions)
    is_lower = given.registration_id == pair.lower.registration_id
    reader, other = (pair.lower, pair.upper) if is_lower else (pair.upper, pair.lower)
    side = Side.A if is_lower else Side.B
    named = [prompt.key for prompt in given.prompts]
    at_event = await library_at(connection, event=event, locale=reader.locale, named=named)
    situation = Situation.between(
        reader=reader.written,
        other=other.card,
        history=at_event.known(pair.history_of(reader, ())),
        shared=words_shared(reader, other),
    )
    draw = drawing(
        situation,
        side=side,
        seed=seed_of(swap_id, given.day),
        library=at_event.library,
        with_others=reader.with_others,
        limits=OF_A_TALK,
    )
    return ExplainedAgenda(
        side=side,
        language=at_event.library.language,
        day=given.day,
        made_at=made_at(first),
        holds=tuple(each for each in Circumstance if each in situation.holds),
        cards_changed=given.cards_changed_at > made_at(first),
        prompts=tuple(explained(given.prompts, draw, at_event.library)),
    )
