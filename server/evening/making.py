"""Making the evening lists: once per registration and day, whoever makes them and however often.

A list is made from facts read under its row's lock, and every row of it is unique, so a second maker, a rerun or
a kill half-way changes nothing. What is there never changes; an unopened list is filled up until the day ends.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from server.db import Connection
from server.evening import queries
from server.evening.announcing.operations import tell_of_evenings
from server.evening.choosing import LeftOut, ask_held_back, choose
from server.evening.introducing import introductions_among
from server.evening.met.models import PersonMet, Reader, SwapAt
from server.evening.met.queries import select_people_met, select_readers
from server.evening.models import FollowUpKind, Listed, NewFollowUp, Suggestion
from server.evening.own.queries import count_follow_ups
from server.evening.possible import Possible
from server.evening.repeating import not_again
from server.events.models import Event
from server.ids import new_id
from server.introductions.suggesting.operations import suggest_for
from server.people.models import LONGEST_EVENING

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
        async with connection.transaction():
            await make_lists(connection, event=event, day=day, registration_ids=batch, now=now)
            await tell_of_evenings(connection, event=event, day=day, registration_ids=batch, now=now)
        yield len(batch), len(waiting)


async def count_lists(connection: Connection, *, event: Event, day: date) -> dict[int, int]:
    """How many lists of that evening hold how many follow-ups: `{3: 12}` is twelve lists of three."""
    return await count_follow_ups(connection, event_id=event.id, day=day)


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
        readers = await select_readers(connection, event_id=event.id, registration_ids=to_fill)
        met = await select_people_met(
            connection, event_id=event.id, registration_ids=to_fill, day=day, day_ends_at=_ends_at(event, day)
        )
        listed = await queries.select_listed(connection, event_id=event.id, registration_ids=to_fill, day=day)
        ideas = await suggest_for(
            connection, person_ids=[each.person_id for each in readers.values()], at_most=LONGEST_EVENING
        )
        chosen: list[NewFollowUp] = []
        asks_wait: dict[UUID, SwapAt | None] = {}
        for each, reader in readers.items():
            people, left_out = met.get(each, []), not_again(listed[each], registration_id=each, day=day)
            introductions = introductions_among(people, ideas.get(reader.person_id, ()))
            chosen += _fill_up(reader, people, introductions, listed[each], left_out=left_out, day=day)
            asks_wait[each] = ask_held_back(people, reader=reader, left_out=left_out)
            await asyncio.sleep(0)  # choosing is a millisecond of pure work: requests have their turn in between
        if chosen:
            await queries.insert_follow_ups(connection, event_id=event.id, day=day, now=now, new=chosen)
        await queries.stamp_evenings(connection, event_id=event.id, day=day, now=now, asks_wait=asks_wait)


def _fill_up(
    reader: Reader,
    people: Sequence[PersonMet],
    introductions: Sequence[Possible],
    listed: Sequence[Listed],
    *,
    left_out: LeftOut,
    day: date,
) -> list[NewFollowUp]:
    """What one list still lacks, in order, after what it holds: as much as its person wants of an evening.

    A promise that came late is taken in where there is no room as well: it stands before the others, and what no longer
    fits is not shown.
    """
    tonight = [each for each in listed if each.registration_id == reader.registration_id and each.day == day]
    held = sum(each.is_live for each in tonight)

    def chosen(at_most: int) -> list[Suggestion]:
        return choose(
            people,
            reader=reader,
            day=day,
            introductions=introductions,
            left_out=left_out,
            at_most=at_most,
            already=len(tonight),
        )

    late = [each for each in chosen(max(LONGEST_EVENING - held, 0)) if each.kind is FollowUpKind.KEEP_PROMISE]
    room = max(reader.evening_limit - held, 0)
    place = max((each.place for each in tonight), default=-1)
    return [
        NewFollowUp(new_id(), reader.registration_id, place + number, suggestion)
        for number, suggestion in enumerate(late if len(late) >= room else chosen(room), start=1)
    ]


def _ends_at(event: Event, day: date) -> datetime:
    """Four in the morning after `day`, when its evening is over."""
    return event.day_starts_at(day + timedelta(days=1))
