"""A person's evening: opening its list, and being through with it. Sends nothing.

The lists are made in `making`; what becomes of what stands on them is decided in `settling`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from server.db import Connection
from server.errors import InputNotValid, NotFound
from server.evening.follow_ups.queries import select_follow_ups
from server.evening.making import evening_day, make_lists
from server.evening.met.models import SwapAt
from server.evening.models import Evening, FollowUp, FollowUpState, OwnEvening, StoredFollowUp
from server.evening.own import queries
from server.events.models import Event
from server.events.operations import find_event
from server.people.models import LONGEST_EVENING
from server.relationships.operations import has_given, other_person
from server.swaps.models import Swap
from server.swaps.operations import find_swaps


async def open_evening(
    connection: Connection, *, event_id: UUID, person_id: UUID, first: int, now: datetime
) -> Evening:
    """The evening of the event's day at `now`, or of its last day afterwards, with at most `first` follow-ups and
    never more than the person wants.

    Before its hour there is none yet, unless the lists were made early by hand. From the hour on the list is
    brought up to date when it is opened, and then stays as it is: what somebody has seen does not move.

    Raises `NotFound` for somebody without a place at the event, `InputNotValid` for `first` outside 1 to 5.
    """
    if not 1 <= first <= LONGEST_EVENING:
        raise InputNotValid("first", "An evening has between one and five suggestions.")
    event, day, own = await _own_evening(connection, event_id=event_id, person_id=person_id, now=now)
    ready_at = event.evening_starts_at(day)
    if now < ready_at and not own.is_made:
        return Evening(day, ready_at, complete=False, follow_ups=[], limit=own.limit)
    if not own.is_opened:
        async with connection.transaction():
            await make_lists(connection, event=event, day=day, registration_ids=[own.registration_id], now=now)
            if now >= ready_at:
                await queries.mark_opened(
                    connection, event_id=event_id, registration_id=own.registration_id, day=day, now=now
                )
    return await _as_it_is(connection, event=event, day=day, person_id=person_id, first=first)


async def end_evening(connection: Connection, *, event_id: UUID, person_id: UUID, now: datetime) -> Evening:
    """That's all for tonight, whatever is left: it stays where it is and is not asked about again. Twice is once.

    Raises `NotFound`, and `InputNotValid` before the list has come.
    """
    return await _set_end(connection, event_id=event_id, person_id=person_id, now=now, ended_at=now)


async def reopen_evening(connection: Connection, *, event_id: UUID, person_id: UUID, now: datetime) -> Evening:
    """Go on with the evening after all. Raises as `end_evening`."""
    return await _set_end(connection, event_id=event_id, person_id=person_id, now=now, ended_at=None)


async def _set_end(
    connection: Connection, *, event_id: UUID, person_id: UUID, now: datetime, ended_at: datetime | None
) -> Evening:
    await open_evening(connection, event_id=event_id, person_id=person_id, first=LONGEST_EVENING, now=now)
    event, day, own = await _own_evening(connection, event_id=event_id, person_id=person_id, now=now)
    if not own.is_made:
        raise InputNotValid("event", "This evening has not come yet, so there is nothing to close.")
    await queries.end_evening(
        connection, event_id=event_id, registration_id=own.registration_id, day=day, ended_at=ended_at
    )
    return await _as_it_is(connection, event=event, day=day, person_id=person_id, first=LONGEST_EVENING)


async def _own_evening(
    connection: Connection, *, event_id: UUID, person_id: UUID, now: datetime
) -> tuple[Event, date, OwnEvening]:
    event = await find_event(connection, event_id=event_id)
    day = evening_day(event, now)
    own = await queries.select_own_evening(connection, event_id=event_id, person_id=person_id, day=day)
    if own is None:
        raise NotFound
    return event, day, own


async def _as_it_is(connection: Connection, *, event: Event, day: date, person_id: UUID, first: int) -> Evening:
    own = await queries.select_own_evening(connection, event_id=event.id, person_id=person_id, day=day)
    if own is None:
        raise NotFound
    stored = await select_follow_ups(
        connection, event_id=event.id, registration_id=own.registration_id, day=day, first=min(first, own.at_most)
    )
    waiting = await _ask_that_waits(connection, own=own, person_id=person_id)
    swaps = await _swaps_of(connection, person_id=person_id, stored=stored, waiting=waiting)
    return Evening(
        day,
        event.evening_starts_at(day),
        complete=own.ended_at is not None or all(each.state is not FollowUpState.OPEN for each in stored),
        follow_ups=list(_with_swaps(stored, swaps)),
        limit=own.limit,
        ended_at=own.ended_at,
        ask_waits=None if waiting is None else swaps.get(waiting),
    )


async def _ask_that_waits(connection: Connection, *, own: OwnEvening, person_id: UUID) -> SwapAt | None:
    """Whom the person could ask later: not any more once something was given."""
    at = own.ask_waits
    if at is None:
        return None
    other_id = await other_person(connection, event_id=at.event_id, swap_id=at.swap_id, person_id=person_id)
    if other_id is None or await has_given(connection, person_id=person_id, other_ids=[other_id]):
        return None
    return at


async def _swaps_of(
    connection: Connection, *, person_id: UUID, stored: Iterable[StoredFollowUp], waiting: SwapAt | None
) -> Mapping[SwapAt, Swap]:
    """Every swap that the evening names and that is live this very moment, event by event."""
    named = {at for each in stored for at in (each.at, each.other) if at is not None}
    by_event: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for at in named | ({waiting} if waiting is not None else set()):
        by_event[at.event_id].add(at.swap_id)
    return {
        SwapAt(event_id, swap.id): swap
        for event_id, swap_ids in by_event.items()
        for swap in await find_swaps(connection, event_id=event_id, swap_ids=swap_ids, person_id=person_id)
    }


def _with_swaps(stored: Iterable[StoredFollowUp], swaps: Mapping[SwapAt, Swap]) -> Iterable[FollowUp]:
    """Each with its swaps, in order; one of whose swaps was withdrawn this very moment is left out."""
    for each in stored:
        swap, other = swaps.get(each.at), swaps.get(each.other) if each.other is not None else None
        if swap is not None and (each.other is None or other is not None):
            yield FollowUp(each, swap, other)
