"""Proposing a 1-2-1, answering, moving and calling it off, and reading one's own. What each side may do is decided in
`deciding`; here it is done, under the swap's lock, and the other side is told.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from server.agenda.guided.operations import forget_unused, make_guided_agendas
from server.blocks.operations import hold_pair
from server.db import Connection
from server.errors import NotFound
from server.events.operations import find_event
from server.ids import new_id
from server.meetings import deciding, queries
from server.meetings.announcing import tell_changed, tell_proposed
from server.meetings.errors import NOT_SHARED, ONE_IS_OPEN, MeetingNotPossible
from server.meetings.models import Meeting, MeetingReference, MeetingState, OneToOne, Participants
from server.meetings.reading import find_meeting, locate_meeting
from server.swaps.models import Side
from server.swaps.operations import SwapReference, hold, locate
from server.texts import clean_optional_text

LONGEST_PLACE = 200

#: Who decides, who the other is, and the meeting as it is under the lock: the meeting as it becomes.
Decision = Callable[[Meeting, UUID, UUID], Meeting]


async def propose_meeting(
    connection: Connection,
    *,
    person_id: UUID,
    swap: SwapReference,
    options: Collection[datetime],
    minutes: int,
    place: str | None,
    key: UUID | None,
    now: datetime,
) -> OneToOne:
    """Offer two or three times to somebody with whom the person shares. The same `key` again answers the first one.

    Raises `NotFound`, `InputNotValid`, and `MeetingNotPossible` while the two do not share or times are open between
    them already, at whichever event they met.
    """
    side = await locate(connection, person_id=person_id, swap=swap)
    meeting_id = new_id()
    key = key or meeting_id
    before = await queries.select_proposed(connection, side=side, key=key)
    if before is not None:
        return await find_meeting(connection, event_id=side.event_id, meeting_id=before, person_id=person_id)
    times = deciding.valid_options(options, now=now)
    length = deciding.valid_minutes(minutes)
    where = clean_optional_text(place, field="place", longest=LONGEST_PLACE)
    async with connection.transaction():
        two = await _hold_both(connection, side=side, person_id=person_id, now=now)
        await queries.close_passed(connection, side=side, now=now)
        is_made = await queries.insert_meeting(
            connection, two=two, meeting_id=meeting_id, key=key, options=times, minutes=length, place=where, now=now
        )
        if is_made:
            await tell_proposed(
                connection, person_id=two.other_person_id, event_id=side.event_id, meeting_id=meeting_id, now=now
            )
    found = await queries.select_proposed(connection, side=side, key=key)
    if found is None:
        raise MeetingNotPossible(ONE_IS_OPEN)
    return await find_meeting(connection, event_id=side.event_id, meeting_id=found, person_id=person_id)


async def answer_meeting(
    connection: Connection,
    *,
    person_id: UUID,
    meeting: MeetingReference,
    starts_at: datetime | None,
    now: datetime,
) -> OneToOne:
    """Accept one of the offered times, or let it be when there is none. Raises `NotFound` and `MeetingNotPossible`."""

    def decision(as_it_is: Meeting, me: UUID, _: UUID) -> Meeting:
        if starts_at is None:
            return deciding.decline(as_it_is, by=me, now=now)
        return deciding.accept(as_it_is, by=me, starts_at=starts_at, now=now)

    return await _change(connection, person_id=person_id, meeting=meeting, decision=decision, now=now)


async def suggest_times(
    connection: Connection,
    *,
    person_id: UUID,
    meeting: MeetingReference,
    options: Collection[datetime],
    key: UUID | None,
    now: datetime,
) -> OneToOne:
    """Offer other times; the answer is the other side's then. The same `key` again changes nothing.

    Raises `NotFound`, `InputNotValid` and `MeetingNotPossible`.
    """

    def decision(as_it_is: Meeting, me: UUID, other: UUID) -> Meeting:
        if key is not None and key in as_it_is.suggestion_keys:
            return as_it_is
        times = deciding.valid_options(options, now=now)
        return deciding.suggest(as_it_is, by=me, to=other, options=times, key=key, now=now)

    return await _change(connection, person_id=person_id, meeting=meeting, decision=decision, now=now)


async def cancel_meeting(
    connection: Connection, *, person_id: UUID, meeting: MeetingReference, now: datetime
) -> OneToOne:
    """Call it off. Raises `NotFound`, and `InputNotValid` once its time has begun."""
    return await _change(
        connection,
        person_id=person_id,
        meeting=meeting,
        decision=lambda as_it_is, _me, _other: deciding.cancel(as_it_is, now=now),
        now=now,
    )


async def end_with_swap(connection: Connection, *, event_id: UUID, swap_id: UUID, now: datetime) -> None:
    """Call off what lies ahead in a swap that ends. Nobody is told.

    Call it in the transaction that ends the swap.
    """
    for meeting_id in await queries.end_meetings(connection, event_id=event_id, swap_id=swap_id, now=now):
        await forget_unused(connection, event_id=event_id, swap_id=swap_id, meeting_id=meeting_id)


async def _change(
    connection: Connection,
    *,
    person_id: UUID,
    meeting: MeetingReference,
    decision: Decision,
    now: datetime,
) -> OneToOne:
    """Decide under the lock, and do what follows: the agendas where they agreed, and a word to the other side."""
    named = await locate_meeting(connection, person_id=person_id, meeting=meeting)
    of = {"event_id": named.meeting.event_id, "meeting_id": named.meeting.id, "person_id": person_id}
    async with connection.transaction():
        two = await _hold_both(connection, side=named.side, person_id=person_id, now=now)
        seen = await queries.select_one_seen(connection, **of)
        if seen is None:
            raise NotFound
        before = seen.meeting
        after = decision(before, two.side.registration_id, two.other_registration_id)
        if after is not before:
            await queries.update_meeting(connection, meeting=after)
            await _follow(connection, after, now=now)
            await tell_changed(connection, person_id=two.other_person_id, meeting=after, now=now)
    return await find_meeting(connection, **of)


async def _hold_both(connection: Connection, *, side: Side, person_id: UUID, now: datetime) -> Participants:
    """The two, with every proposal, block and ending between them held back until the transaction ends.

    Raises `NotFound` once the swap is withdrawn, and `MeetingNotPossible` while the two do not share.
    """
    two = await queries.select_participants(connection, side=side, person_id=person_id)
    if two is not None:
        await hold_pair(connection, person_id=person_id, other=two.other_person_id)
        await hold(connection, side=side, now=now)
        two = await queries.select_participants(connection, side=side, person_id=person_id)
    if two is None:
        raise MeetingNotPossible(NOT_SHARED)
    return two


async def _follow(connection: Connection, meeting: Meeting, *, now: datetime) -> None:
    """Questions are there once a time is agreed on, and make room again when it is called off."""
    of = {"swap_id": meeting.swap_id, "meeting_id": meeting.id}
    if meeting.agreed_at is not None:
        event = await find_event(connection, event_id=meeting.event_id)
        await make_guided_agendas(connection, event=event, day=event.day_of(meeting.agreed_at), now=now, **of)
    elif meeting.state is not MeetingState.PROPOSED:
        await forget_unused(connection, event_id=meeting.event_id, **of)
