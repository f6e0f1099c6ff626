"""Beginning an introduction: two of one's own contacts, by hand or from a suggestion. The first is asked at once.

What would tell the introducer of the two (that one blocked the other, or said no to this before) is never an answer:
then nobody is asked, and the introduction stands there like any other until it closes.
"""

import re
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from server.db import Connection
from server.ids import new_id
from server.introductions.announcing import tell_asked
from server.introductions.asking import queries
from server.introductions.asking.queries import MutualContact, NewIntroduction
from server.introductions.errors import CannotIntroduce, Hindrance
from server.introductions.models import ENDS_AFTER, SeenIntroduction
from server.introductions.operations import find_introduction
from server.swaps.models import Swap
from server.swaps.operations import SwapReference, find_swaps, locate
from server.texts import clean_text

LONGEST_REASON = 280
#: More than anybody means kindly in a day.
MOST_IN_A_DAY = 10

_NOT_A_WORD = re.compile(r"\W+")


async def introduce(
    connection: Connection,
    *,
    person_id: UUID,
    first: SwapReference,
    second: SwapReference,
    reason: str,
    key: UUID | None,
    now: datetime,
) -> SeenIntroduction:
    """Ask the first whether they would like to meet the second, with the reason. The same `key` answers as the first
    time.

    Raises `NotFound` for swaps that are not the person's own and live, `InputNotValid`, and `CannotIntroduce`.
    """
    words = clean_text(reason, field="reason", longest=LONGEST_REASON)
    async with connection.transaction():
        await queries.hold_person(connection, person_id=person_id)
        known = None if key is None else await queries.select_by_key(connection, introducer_id=person_id, key=key)
        introduction_id = known or new_id()
        if known is None:
            new = NewIntroduction(
                introduction_id,
                person_id,
                first=await open_contact(connection, person_id=person_id, swap=first),
                second=await open_contact(connection, person_id=person_id, swap=second),
                key=key or introduction_id,
                reason=words,
                reason_hash=hash_of(words),
            )
            await _begin(connection, new=new, now=now)
    return await find_introduction(connection, introduction_id=introduction_id, person_id=person_id, now=now)


async def open_contact(connection: Connection, *, person_id: UUID, swap: SwapReference) -> MutualContact:
    """The contact met in this swap. Raises `NotFound`, and `CannotIntroduce` where they do not both share or the
    contact's card is not open to introductions.
    """
    side = await locate(connection, person_id=person_id, swap=swap)
    contact = await queries.select_contact(connection, person_id=person_id, side=side)
    if contact is None:
        raise CannotIntroduce(Hindrance.NOT_SHARED)
    if not contact.is_open:
        raise CannotIntroduce(Hindrance.NOT_OPEN)
    return contact


async def list_contacts(connection: Connection, *, person_id: UUID, who_may_be_asked: bool = False) -> list[Swap]:
    """The person's contacts whose cards are open to introductions, or, `who_may_be_asked`, those who agreed to be
    asked whom they know; by name, each once by their newest swap.
    """
    sides = await queries.select_contact_sides(connection, person_id=person_id, who_may_be_asked=who_may_be_asked)
    found: list[Swap] = []
    for event_id in {side.event_id for side in sides}:
        ids = {side.swap_id for side in sides if side.event_id == event_id}
        found += await find_swaps(connection, event_id=event_id, swap_ids=ids, person_id=person_id)
    return sorted(found, key=lambda swap: (swap.card.name.casefold(), swap.id))


def hash_of(reason: str) -> bytes:
    """Tells whether two reasons say the same: letter case, signs and spaces aside."""
    return sha256(_NOT_A_WORD.sub(" ", reason.casefold()).strip().encode()).digest()


async def _begin(connection: Connection, *, new: NewIntroduction, now: datetime) -> None:
    if new.first.person_id == new.second.person_id:
        raise CannotIntroduce(Hindrance.SAME_PERSON)
    earlier = await queries.select_earlier(
        connection,
        introducer_id=new.introducer_id,
        first_id=new.first.person_id,
        second_id=new.second.person_id,
        closed_before=now - ENDS_AFTER,
        reason_hash=new.reason_hash,
    )
    for hindrance in (Hindrance.MADE, Hindrance.UNDER_WAY, Hindrance.SAID_BEFORE):
        if hindrance in earlier:
            raise CannotIntroduce(hindrance)
    begun = await queries.count_begun(connection, introducer_id=new.introducer_id, since=now - timedelta(days=1))
    if begun >= MOST_IN_A_DAY:
        raise CannotIntroduce(Hindrance.ENOUGH_TODAY)
    await queries.settle_requests(
        connection, asked_id=new.introducer_id, asker_ids=[new.first.person_id, new.second.person_id], now=now
    )
    if await queries.insert_introduction(connection, new=new, now=now):
        await tell_asked(connection, person_id=new.first.person_id, cause_id=new.id, now=now)
