"""Reading one's own 1-2-1s, with whom they are, their questions, and their calendar files. It changes nothing."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from server.agenda.guided.operations import read_guided_agendas
from server.db import Connection
from server.errors import NotFound
from server.meetings import queries
from server.meetings.calendar_file import CalendarFile, Entry, calendar_file
from server.meetings.deciding import valid_minutes
from server.meetings.models import GoneMeeting, MeetingReference, MeetingState, OfferedTimes, OneToOne, Seen
from server.meetings.times import times_for
from server.meetings.words import words_in
from server.people.operations import find_person
from server.swaps.models import Swap
from server.swaps.operations import SwapReference, find_swaps, locate

#: The latest changed; older ones are history.
MOST_LISTED = 200


async def list_meetings(connection: Connection, *, person_id: UUID) -> list[OneToOne]:
    """The person's 1-2-1s in live swaps in which both share, at whichever event, the latest changed first."""
    return await _shown(
        connection, await queries.select_seen(connection, person_id=person_id, limit=MOST_LISTED), person_id=person_id
    )


async def find_meeting(connection: Connection, *, event_id: UUID, meeting_id: UUID, person_id: UUID) -> OneToOne:
    """One of them. Raises `NotFound`, also once the swap behind it ended or is not shared any more."""
    seen = await queries.select_one_seen(connection, event_id=event_id, meeting_id=meeting_id, person_id=person_id)
    shown = await _shown(connection, [] if seen is None else [seen], person_id=person_id)
    if not shown:
        raise NotFound
    return shown[0]


async def locate_meeting(connection: Connection, *, person_id: UUID, meeting: MeetingReference) -> Seen:
    """The 1-2-1 that the person names, from their side. Raises `NotFound`, also for somebody else's."""
    name = None
    if meeting.key is not None:
        name = await queries.select_proposed_anywhere(connection, person_id=person_id, key=meeting.key)
    elif meeting.event_id is not None and meeting.meeting_id is not None:
        name = meeting.event_id, meeting.meeting_id
    seen = name and await queries.select_one_seen(connection, event_id=name[0], meeting_id=name[1], person_id=person_id)
    if seen is None:
        raise NotFound
    return seen


async def list_gone(connection: Connection, *, person_id: UUID, now: datetime) -> list[GoneMeeting]:
    """Times ahead that the person's calendar may still hold although the swap behind them ended, to take them out."""
    return await queries.select_gone(connection, person_id=person_id, now=now, limit=MOST_LISTED)


async def offer_times(
    connection: Connection, *, person_id: UUID, swap: SwapReference, minutes: int, now: datetime
) -> OfferedTimes:
    """Up to three times to propose in this swap, by day on both clocks and apart from the person's own 1-2-1s.

    Raises `NotFound`, and `InputNotValid` for a length that no 1-2-1 has. The other's zone is looked at only while both
    share; until then it counts as the person's own.
    """
    length = valid_minutes(minutes)
    side = await locate(connection, person_id=person_id, swap=swap)
    my_zone = (await find_person(connection, person_id=person_id)).timezone
    their_zone = await queries.select_their_zone(connection, side=side)
    mine = await queries.select_seen(connection, person_id=person_id, limit=MOST_LISTED)
    busy = [each.meeting.agreed_at for each in mine if each.meeting.agreed_at is not None]
    times = times_for(my_zone, their_zone or my_zone, now, minutes=length, busy=busy)
    return OfferedTimes(tuple(times), my_zone, their_zone)


async def find_calendar_file(
    connection: Connection, *, event_id: UUID, meeting_id: UUID, person_id: UUID, link: str, now: datetime
) -> CalendarFile:
    """The file of a 1-2-1, or the one that takes it out of a calendar. Raises `NotFound` where neither is.

    `link` is the address at which the app shows 1-2-1s.
    """
    of = {"event_id": event_id, "meeting_id": meeting_id, "person_id": person_id}
    seen = await queries.select_one_seen(connection, **of)
    shown = await _shown(connection, [] if seen is None else [seen], person_id=person_id)
    gone = None if shown else await queries.select_one_gone(connection, now=now, **of)
    file = file_of(shown[0], link=link) if shown else None
    if gone is not None:
        file = file_of_gone(gone, link=link)
    if file is None:
        raise NotFound
    return file


def file_of(one_to_one: OneToOne, *, link: str) -> CalendarFile | None:
    """The calendar file of a 1-2-1 as it is now; None while no time was ever agreed on."""
    seen, meeting = one_to_one.seen, one_to_one.seen.meeting
    if meeting.starts_at is None:
        return None
    words = words_in(seen.my_locale)
    return calendar_file(
        Entry(
            meeting_id=meeting.id,
            sequence=meeting.sequence,
            starts_at=meeting.starts_at,
            minutes=meeting.minutes,
            zone=seen.my_zone,
            title=words.title_with(one_to_one.swap.card.name),
            about=words.about,
            place=meeting.place,
            link=link,
            changed_at=meeting.changed_at,
            is_cancelled=meeting.state is not MeetingState.AGREED,
        )
    )


def file_of_gone(gone: GoneMeeting, *, link: str) -> CalendarFile:
    """What takes it out of a calendar: nobody's name and no place is in it."""
    return calendar_file(
        Entry(
            meeting_id=gone.id,
            sequence=gone.sequence,
            starts_at=gone.starts_at,
            minutes=gone.minutes,
            zone=gone.zone,
            title=words_in(gone.locale).title_gone,
            about=None,
            place=None,
            link=link,
            changed_at=gone.changed_at,
            is_cancelled=True,
        )
    )


async def _shown(connection: Connection, seen: Sequence[Seen], *, person_id: UUID) -> list[OneToOne]:
    """With the swap of each, read once for each event, and the agenda of those that are agreed on."""
    by_event: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for each in seen:
        by_event[each.meeting.event_id].add(each.meeting.swap_id)
    swaps: dict[UUID, Swap] = {}
    for event_id, swap_ids in by_event.items():
        found = await find_swaps(connection, event_id=event_id, swap_ids=swap_ids, person_id=person_id)
        swaps |= {swap.id: swap for swap in found}
    agreed = [(each.side, each.meeting.id) for each in seen if each.meeting.agreed_at is not None]
    agendas = await read_guided_agendas(connection, of=agreed) if agreed else {}
    return [
        OneToOne(each, swaps[each.meeting.swap_id], tuple(agendas.get(each.meeting.id, ())))
        for each in seen
        if each.meeting.swap_id in swaps
    ]
