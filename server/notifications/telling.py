"""Telling somebody something: it is queued in the caller's transaction, once, and sent when that has been committed.

Nothing is sent from here, and nothing is decided about channels, quiet hours or caps: `laying_out` does, later.
A notice holds no name and no word of anybody. Nobody takes one back: its cause is asked when it leaves.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from server.db import Connection
from server.ids import new_id
from server.notifications import queries
from server.notifications.models import NewNotice, NoticeKind


async def tell(
    connection: Connection,
    *,
    person_id: UUID,
    kind: NoticeKind,
    key: str,
    path: str,
    now: datetime,
    zone: str | None = None,
) -> None:
    """Tell one person one thing, exactly once by (person, kind, key): told again, nothing happens.

    It goes by those of their channels that the kind uses and they left on, outside their quiet hours, within the caps.
    `path` is the address of the app it opens, such as `/meetings/…`; `zone` as in `NewNotice`.
    """
    await tell_all(connection, [NewNotice(person_id, kind, key, path, zone)], now=now)


async def tell_all(connection: Connection, notices: Sequence[NewNotice], *, now: datetime) -> None:
    """The same for many people in one statement."""
    if notices:
        await queries.insert_notices(connection, notices=[(new_id(), each) for each in notices], now=now)
