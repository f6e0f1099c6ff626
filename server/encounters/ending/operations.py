"""Ending what came of a scan: withdrawing a swap, blocking a person, and taking a block back.

Stands on top of the features, since an ending reaches whatever a scan began. What the other sees of a block is what
they see of a withdrawal.
"""

from datetime import datetime
from uuid import UUID

from server.blocks import operations as blocks
from server.blocks.models import Meeting
from server.db import Connection
from server.encounters.ending import queries
from server.errors import InputNotValid, NotFound
from server.introductions import operations as introductions
from server.live import wake
from server.meetings import operations as meetings
from server.relationships import operations as relationships
from server.reports import operations as reports
from server.reports.models import NewReport
from server.swaps.operations import SwapReference, locate, topic_of


async def withdraw(connection: Connection, *, person_id: UUID, swap: SwapReference, now: datetime) -> UUID:
    """End the swap for both, at once and everywhere; each keeps only their own notes. Answers the swap's id.

    Raises `NotFound`.
    """
    async with connection.transaction():
        side = await locate(connection, person_id=person_id, swap=swap)
        pair = await queries.withdraw_swap(
            connection, event_id=side.event_id, swap_id=side.swap_id, by=side.registration_id, now=now
        )
        if pair is None:
            raise NotFound
        await queries.forget_offers(connection, event_id=side.event_id, swap_id=side.swap_id)
        await relationships.forget_card_copies(connection, event_id=side.event_id, swap_ids=[side.swap_id])
        await introductions.end_by_swaps(connection, swaps=[(side.event_id, side.swap_id)], now=now)
        await meetings.end_with_swap(connection, event_id=side.event_id, swap_id=side.swap_id, now=now)
        await wake(connection, *map(topic_of, pair))
    return side.swap_id


async def block(
    connection: Connection, *, person_id: UUID, swap: SwapReference, report: NewReport | None, now: datetime
) -> None:
    """Never show the person met in this swap and me to each other again, at any event; all our swaps end.

    `report` goes to the organizers of the event where they met. Works on a swap that was withdrawn meanwhile, too:
    whoever is bothered can block, however quick the other was. Doing it twice is doing it once. Raises `NotFound`,
    and `InputNotValid` for a report that cannot be kept; the block holds all the same.
    """
    async with connection.transaction():
        meeting = await _meeting(connection, person_id=person_id, swap=swap)
        ended = await blocks.block(connection, person_id=person_id, meeting=meeting, now=now)
        for one in ended:
            await relationships.forget_card_copies(connection, event_id=one.event_id, swap_ids=[one.swap_id])
            await meetings.end_with_swap(connection, event_id=one.event_id, swap_id=one.swap_id, now=now)
        await introductions.end_by_swaps(connection, swaps=[(each.event_id, each.swap_id) for each in ended], now=now)
        if meeting.other_person_id is not None:
            await introductions.end_between(connection, one_id=person_id, other_id=meeting.other_person_id, now=now)
        refusal = None if report is None else await _file(connection, meeting=meeting, report=report, now=now)
        await wake(connection, *(topic_of(each) for one in ended for each in (one.lower_id, one.upper_id)))
    if refusal is not None:
        raise refusal


async def unblock(connection: Connection, *, person_id: UUID, swap: SwapReference) -> None:
    """Take my block of the person met in this swap back. Nothing comes back by itself: a new scan meets anew.

    Doing it twice is doing it once. Raises `NotFound` for a swap that is not the person's own.
    """
    event_id, swap_id = await _name(connection, person_id=person_id, swap=swap)
    if not await blocks.unblock(connection, person_id=person_id, event_id=event_id, swap_id=swap_id):
        await _meeting(connection, person_id=person_id, swap=swap)


async def _file(connection: Connection, *, meeting: Meeting, report: NewReport, now: datetime) -> InputNotValid | None:
    """Keep the report; why it cannot be kept, where it cannot. Nobody stays unblocked for their words' sake."""
    try:
        await reports.file_report(connection, meeting=meeting, report=report, now=now)
    except InputNotValid as refusal:
        return refusal
    return None


async def _meeting(connection: Connection, *, person_id: UUID, swap: SwapReference) -> Meeting:
    """The person's own swap, live or not. The other's place cannot be taken while the transaction lasts.

    Raises `NotFound`.
    """
    event_id, swap_id = await _name(connection, person_id=person_id, swap=swap)
    meeting = await queries.select_meeting(connection, event_id=event_id, swap_id=swap_id, person_id=person_id)
    if meeting is None:
        raise NotFound
    return meeting


async def _name(connection: Connection, *, person_id: UUID, swap: SwapReference) -> tuple[UUID, UUID]:
    """Event and swap that a client named. Raises `NotFound`."""
    if swap.event_id is not None and swap.swap_id is not None:
        return swap.event_id, swap.swap_id
    named = None
    if swap.scan_key is not None:
        named = await queries.select_scanned_swap(connection, person_id=person_id, key=swap.scan_key)
    if named is None:
        raise NotFound
    return named
