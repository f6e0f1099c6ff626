"""What each side may do with a 1-2-1: pure functions from the meeting as it is to the meeting as it becomes.

Doing the same again changes nothing and answers the same object. Whatever no longer fits raises
`MeetingNotPossible` and changes nothing.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from server.errors import InputNotValid
from server.meetings.errors import (
    AGREED_ALREADY,
    CLOSED,
    NOT_MY_TURN,
    OVER,
    PASSED,
    REPLACED,
    MeetingNotPossible,
)
from server.meetings.models import Meeting, MeetingState

FEWEST_OPTIONS, MOST_OPTIONS = 2, 3
FURTHEST = timedelta(days=60)
SHORTEST, LONGEST = 10, 60

_CLOSED = {MeetingState.DECLINED, MeetingState.CANCELLED}


def valid_options(options: Collection[datetime], *, now: datetime) -> tuple[datetime, ...]:
    """The times in order, to the minute. Raises `InputNotValid` unless they are two or three, all ahead, within
    `FURTHEST`.
    """
    times = tuple(sorted({each.replace(second=0, microsecond=0) for each in options}))
    if not FEWEST_OPTIONS <= len(times) <= MOST_OPTIONS:
        raise InputNotValid("options", "Offer two or three different times.")
    if times[0] <= now:
        raise InputNotValid("options", "One of these times has passed. Choose times that are still to come.")
    if times[-1] > now + FURTHEST:
        raise InputNotValid("options", f"Choose times within the next {FURTHEST.days} days.")
    return times


def valid_minutes(minutes: int) -> int:
    """Raises `InputNotValid` unless a 1-2-1 may be so long."""
    if not SHORTEST <= minutes <= LONGEST:
        raise InputNotValid("minutes", f"A 1-2-1 takes {SHORTEST} to {LONGEST} minutes.")
    return minutes


def accept(meeting: Meeting, *, by: UUID, starts_at: datetime, now: datetime) -> Meeting:
    """Agreed on one of the times last offered, by the side whose turn it is."""
    if meeting.agreed_at == starts_at:
        return meeting
    if meeting.state is MeetingState.AGREED:
        raise MeetingNotPossible(AGREED_ALREADY)
    _refuse_closed(meeting)
    if meeting.turn_of != by:
        raise MeetingNotPossible(NOT_MY_TURN)
    if starts_at not in meeting.options:
        raise MeetingNotPossible(REPLACED)
    if starts_at <= now:
        raise MeetingNotPossible(PASSED)
    return _changed(meeting, MeetingState.AGREED, now, starts_at=starts_at)


def decline(meeting: Meeting, *, by: UUID, now: datetime) -> Meeting:
    """Let it be, by the side whose turn it is. What is off already stays as it is."""
    if meeting.state in _CLOSED:
        return meeting
    if meeting.state is MeetingState.AGREED:
        raise MeetingNotPossible(AGREED_ALREADY)
    if meeting.turn_of != by:
        raise MeetingNotPossible(NOT_MY_TURN)
    return _changed(meeting, MeetingState.DECLINED, now)


def suggest(
    meeting: Meeting, *, by: UUID, to: UUID, options: tuple[datetime, ...], key: UUID | None, now: datetime
) -> Meeting:
    """Other times, and the turn goes to the other side.

    By the side whose turn it is; by either once they agreed, for that is how a time is moved, or once no offered time
    is left. A `key` seen before changes nothing, and without one neither do the times that stand already.
    """
    if key in meeting.suggestion_keys:
        return meeting
    if key is None and meeting.turn_of != by and meeting.options == options:
        return meeting
    _refuse_closed(meeting)
    if meeting.has_begun(now):
        raise MeetingNotPossible(OVER)
    is_waiting = meeting.state is MeetingState.PROPOSED and meeting.turn_of != by
    if is_waiting and meeting.has_times_left(now):
        raise MeetingNotPossible(NOT_MY_TURN)
    keys = meeting.suggestion_keys if key is None else (*meeting.suggestion_keys, key)
    return _changed(meeting, MeetingState.PROPOSED, now, turn_of=to, options=options, suggestion_keys=keys)


def cancel(meeting: Meeting, *, now: datetime) -> Meeting:
    """Called off by either side while it lies ahead. What is off already stays as it is.

    Raises `InputNotValid` once its time has begun.
    """
    if meeting.state in _CLOSED:
        return meeting
    if meeting.has_begun(now):
        raise InputNotValid("meeting", "Its time has come already. Say whether it took place instead.")
    return _changed(meeting, MeetingState.CANCELLED, now)


def _refuse_closed(meeting: Meeting) -> None:
    if meeting.state in _CLOSED:
        raise MeetingNotPossible(CLOSED)


def _changed(
    meeting: Meeting,
    state: MeetingState,
    now: datetime,
    *,
    turn_of: UUID | None = None,
    options: tuple[datetime, ...] | None = None,
    starts_at: datetime | None = None,
    suggestion_keys: tuple[UUID, ...] | None = None,
) -> Meeting:
    return replace(
        meeting,
        state=state,
        turn_of=turn_of,
        options=options or meeting.options,
        starts_at=starts_at or meeting.starts_at,
        suggestion_keys=meeting.suggestion_keys if suggestion_keys is None else suggestion_keys,
        sequence=meeting.sequence + 1,
        changed_at=now,
    )
