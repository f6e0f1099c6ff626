"""One step past one's own contacts: asking a contact who agreed to it whether they know somebody for a need.

Only the one who is asked sees who might fit. The asker hears nothing of that, nor of what became of the request, until
somebody introduces them; then each is asked as ever.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from server.db import Connection
from server.errors import NotFound
from server.ids import new_id
from server.introductions.announcing import tell_asked
from server.introductions.asking.queries import hold_person
from server.introductions.errors import CannotIntroduce, Hindrance
from server.introductions.models import ENDS_AFTER
from server.introductions.requests import queries
from server.introductions.suggesting.operations import ShownSuggestion, suggest_for_need, with_swaps
from server.people.models import Person
from server.people.operations import find_person
from server.swaps.models import Swap
from server.swaps.operations import SwapReference, find_swap, locate
from server.texts import clean_text

LONGEST_NEED = 280
MOST_IN_A_DAY = 5


@dataclass(frozen=True, slots=True)
class ShownRequest:
    """What a contact asks, with whom of one's own contacts one might introduce to them."""

    id: UUID
    asker: Swap = field(repr=False)
    need: str = field(repr=False)
    asked_at: datetime
    suggestions: list[ShownSuggestion] = field(repr=False)


async def agree_to_be_asked(connection: Connection, *, person_id: UUID, agrees: bool) -> Person:
    """Keep whether contacts may ask the person whom they know. Without it nobody can, and open requests are unseen."""
    await queries.update_agreement(connection, person_id=person_id, agrees=agrees)
    return await find_person(connection, person_id=person_id)


async def ask_around(
    connection: Connection, *, person_id: UUID, swap: SwapReference, need: str, key: UUID | None, now: datetime
) -> None:
    """Ask a contact whether they know somebody for a need of mine. The same `key` again asks once.

    Raises `NotFound`, `InputNotValid` and `CannotIntroduce`.
    """
    words = clean_text(need, field="need", longest=LONGEST_NEED)
    async with connection.transaction():
        await hold_person(connection, person_id=person_id)
        side = await locate(connection, person_id=person_id, swap=swap)
        asked = await queries.select_askable(connection, person_id=person_id, side=side)
        if asked is None:
            raise CannotIntroduce(Hindrance.NOT_SHARED)
        request_id = new_id()
        earlier = await queries.select_earlier(
            connection,
            asker_id=person_id,
            asked_id=asked.person_id,
            key=key or request_id,
            since=now - timedelta(days=1),
        )
        if earlier.is_known:
            return
        if not asked.may_be_asked:
            raise CannotIntroduce(Hindrance.NOT_ASKABLE)
        if not asked.is_open_myself:
            raise CannotIntroduce(Hindrance.NOT_OPEN_MYSELF)
        if earlier.last_asked_at is not None and earlier.last_asked_at > now - ENDS_AFTER:
            raise CannotIntroduce(Hindrance.ASKED_LATELY)
        if earlier.lately >= MOST_IN_A_DAY:
            raise CannotIntroduce(Hindrance.ENOUGH_TODAY)
        await queries.insert_request(
            connection,
            request_id=request_id,
            asker_id=person_id,
            asked_id=asked.person_id,
            side=side,
            key=key or request_id,
            need=words,
            now=now,
        )
        await tell_asked(connection, person_id=asked.person_id, cause_id=request_id, now=now)


async def list_requests(connection: Connection, *, person_id: UUID, now: datetime) -> list[ShownRequest]:
    """What the person is asked, the latest first, each with whom they might introduce. Nobody else sees either."""
    shown = []
    for request in await queries.select_requests(connection, person_id=person_id, since=now - ENDS_AFTER):
        try:
            asker = await find_swap(connection, event_id=request.event_id, swap_id=request.swap_id, person_id=person_id)
        except NotFound:  # withdrawn this very moment
            continue
        found = await suggest_for_need(connection, person_id=person_id, asker_id=request.asker_id, need=request.need)
        suggestions = await with_swaps(connection, person_id=person_id, suggestions=found)
        shown.append(ShownRequest(request.id, asker, request.need, request.asked_at, suggestions))
    return shown


async def settle_request(connection: Connection, *, person_id: UUID, request_id: UUID, now: datetime) -> None:
    """Let a request go, silently. Doing it twice is doing it once. Raises `NotFound`."""
    if not await queries.settle_request(connection, request_id=request_id, person_id=person_id, now=now):
        raise NotFound
