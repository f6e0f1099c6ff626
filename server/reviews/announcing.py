"""Whether the notice of a weekly review still stands: there is somebody in it whom its person has not answered for.

It is told by `making`, with the review; it names nobody.
"""

from datetime import date, datetime

from server.db import Connection
from server.evening.models import FollowUpState
from server.notifications.models import Notice, Recipient
from server.notifications.posting.models import Matter
from server.reviews import queries
from server.reviews.operations import named_in


async def still_to_review(connection: Connection, notice: Notice, recipient: Recipient, now: datetime) -> Matter | None:
    """None as well for whoever wants no reviews any more."""
    reviewer = await queries.select_reviewer(connection, person_id=recipient.person_id)
    if reviewer is None or reviewer.hour is None:
        return None
    named = await named_in(connection, reviewer=reviewer, week_of=date.fromisoformat(notice.key), now=now)
    return Matter() if any(each.stored.state is FollowUpState.OPEN for each in named) else None
