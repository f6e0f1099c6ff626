"""Telling somebody that their badge was scanned, while the one who did it still stands there.

Nobody is told of a scan that was made past the caps, long ago, or on a phone that they have open; the notice names
nobody.
"""

from datetime import datetime, timedelta
from uuid import UUID

from server.db import Connection
from server.encounters.announcing import queries
from server.encounters.models import Scanned
from server.events.models import Event
from server.notifications.models import Notice, NoticeKind, Recipient
from server.notifications.posting.models import Matter
from server.notifications.telling import tell
from server.presence.operations import is_watched
from server.screens import conversation
from server.swaps.operations import topic_of

#: A scan that comes in later than this, from a phone without a network, is told by the app alone.
STILL_THERE = timedelta(minutes=15)


async def tell_of_scan(
    connection: Connection, *, event: Event, scanned: Scanned, swap_id: UUID, happened_at: datetime, now: datetime
) -> None:
    """Tell whose badge it was, once for each swap. Call it in the transaction that keeps the scan."""
    if scanned.person_id is not None and now - happened_at <= STILL_THERE:
        await tell(
            connection,
            person_id=scanned.person_id,
            kind=NoticeKind.SWAP,
            key=f"{event.id}/{swap_id}",
            path=conversation(event.id, swap_id),
            now=now,
            zone=event.timezone,
        )


async def scan_still_new(connection: Connection, notice: Notice, recipient: Recipient, _now: datetime) -> Matter | None:
    """Whether a scan is still to be told: the swap lives, I have not scanned them too, and my app is not open."""
    event_id, _slash, swap_id = notice.key.partition("/")
    registration_id = await queries.select_unanswered(
        connection, event_id=UUID(event_id), swap_id=UUID(swap_id), person_id=recipient.person_id
    )
    if registration_id is None or await is_watched(connection, topic=topic_of(registration_id)):
        return None
    return Matter()
