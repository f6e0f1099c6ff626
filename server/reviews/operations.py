"""A person's weekly review: opening it, and doing, putting off or letting go whom it names. Sends nothing.

The reviews themselves are made in `making`.
"""

from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from server.db import Connection
from server.errors import InputNotValid, NotFound
from server.evening.models import FollowUpState
from server.relationships.operations import take_back_touch, touch
from server.reviews import queries
from server.reviews.making import Week, make
from server.reviews.models import Review, Reviewer, ReviewFollowUp, StoredReviewFollowUp
from server.reviews.weeks import monday_of
from server.swaps.models import ShareState, Swap
from server.swaps.operations import find_swap, find_swaps

LONGEST_DELAY = timedelta(days=365)
#: A clock that was set back a little does not take away a review that somebody has seen.
_CLOCKS_DIFFER_BY = timedelta(hours=2)


async def open_review(connection: Connection, *, person_id: UUID, now: datetime) -> Review:
    """The review of the last week whose hour has come; made now where no job did. What it named does not change, but
    for people who are gone from it: withdrawn, asking for quiet, or let rest.

    Raises `NotFound` when the account has been erased.
    """
    reviewer = await _reviewer(connection, person_id)
    return await _shown(connection, reviewer, week_of=await _week(connection, reviewer, now), now=now)


async def end_review(connection: Connection, *, person_id: UUID, week_of: date, now: datetime) -> Review:
    """That's all for this week, whatever is left open; said twice, the first time counts. It answers that week.

    Raises `NotFound` where that week's review named nobody.
    """
    return await _set_end(connection, person_id=person_id, week_of=week_of, now=now, ended_at=now)


async def reopen_review(connection: Connection, *, person_id: UUID, week_of: date, now: datetime) -> Review:
    """Go on with that week after all. Raises as `end_review`."""
    return await _set_end(connection, person_id=person_id, week_of=week_of, now=now, ended_at=None)


async def _set_end(
    connection: Connection, *, person_id: UUID, week_of: date, now: datetime, ended_at: datetime | None
) -> Review:
    reviewer = await _reviewer(connection, person_id)
    if not await queries.end_week(connection, person_id=person_id, week_of=week_of, ended_at=ended_at):
        raise NotFound
    return await _shown(connection, reviewer, week_of=week_of, now=now)


async def _reviewer(connection: Connection, person_id: UUID) -> Reviewer:
    """Raises `NotFound` when the account has been erased."""
    reviewer = await queries.select_reviewer(connection, person_id=person_id)
    if reviewer is None:
        raise NotFound
    return reviewer


async def _shown(connection: Connection, reviewer: Reviewer, *, week_of: date, now: datetime) -> Review:
    follow_ups = await named_in(connection, reviewer=reviewer, week_of=week_of, now=now)
    ended_at = await queries.select_ended_at(connection, person_id=reviewer.person_id, week_of=week_of)
    return Review(
        week_of=week_of,
        complete=ended_at is not None or all(each.stored.state is not FollowUpState.OPEN for each in follow_ups),
        ended_at=ended_at,
        follow_ups=follow_ups,
        next_at=None if reviewer.hour is None else reviewer.hour.next_after(now),
        knows_somebody=await queries.select_knows_somebody(connection, person_id=reviewer.person_id),
    )


async def _week(connection: Connection, reviewer: Reviewer, now: datetime) -> date:
    """The week to show, its review made. Whoever wants none any more sees the last one they had."""
    if reviewer.hour is not None:
        week = Week(reviewer, reviewer.hour, reviewer.hour.week_at(now))
        async with connection.transaction():
            await make(connection, [week], now=now, is_told=False)
    last = await queries.select_last_week(connection, person_id=reviewer.person_id, ready_by=now + _CLOCKS_DIFFER_BY)
    this = monday_of(_today(reviewer, now)) if reviewer.hour is None else reviewer.hour.week_at(now)
    return this if last is None or (last < this and reviewer.hour is not None) else last


async def find_follow_up(connection: Connection, *, follow_up_id: UUID, person_id: UUID) -> ReviewFollowUp:
    """One of the person's own. Raises `NotFound`, also when the two no longer share anything."""
    async with connection.transaction():
        return await _hold(connection, person_id=person_id, follow_up_id=follow_up_id)


