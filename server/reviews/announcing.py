"""Whether the notice of a weekly review still stands: there is somebody in it whom its person has not answered for.

It is told by `making`, with the review. A push of it names nobody; its mail lists, for its person alone, what the
screen lists: whom, and why.
"""

from datetime import date, datetime

from server.db import Connection
from server.evening.models import FollowUpState
from server.notifications.letters import line_of
from server.notifications.models import Notice, Recipient
from server.notifications.posting.models import Matter
from server.reviews import queries
from server.reviews.operations import named_in


async def still_to_review(connection: Connection, notice: Notice, recipient: Recipient, now: datetime) -> Matter | None:
    """What the mail lists; None as well for whoever wants no reviews any more, or said that this was all."""
    reviewer = await queries.select_reviewer(connection, person_id=recipient.person_id)
    if reviewer is None or reviewer.hour is None:
        return None
    week_of = date.fromisoformat(notice.key)
    if await queries.select_ended_at(connection, person_id=recipient.person_id, week_of=week_of) is not None:
        return None
    named = await named_in(connection, reviewer=reviewer, week_of=week_of, now=now)
    lines = tuple(line_of(each.stored.reason) for each in named if each.stored.state is FollowUpState.OPEN)
    return Matter(lines) if lines else None
