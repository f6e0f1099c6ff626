"""Making both agendas of a swap, reading one's own, and marking what was asked and learned."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from server.agenda import queries
from server.agenda.choosing import choose_agenda
from server.agenda.models import AskedPrompt, ChosenPrompt, Library, PromptState
from server.agenda.models import Side as Turn
from server.agenda.packs.libraries import library_at
from server.agenda.pairs.common_ground import words_shared
from server.agenda.pairs.models import Participant
from server.agenda.pairs.queries import select_pair
from server.agenda.shown import find_or_add
from server.db import Connection
from server.errors import NotFound
from server.events.models import Event
from server.swaps.models import Side
from server.swaps.operations import SwapReference, locate
from server.texts import clean_optional_text

LONGEST_INSIGHT = 500


async def make_agendas(
    connection: Connection,
    *,
    event: Event,
    swap_id: UUID,
    day: date,
    shown: Mapping[UUID, Sequence[str]],
    now: datetime,
) -> None:
    """Give each side that has none its agenda for the conversation of `day`.

    `shown` are the library keys that a side's phone already showed offline. They begin its agenda, also one that the
    other's scan had made before: what was used of that stays, the rest is chosen anew. Call it with the swap's row
    held: the two sides of a pair then never choose the same opening twice. Raises `NotFound` for a swap there is not.
    """
    pair = await select_pair(
        connection, event_id=event.id, swap_id=swap_id, day=day, day_starts_at=event.day_starts_at(day), now=now
    )
    if pair is None:
        raise NotFound
    pair = pair.asking(event.card_questions)
    made: dict[UUID, Sequence[ChosenPrompt]] = {}
    sides = [(pair.lower, pair.upper, Turn.A), (pair.upper, pair.lower, Turn.B)]
    # What one has seen already cannot be chosen otherwise; the other's choice makes room for it.
    for reader, other, turn in sorted(sides, key=lambda side: not shown.get(side[0].registration_id)):
        showed = shown.get(reader.registration_id, ())
        if reader.today and not showed:
            continue
        at_event = await library_at(connection, event=event, locale=reader.locale, named=(*reader.used, *showed))
        begins = _beginning(reader, showed, at_event.library)
        if reader.today and reader.today[: len(begins)] == begins:
            continue
        agenda = choose_agenda(
            reader=reader.written,
            other=other.card,
            history=at_event.known(pair.history_of(reader, made.get(other.registration_id, ()))),
            shared=words_shared(reader, other),
            with_others=reader.with_others,
            shown=begins,
            side=turn,
            seed=seed_of(swap_id, day),
            library=at_event.library,
        )
        if reader.today:
            await queries.delete_unused(
                connection,
                side=Side(event.id, swap_id, reader.registration_id),
                day=day,
                keep=[prompt.key for prompt in agenda.prompts],
            )
        made[reader.registration_id] = agenda.prompts
    if made:
        await queries.insert_prompts(connection, event_id=event.id, swap_id=swap_id, day=day, prompts=made)


def seed_of(swap_id: UUID, day: date) -> bytes:
    """What the two sides of one conversation draw by."""
    return swap_id.bytes + day.isoformat().encode()


def _beginning(reader: Participant, shown: Sequence[str], library: Library) -> tuple[str, ...]:
    """What the agenda has to begin with where a phone showed something: what was used of it, then what was shown."""
    known = [key for key in shown if key in library.by_key]
    return tuple(dict.fromkeys((*reader.used, *known))) if known else ()


async def read_agendas(connection: Connection, *, sides: Collection[Side]) -> dict[Side, list[AskedPrompt]]:
    """The prompts of each side's latest conversation, in order. `sides` must come from operations that proved them."""
    return await queries.select_agendas(connection, sides=sides)


@dataclass(frozen=True, slots=True)
class PromptReference:
    """How a client names a prompt: by its id, or by the key of a scan and the library key it was shown under."""

    event_id: UUID | None = None
    prompt_id: UUID | None = None
    swap: SwapReference | None = None
    library_key: str | None = None


async def mark_prompt(
    connection: Connection,
    *,
    person_id: UUID,
    prompt: PromptReference,
    state: PromptState,
    insight: str | None,
    now: datetime,
) -> AskedPrompt:
    """Note what became of one's own prompt, and what was learned.

    An empty insight changes nothing that was written before. A prompt that the phone showed by itself, named by the
    scan's key, joins the agenda of that conversation. Raises `NotFound` and `InputNotValid`.
    """
    learned = clean_optional_text(insight, field="insight", longest=LONGEST_INSIGHT)
    event_id, prompt_id = await _find_prompt(connection, person_id=person_id, prompt=prompt)
    marked = await queries.mark_prompt(
        connection, event_id=event_id, person_id=person_id, prompt_id=prompt_id, state=state, insight=learned, now=now
    )
    if marked is None:
        raise NotFound
    return marked


async def find_prompt(connection: Connection, *, event_id: UUID, prompt_id: UUID, person_id: UUID) -> AskedPrompt:
    """One of the person's own prompts. Raises `NotFound`, also when the swap was withdrawn."""
    found = await queries.select_prompt(connection, event_id=event_id, prompt_id=prompt_id, person_id=person_id)
    if found is None:
        raise NotFound
    return found


async def _find_prompt(connection: Connection, *, person_id: UUID, prompt: PromptReference) -> tuple[UUID, UUID]:
    if prompt.event_id is not None and prompt.prompt_id is not None:
        return prompt.event_id, prompt.prompt_id
    if prompt.swap is None or prompt.swap.scan_key is None or prompt.library_key is None:
        raise NotFound
    side = await locate(connection, person_id=person_id, swap=prompt.swap)
    found = await find_or_add(connection, side=side, scan_key=prompt.swap.scan_key, library_key=prompt.library_key)
    return side.event_id, found
