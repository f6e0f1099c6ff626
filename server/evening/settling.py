"""Doing, putting off and letting go what stands on an evening list, and taking each of them back. Sends nothing.

What was given by it is remembered with the relationship for as long as it counts as done.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from server.db import Connection
from server.errors import InputNotValid, NotFound
from server.evening.follow_ups import queries
from server.evening.met.models import SwapAt
from server.evening.models import FollowUp, FollowUpKind, FollowUpState, StoredFollowUp
from server.events.operations import find_event
from server.relationships.models import GiftDirection, GiftKind
from server.relationships.operations import forget_gift, other_person, record_gift, touch
from server.swaps.operations import find_swap

LONGEST_DELAY = timedelta(days=365)

#: As what those are remembered that were given by being done. A kept promise is remembered as such, by the promise.
_GIVEN_AS = {
    FollowUpKind.SHARE: GiftKind.INFORMATION,
    FollowUpKind.SPEAK_UP: GiftKind.ENCOURAGEMENT,
    FollowUpKind.INTRODUCE: GiftKind.INTRODUCTION,
}


async def find_follow_up(connection: Connection, *, event_id: UUID, follow_up_id: UUID, person_id: UUID) -> FollowUp:
    """One follow-up of the person's own. Raises `NotFound`, also when what it speaks of may not be seen any more."""
    async with connection.transaction():
        follow_up = await _lock(connection, event_id=event_id, follow_up_id=follow_up_id, person_id=person_id)
    return await _with_swaps(connection, person_id=person_id, follow_up=follow_up)


async def do_follow_up(
    connection: Connection, *, event_id: UUID, follow_up_id: UUID, person_id: UUID, now: datetime
) -> FollowUp:
    """Mark it as done; an open promise behind it is kept by that, and what was given is remembered.

    Raises `NotFound`.
    """
    async with connection.transaction():
        follow_up = await _lock(connection, event_id=event_id, follow_up_id=follow_up_id, person_id=person_id)
        if follow_up.state is not FollowUpState.DONE:
            await _give(connection, follow_up=follow_up, person_id=person_id, now=now)
            follow_up = await queries.update_follow_up(
                connection, follow_up=follow_up, state=FollowUpState.DONE, settled_at=now
            )
        return await _with_swaps(connection, person_id=person_id, follow_up=follow_up)


async def postpone_follow_up(
    connection: Connection, *, event_id: UUID, follow_up_id: UUID, person_id: UUID, until: date, now: datetime
) -> FollowUp:
    """Put it off to a day of the event's calendar. Raises `NotFound`, and `InputNotValid` for any but a day after
    today and within a year.
    """
    event = await find_event(connection, event_id=event_id)
    today = event.day_of(now)
    async with connection.transaction():
        follow_up = await _lock(connection, event_id=event_id, follow_up_id=follow_up_id, person_id=person_id)
        if not today < until <= today + LONGEST_DELAY:
            raise InputNotValid("until", "Choose a day after today and within a year.")
        await _take_back(connection, follow_up=follow_up, person_id=person_id)
        follow_up = await queries.update_follow_up(
            connection, follow_up=follow_up, state=FollowUpState.LATER, settled_at=now, until=until
        )
        return await _with_swaps(connection, person_id=person_id, follow_up=follow_up)


async def dismiss_follow_up(
    connection: Connection, *, event_id: UUID, follow_up_id: UUID, person_id: UUID, now: datetime
) -> FollowUp:
    """Let it go. Raises `NotFound`."""
    async with connection.transaction():
        follow_up = await _lock(connection, event_id=event_id, follow_up_id=follow_up_id, person_id=person_id)
        if follow_up.state is not FollowUpState.DISMISSED:
            await _take_back(connection, follow_up=follow_up, person_id=person_id)
            follow_up = await queries.update_follow_up(
                connection, follow_up=follow_up, state=FollowUpState.DISMISSED, settled_at=now
            )
        return await _with_swaps(connection, person_id=person_id, follow_up=follow_up)


async def reopen_follow_up(connection: Connection, *, event_id: UUID, follow_up_id: UUID, person_id: UUID) -> FollowUp:
    """Take back what was done with it. A promise is open again only if it was this follow-up that kept it.

    Raises `NotFound`.
    """
    async with connection.transaction():
        follow_up = await _lock(connection, event_id=event_id, follow_up_id=follow_up_id, person_id=person_id)
        await _take_back(connection, follow_up=follow_up, person_id=person_id)
        follow_up = await queries.update_follow_up(
            connection, follow_up=follow_up, state=FollowUpState.OPEN, settled_at=None
        )
        return await _with_swaps(connection, person_id=person_id, follow_up=follow_up)


async def _give(connection: Connection, *, follow_up: StoredFollowUp, person_id: UUID, now: datetime) -> None:
    """Keep the promise behind it, remember what was given, and that the two were in touch."""
    others = [
        other
        for at in (follow_up.at, follow_up.other)
        if at is not None and (other := await _other(connection, at, person_id)) is not None
    ]
    for other_id in others:
        await touch(connection, person_id=person_id, other_id=other_id, now=now)
    if follow_up.kind is FollowUpKind.KEEP_PROMISE:
        kept = await queries.keep_promise(connection, follow_up=follow_up, now=now)
        gift, key, kind = kept, follow_up.subject_id, GiftKind.PROMISE
    else:
        gift, key, kind = follow_up.gift, follow_up.id, _GIVEN_AS.get(follow_up.kind, GiftKind.OTHER)
    if gift is not None and others:
        await record_gift(
            connection,
            person_id=person_id,
            other_id=others[0],
            direction=GiftDirection.GAVE,
            kind=kind,
            text=gift,
            key=key,
            now=now,
        )


async def _take_back(connection: Connection, *, follow_up: StoredFollowUp, person_id: UUID) -> None:
    """What this follow-up gave was not given after all; what was kept or given in another way stays."""
    promise_id = await queries.unkeep_promise(connection, follow_up=follow_up)
    await forget_gift(connection, person_id=person_id, key=promise_id or follow_up.id)


async def _other(connection: Connection, at: SwapAt, person_id: UUID) -> UUID | None:
    return await other_person(connection, event_id=at.event_id, swap_id=at.swap_id, person_id=person_id)


async def _lock(connection: Connection, *, event_id: UUID, follow_up_id: UUID, person_id: UUID) -> StoredFollowUp:
    follow_up = await queries.lock_follow_up(
        connection, event_id=event_id, follow_up_id=follow_up_id, person_id=person_id
    )
    if follow_up is None:
        raise NotFound
    return follow_up


async def _with_swaps(connection: Connection, *, person_id: UUID, follow_up: StoredFollowUp) -> FollowUp:
    swap = await find_swap(
        connection, event_id=follow_up.at.event_id, swap_id=follow_up.at.swap_id, person_id=person_id
    )
    if follow_up.other is None:
        return FollowUp(follow_up, swap)
    other = await find_swap(
        connection, event_id=follow_up.other.event_id, swap_id=follow_up.other.swap_id, person_id=person_id
    )
    return FollowUp(follow_up, swap, other)
