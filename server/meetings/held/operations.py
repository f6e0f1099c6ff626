"""After a 1-2-1: whether it took place, and what was given and received. Each side says it for itself; the other never
hears of it, but for the conversation that counts for both.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from server.db import Connection
from server.events.operations import find_event
from server.meetings.errors import MeetingNotPossible
from server.meetings.held import queries
from server.meetings.models import Meeting, MeetingReference, OneToOne
from server.meetings.reading import find_meeting, locate_meeting
from server.relationships import operations as relationships
from server.relationships.models import GiftDirection, GiftKind
from server.swaps.operations import hold
from server.texts import clean_optional_text

LONGEST_GIFT = 280
NOT_YET = "Its time has not come yet. Say it once you have met, or call it off if you will not."


@dataclass(frozen=True, slots=True)
class Given:
    """Something given or received in a 1-2-1, in the words of the one who says so, by its kind, or both."""

    text: str | None = field(repr=False)
    kind: GiftKind | None = None


async def tell_of_meeting(
    connection: Connection,
    *,
    person_id: UUID,
    meeting: MeetingReference,
    took_place: bool,
    gave: Given,
    received: Given,
    now: datetime,
) -> OneToOne:
    """Keep what this side says of a 1-2-1 whose time has come; said again, the latest counts and takes the earlier's
    place.

    Raises `NotFound`, `InputNotValid`, and `MeetingNotPossible` before its time.
    """
    said = {
        GiftDirection.GAVE: (clean_optional_text(gave.text, field="gave", longest=LONGEST_GIFT), gave.kind),
        GiftDirection.RECEIVED: (
            clean_optional_text(received.text, field="received", longest=LONGEST_GIFT), received.kind,
        ),
    }  # fmt: skip
    async with connection.transaction():
        seen = await locate_meeting(connection, person_id=person_id, meeting=meeting)
        held = seen.meeting
        if not held.has_begun(now):
            raise MeetingNotPossible(NOT_YET)
        await hold(connection, side=seen.side, now=now)
        await queries.upsert_outcome(connection, side=seen.side, meeting_id=held.id, took_place=took_place, now=now)
        other_id = await relationships.other_person(
            connection, event_id=held.event_id, swap_id=held.swap_id, person_id=person_id
        )
        await _count(connection, held, between=(person_id, other_id), took_place=took_place)
        for direction, (words, kind) in said.items():
            key = uuid5(held.id, direction)
            await relationships.forget_gift(connection, person_id=person_id, key=key)
            if took_place and (words or kind) and other_id is not None:
                await relationships.record_gift(
                    connection,
                    person_id=person_id,
                    other_id=other_id,
                    direction=direction,
                    kind=kind or GiftKind.OTHER,
                    text=words or "",
                    key=key,
                    now=now,
                )
    return await find_meeting(connection, event_id=held.event_id, meeting_id=held.id, person_id=person_id)


async def _count(
    connection: Connection, meeting: Meeting, *, between: tuple[UUID, UUID | None], took_place: bool
) -> None:
    """A 1-2-1 that was held is a conversation, and the two were in touch when it began."""
    at = meeting.agreed_at
    if at is None:
        raise LookupError("a 1-2-1 that has begun has a time")
    event = await find_event(connection, event_id=meeting.event_id)
    await queries.count_conversation(
        connection, event_id=event.id, swap_id=meeting.swap_id, meeting_id=meeting.id, day=event.day_of(at)
    )
    me, other = between
    if took_place and other is not None:
        await relationships.touch(connection, person_id=me, other_id=other, now=at)
        await relationships.touch(connection, person_id=other, other_id=me, now=at)
