"""A person's evening: opening its list, and doing, putting off or letting go what is on it. Sends nothing.

The lists themselves are made in `making`.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from server.db import Connection
from server.errors import InputNotValid, NotFound
from server.evening import queries
from server.evening.follow_ups import queries as follow_ups
from server.evening.making import MOST_SUGGESTIONS, evening_day, make_lists
from server.evening.models import Evening, FollowUp, FollowUpKind, FollowUpState, StoredFollowUp
from server.events.operations import find_event
from server.swaps.operations import find_swap, find_swaps

LONGEST_DELAY = timedelta(days=365)


async def open_evening(
    connection: Connection, *, event_id: UUID, person_id: UUID, first: int, now: datetime
) -> Evening:
    """The evening of the event's day at `now`, or of its last day afterwards, with at most `first` follow-ups.

    Before its hour there is none yet, unless the lists were made early by hand. From the hour on the list is
    brought up to date when it is opened, and then stays as it is: what somebody has seen does not move.

    Raises `NotFound` for somebody without a place at the event, `InputNotValid` for `first` outside 1 to 5.
    """
    if not 1 <= first <= MOST_SUGGESTIONS:
        raise InputNotValid("first", "An evening has between one and five suggestions.")
    event = await find_event(connection, event_id=event_id)
    day = evening_day(event, now)
    own = await queries.select_own_evening(connection, event_id=event_id, person_id=person_id, day=day)
    if own is None:
        raise NotFound
    ready_at = event.evening_starts_at(day)
    if now < ready_at and not own.is_made:
        return Evening(day, ready_at, complete=False, follow_ups=[])
    if not own.is_opened:
        async with connection.transaction():
            await make_lists(connection, event=event, day=day, registration_ids=[own.registration_id], now=now)
            if now >= ready_at:
                await queries.mark_opened(
                    connection, event_id=event_id, registration_id=own.registration_id, day=day, now=now
                )
    stored = await follow_ups.select_follow_ups(
        connection, event_id=event_id, registration_id=own.registration_id, day=day, first=first
    )
    return Evening(
        day,
        ready_at,
        complete=all(each.state is not FollowUpState.OPEN for each in stored),
        follow_ups=await _with_swaps(connection, event_id=event_id, person_id=person_id, stored=stored),
    )


async def find_follow_up(connection: Connection, *, event_id: UUID, follow_up_id: UUID, person_id: UUID) -> FollowUp:
    """One follow-up of the person's own. Raises `NotFound`, also when the swap behind it was withdrawn."""
    async with connection.transaction():
        follow_up = await _lock(connection, event_id=event_id, follow_up_id=follow_up_id, person_id=person_id)
    return await _with_swap(connection, person_id=person_id, follow_up=follow_up)


async def do_follow_up(
    connection: Connection, *, event_id: UUID, follow_up_id: UUID, person_id: UUID, now: datetime
) -> FollowUp:
    """Mark it as done; an open promise behind it is kept by that. Raises `NotFound`."""
    async with connection.transaction():
        follow_up = await _lock(connection, event_id=event_id, follow_up_id=follow_up_id, person_id=person_id)
        if follow_up.state is not FollowUpState.DONE:
            if follow_up.kind is FollowUpKind.KEEP_PROMISE:
                await follow_ups.keep_promise(connection, follow_up=follow_up, now=now)
            follow_up = await follow_ups.update_follow_up(
                connection, follow_up=follow_up, state=FollowUpState.DONE, settled_at=now
            )
        return await _with_swap(connection, person_id=person_id, follow_up=follow_up)


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
        await follow_ups.unkeep_promise(connection, follow_up=follow_up)
        follow_up = await follow_ups.update_follow_up(
            connection, follow_up=follow_up, state=FollowUpState.LATER, settled_at=now, until=until
        )
        return await _with_swap(connection, person_id=person_id, follow_up=follow_up)


async def dismiss_follow_up(
    connection: Connection, *, event_id: UUID, follow_up_id: UUID, person_id: UUID, now: datetime
) -> FollowUp:
    """Let it go. Raises `NotFound`."""
    async with connection.transaction():
        follow_up = await _lock(connection, event_id=event_id, follow_up_id=follow_up_id, person_id=person_id)
        if follow_up.state is not FollowUpState.DISMISSED:
            await follow_ups.unkeep_promise(connection, follow_up=follow_up)
            follow_up = await follow_ups.update_follow_up(
                connection, follow_up=follow_up, state=FollowUpState.DISMISSED, settled_at=now
            )
        return await _with_swap(connection, person_id=person_id, follow_up=follow_up)


async def reopen_follow_up(connection: Connection, *, event_id: UUID, follow_up_id: UUID, person_id: UUID) -> FollowUp:
    """Take back what was done with it. A promise is open again only if it was this follow-up that kept it.

    Raises `NotFound`.
    """
    async with connection.transaction():
        follow_up = await _lock(connection, event_id=event_id, follow_up_id=follow_up_id, person_id=person_id)
        await follow_ups.unkeep_promise(connection, follow_up=follow_up)
        follow_up = await follow_ups.update_follow_up(
            connection, follow_up=follow_up, state=FollowUpState.OPEN, settled_at=None
        )
        return await _with_swap(connection, person_id=person_id, follow_up=follow_up)


async def _lock(connection: Connection, *, event_id: UUID, follow_up_id: UUID, person_id: UUID) -> StoredFollowUp:
    follow_up = await follow_ups.lock_follow_up(
        connection, event_id=event_id, follow_up_id=follow_up_id, person_id=person_id
    )
    if follow_up is None:
        raise NotFound
    return follow_up


async def _with_swap(connection: Connection, *, person_id: UUID, follow_up: StoredFollowUp) -> FollowUp:
    swap = await find_swap(connection, event_id=follow_up.event_id, swap_id=follow_up.swap_id, person_id=person_id)
    return FollowUp(follow_up, swap)


async def _with_swaps(
    connection: Connection, *, event_id: UUID, person_id: UUID, stored: list[StoredFollowUp]
) -> list[FollowUp]:
    """Each with its swap, in order; one whose swap was withdrawn this very moment is left out."""
    if not stored:
        return []
    found = await find_swaps(
        connection, event_id=event_id, swap_ids={each.swap_id for each in stored}, person_id=person_id
    )
    by_id = {swap.id: swap for swap in found}
    return [FollowUp(each, by_id[each.swap_id]) for each in stored if each.swap_id in by_id]