async def do_follow_up(connection: Connection, *, follow_up_id: UUID, person_id: UUID, now: datetime) -> ReviewFollowUp:
    """Mark it as done; that counts as being in touch. Raises `NotFound`."""
    async with connection.transaction():
        held = await _hold(connection, person_id=person_id, follow_up_id=follow_up_id)
        if held.stored.state is FollowUpState.DONE:
            return held
        touched_from = await touch(connection, person_id=person_id, other_id=held.stored.other_id, now=now)
        return await _settle(connection, held, FollowUpState.DONE, now=now, touched_from=touched_from)


async def postpone_follow_up(
    connection: Connection, *, follow_up_id: UUID, person_id: UUID, until: date, now: datetime
) -> ReviewFollowUp:
    """Let a review of that day or later name them again, before all others.

    Raises `NotFound`, and `InputNotValid` for any but a day after today and within a year.
    """
    async with connection.transaction():
        held = await _hold(connection, person_id=person_id, follow_up_id=follow_up_id)
        reviewer = await _reviewer(connection, person_id)
        today = _today(reviewer, now)
        if not today < until <= today + LONGEST_DELAY:
            raise InputNotValid("until", "Choose a day after today and within a year.")
        await _untouch(connection, held.stored)
        return await _settle(connection, held, FollowUpState.LATER, now=now, until=until)


async def dismiss_follow_up(
    connection: Connection, *, follow_up_id: UUID, person_id: UUID, now: datetime
) -> ReviewFollowUp:
    """Let it go for this time; they come up again when their rhythm has passed. Raises `NotFound`."""
    async with connection.transaction():
        held = await _hold(connection, person_id=person_id, follow_up_id=follow_up_id)
        if held.stored.state is FollowUpState.DISMISSED:
            return held
        await _untouch(connection, held.stored)
        return await _settle(connection, held, FollowUpState.DISMISSED, now=now)


async def reopen_follow_up(connection: Connection, *, follow_up_id: UUID, person_id: UUID) -> ReviewFollowUp:
    """Take back what was done with it, and with that the touch it counted for. Raises `NotFound`."""
    async with connection.transaction():
        held = await _hold(connection, person_id=person_id, follow_up_id=follow_up_id)
        await _untouch(connection, held.stored)
        return await _settle(connection, held, FollowUpState.OPEN, now=None)


async def _hold(connection: Connection, *, person_id: UUID, follow_up_id: UUID) -> ReviewFollowUp:
    stored = await queries.lock_follow_up(connection, person_id=person_id, follow_up_id=follow_up_id)
    if stored is None:
        raise NotFound
    swap = await find_swap(connection, event_id=stored.event_id, swap_id=stored.swap_id, person_id=person_id)
    if not _is_open_to_both(swap):
        raise NotFound
    return ReviewFollowUp(stored, swap)


async def _settle(
    connection: Connection,
    held: ReviewFollowUp,
    state: FollowUpState,
    *,
    now: datetime | None,
    until: date | None = None,
    touched_from: datetime | None = None,
) -> ReviewFollowUp:
    stored = await queries.update_follow_up(
        connection, held.stored, state=state, settled_at=now, until=until, touched_from=touched_from
    )
    return ReviewFollowUp(stored, held.swap)


async def _untouch(connection: Connection, stored: StoredReviewFollowUp) -> None:
    """Take back the touch that doing it was, unless the two have been in touch again since."""
    if stored.settled_at is not None and stored.touched_from is not None:
        await take_back_touch(
            connection,
            person_id=stored.person_id,
            other_id=stored.other_id,
            touched_at=stored.settled_at,
            before=stored.touched_from,
        )


async def named_in(connection: Connection, *, reviewer: Reviewer, week_of: date, now: datetime) -> list[ReviewFollowUp]:
    """Whom the review of a week names, in order, by what each of them shares now."""
    person_id = reviewer.person_id
    stored = await queries.select_follow_ups(
        connection, person_id=person_id, week_of=week_of, today=_today(reviewer, now)
    )
    swaps: dict[UUID, Swap] = {}
    for event_id, of_event in groupby(sorted(stored, key=lambda each: each.event_id), key=lambda each: each.event_id):
        found = await find_swaps(
            connection, event_id=event_id, swap_ids={each.swap_id for each in of_event}, person_id=person_id
        )
        swaps |= {swap.id: swap for swap in found if _is_open_to_both(swap)}
    return [ReviewFollowUp(each, swaps[each.swap_id]) for each in stored if each.swap_id in swaps]


def _is_open_to_both(swap: Swap) -> bool:
    return swap.share is ShareState.MUTUAL


def _today(reviewer: Reviewer, now: datetime) -> date:
    return now.astimezone(ZoneInfo(reviewer.timezone)).date()
