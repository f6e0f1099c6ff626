"""The evening's notice: told with the list, in its transaction; the mail lists what is still open when it leaves.

Who has opened the list knows of it already and is told nothing more.
"""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from server.db import Connection
from server.evening.announcing import queries
from server.evening.follow_ups.queries import select_follow_ups
from server.evening.models import FollowUpState
from server.evening.own.queries import select_own_evening
from server.events.models import Event
from server.notifications.letters import line_of
from server.notifications.models import NewNotice, Notice, NoticeKind, Recipient
from server.notifications.posting.models import Matter
from server.notifications.telling import tell_all
from server.screens import evening


async def tell_of_evenings(
    connection: Connection, *, event: Event, day: date, registration_ids: Collection[UUID], now: datetime
) -> None:
    """Tell those of these whose list of that day holds something; once each, however often lists are filled up."""
    people = await queries.select_people_to_tell(
        connection, event_id=event.id, registration_ids=registration_ids, day=day
    )
    notices = [
        NewNotice(person_id, NoticeKind.EVENING_READY, f"{event.id}/{day}", evening(event.id), zone=event.timezone)
        for person_id in people
    ]
    await tell_all(connection, notices, now=now)


async def still_to_do(connection: Connection, notice: Notice, recipient: Recipient, _now: datetime) -> Matter | None:
    """What the mail about an evening lists, for its person alone; None when they opened it, or nothing is left."""
    told_event, _, told_day = notice.key.partition("/")
    event_id, day = UUID(told_event), date.fromisoformat(told_day)
    own = await select_own_evening(connection, event_id=event_id, person_id=recipient.person_id, day=day)
    if own is None or own.is_opened or own.ended_at is not None:
        return None
    listed = await select_follow_ups(
        connection, event_id=event_id, registration_id=own.registration_id, day=day, first=own.at_most
    )
    lines = tuple(line_of(each.reason) for each in listed if each.state is FollowUpState.OPEN)
    return Matter(lines) if lines else None
