"""Telling the other side of a 1-2-1, with what it is asked or what was decided; a notice of an older state is no news.

The notice names nobody. Whether it still stands is judged as the list judges it: the swap lives and both share in it.
"""

from datetime import datetime
from uuid import UUID

from server.db import Connection
from server.meetings import queries
from server.meetings.models import Meeting, MeetingState
from server.notifications.models import Notice, NoticeKind, Recipient
from server.notifications.posting.models import Matter
from server.notifications.telling import tell
from server.screens import meeting as meeting_screen


async def tell_proposed(
    connection: Connection, *, person_id: UUID, event_id: UUID, meeting_id: UUID, now: datetime
) -> None:
    """Tell somebody that times are offered to them. Call it in the transaction that keeps the proposal."""
    await _tell(connection, person_id, NoticeKind.MEETING_PROPOSED, (event_id, meeting_id, 0), now)


async def tell_changed(connection: Connection, *, person_id: UUID, meeting: Meeting, now: datetime) -> None:
    """Tell somebody what the other side made of it. Call it in the transaction that keeps that."""
    is_asked = meeting.state is MeetingState.PROPOSED
    kind = NoticeKind.MEETING_PROPOSED if is_asked else NoticeKind.MEETING_CHANGED
    await _tell(connection, person_id, kind, (meeting.event_id, meeting.id, meeting.sequence), now)


async def still_as_told(connection: Connection, notice: Notice, recipient: Recipient, now: datetime) -> Matter | None:
    """Whether the 1-2-1 is as it was when this was told, and its time has not come."""
    event_id, meeting_id, sequence = notice.key.split("/")
    seen = await queries.select_one_seen(
        connection, event_id=UUID(event_id), meeting_id=UUID(meeting_id), person_id=recipient.person_id
    )
    if seen is None or seen.meeting.sequence != int(sequence) or seen.meeting.has_begun(now):
        return None
    if notice.kind is NoticeKind.MEETING_PROPOSED and not seen.meeting.has_times_left(now):
        return None
    return Matter()


async def _tell(
    connection: Connection, person_id: UUID, kind: NoticeKind, state: tuple[UUID, UUID, int], now: datetime
) -> None:
    """`state` is the event, the 1-2-1, and how often it was changed by now."""
    event_id, meeting_id, sequence = state
    key, path = f"{event_id}/{meeting_id}/{sequence}", meeting_screen(event_id, meeting_id)
    await tell(connection, person_id=person_id, kind=kind, key=key, path=path, now=now)
