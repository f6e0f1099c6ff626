"""The guided agendas of a 1-2-1: made for both sides when they agree on a time, read by each, let go when it is off.

When there is a 1-2-1 is decided elsewhere; here it is only an id, a day and a swap.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from server.agenda.choosing import choose_guided_agenda
from server.agenda.guided import queries
from server.agenda.models import AskedPrompt, ChosenPrompt
from server.agenda.models import Side as Turn
from server.agenda.packs.libraries import library_at
from server.agenda.pairs.common_ground import words_shared
from server.agenda.pairs.queries import select_pair
from server.agenda.queries import insert_prompts
from server.db import Connection
from server.errors import NotFound
from server.events.models import Event
from server.swaps.models import Side


async def make_guided_agendas(
    connection: Connection, *, event: Event, swap_id: UUID, meeting_id: UUID, day: date, now: datetime
) -> None:
    """Give each side its agenda for the 1-2-1 on `day` of the event's calendar; one made before goes to that day.

    Call it with the swap's row held. Raises `NotFound` for a swap there is not.
    """
    if await queries.move_guided(connection, event_id=event.id, swap_id=swap_id, meeting_id=meeting_id, day=day):
        return
    pair = await select_pair(
        connection, event_id=event.id, swap_id=swap_id, day=day, day_starts_at=event.day_starts_at(day), now=now
    )
    if pair is None:
        raise NotFound
    pair = pair.asking(event.card_questions)
    made: dict[UUID, Sequence[ChosenPrompt]] = {}
    for reader, other, turn in ((pair.lower, pair.upper, Turn.A), (pair.upper, pair.lower, Turn.B)):
        at_event = await library_at(connection, event=event, locale=reader.locale)
        history = pair.history_of(reader, made.get(other.registration_id, ()))
        agenda = choose_guided_agenda(
            reader=reader.written,
            other=other.card,
            # A scan on the very day was a talk before this one.
            history=at_event.known(replace(history, asked=(*reader.had, *reader.today))),
            side=turn,
            seed=meeting_id.bytes,
            library=at_event.library,
            shared=words_shared(reader, other),
        )
        made[reader.registration_id] = agenda.prompts
    await insert_prompts(connection, event_id=event.id, swap_id=swap_id, day=day, prompts=made, meeting_id=meeting_id)


async def read_guided_agendas(
    connection: Connection, *, of: Collection[tuple[Side, UUID]]
) -> dict[UUID, list[AskedPrompt]]:
    """One side's prompts by 1-2-1, in order; none for one that has no agenda.

    `of` are this side and the meeting, and must come from operations that proved them.
    """
    asked = [(side.event_id, side.swap_id, side.registration_id, meeting_id) for side, meeting_id in of]
    return await queries.select_guided(connection, asked=asked)


async def forget_unused(connection: Connection, *, event_id: UUID, swap_id: UUID, meeting_id: UUID) -> None:
    """A 1-2-1 is off: what nobody asked in it may be asked another time. What was written stays with its writer."""
    await queries.delete_unused_guided(connection, event_id=event_id, swap_id=swap_id, meeting_id=meeting_id)
