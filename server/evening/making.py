"""Making the evening lists: once per registration and day, whoever makes them and however often.

A list is made from facts read under its row's lock, and every row of it is unique, so a second maker, a rerun or
a kill half-way changes nothing. What is there never changes; an unopened list is filled up until the day ends.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from server.db import Connection
from server.evening import queries
from server.evening.choosing import ORDER, choose
from server.evening.met.queries import select_people_met
from server.evening.models import FollowUpKind, FollowUpState, Listed, NewFollowUp, PersonMet
from server.events.models import Event
from server.ids import new_id

#: Never more than this, whoever asks: an evening is short.
MOST_SUGGESTIONS = 5
#: What the app shows unless it is asked for more or fewer; what lies behind may not have been seen.
SHOWN = 3

#: Registrations per transaction: few enough that nobody waits long for a lock, many enough that statements cost
#: little.
BATCH = 200


async def due_evenings(connection: Connection, *, now: datetime) -> list[tuple[Event, date]]:
    """Each event and day whose evening has come, is not over, and where somebody waits for a list or for more."""
    return [
        (event, day)
        for event in await queries.select_events_around(connection, now=now)
        for day in event.days()
        if event.evening_starts_at(day) <= now < _ends_at(event, day)
        and await queries.select_waiting(
            connection, event_id=event.id, day=day, day_ends_at=_ends_at(event, day), top_up=True, limit=1
        )
    ]


async def make_evenings(connection: Connection, *, event: Event, day: date, now: datetime) -> int:
    """Make every list of that evening which is missing, and fill up those not opened; how many it looked after."""
    return sum([number async for number, _ in make_in_batches(connection, event=event, day=day, now=now)])


async def make_in_batches(
    connection: Connection, *, event: Event, day: date, now: datetime
) -> AsyncIterator[tuple[int, int]]:
    """The same, one transaction at a time; after each, how many lists it looked after and how many there are in all."""
    waiting = await queries.select_waiting(
        connection,
        event_id=event.id,
        day=day,
        day_ends_at=_ends_at(event, day),
        top_up=now < _ends_at(event, day),
    )
    for start in range(0, len(waiting), BATCH):
        batch = waiting[start : start + BATCH]
        await make_lists(connection, event=event, day=day, registration_ids=batch, now=now)
        yield len(batch), len(waiting)


async def count_lists(connection: Connection, *, event: Event, day: date) -> dict[int, int]:
    """How many lists of that evening hold how many follow-ups: `{3: 12}` is twelve lists of three."""
    return await queries.count_follow_ups(connection, event_id=event.id, day=day)


def evening_day(event: Event, now: datetime) -> date:
    """The day whose evening is meant at `now`: before the event its first, after it its last."""
    days = event.days()
    return min(max(event.day_of(now), days[0]), days[-1])


async def make_lists(
    connection: Connection, *, event: Event, day: date, registration_ids: Collection[UUID], now: datetime
) -> None:
    """Make or fill up the lists of these registrations, all or none. Opened ones stay as they are."""
    everybody = sorted(registration_ids)
    async with connection.transaction():
        new = await queries.insert_evenings(connection, event_id=event.id, registration_ids=everybody, day=day, now=now)
        held = await queries.lock_unopened(connection, event_id=event.id, registration_ids=everybody, day=day)
        to_fill = held if now < _ends_at(event, day) else [each for each in held if each in new]
        if not to_fill:
            return
        met = await select_people_met(
            connection, event_id=event.id, registration_ids=to_fill, day_ends_at=_ends_at(event, day)
        )
        listed: dict[UUID, list[Listed]] = {each: [] for each in to_fill}
        for row in await queries.select_listed(connection, event_id=event.id, registration_ids=to_fill, day=day):
            listed[row.registration_id].append(row)
        chosen: list[NewFollowUp] = []
        for each in to_fill:
            chosen += _fill_up(each, met.get(each, []), listed[each], day)
            await asyncio.sleep(0)  # choosing is a millisecond of pure work: requests have their turn in between
        if chosen:
            await queries.insert_follow_ups(connection, event_id=event.id, day=day, now=now, new=chosen)
        await queries.stamp_evenings(connection, event_id=event.id, registration_ids=to_fill, day=day, now=now)


def _fill_up(
    registration_id: UUID, people: Sequence[PersonMet], listed: Sequence[Listed], day: date
) -> list[NewFollowUp]:
    """What one list still lacks, in order, after what it holds."""
    tonight = [each for each in listed if each.day == day]
    room = MOST_SUGGESTIONS - sum(each.is_live for each in tonight)
    if room <= 0:
        return []
    suggestions = choose(
        people,
        day=day,
        left_out=_not_again(listed, day),
        at_most=room,
        already=len(tonight),
        seed=registration_id.bytes,
    )
    place = max((each.place for each in tonight), default=-1)
    return [
        NewFollowUp(new_id(), registration_id, place + number, suggestion)
        for number, suggestion in enumerate(suggestions, start=1)
    ]


def _not_again(listed: Sequence[Listed], day: date) -> set[tuple[FollowUpKind, UUID]]:
    """What was suggested and is not suggested again: what tonight holds, and what was seen on an earlier evening,
    unless it was put off to a day that has come.
    """
    latest = {(each.kind, each.subject_id): each for each in listed}  # the newest evening stays
    unseen = {
        (each.day, each.kind, each.subject_id)
        for _, evening in itertools.groupby(listed, key=lambda each: each.day)
        for place, each in enumerate(sorted(evening, key=_order))
        if not each.is_opened or (place >= SHOWN and each.state is FollowUpState.OPEN)
    }
    return {
        subject
        for subject, each in latest.items()
        if each.day == day
        or (each.state is FollowUpState.LATER and each.due_on > day)
        or (each.state is not FollowUpState.LATER and (each.day, *subject) not in unseen)
    }


def _order(listed: Listed) -> tuple[int, int]:
    return ORDER.index(listed.kind), listed.place


def _ends_at(event: Event, day: date) -> datetime:
    """Four in the morning after `day`, when its evening is over."""
    return event.day_starts_at(day + timedelta(days=1))
