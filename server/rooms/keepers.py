"""Who stands at a room: somebody of the event's door team, or a phone that is paired with that room and with no other.
Everybody else is refused.
"""

from datetime import datetime
from uuid import UUID

from server.db import Connection
from server.doors.keepers import Keeper, require_good
from server.doors.phones.models import PhoneKind
from server.errors import NotSignedIn
from server.events.models import DOOR_TEAM
from server.events.operations import require_role


async def require_room_keeper(
    connection: Connection, *, event_id: UUID, keeper: Keeper, now: datetime, is_replay: bool = False
) -> None:
    """Returns for whoever may count at the rooms of the event; a phone only at its own (`may_stand_at`).

    Raises `NotAllowed` and `NotFound` for people, `NotSignedIn` for what a phone is not for, and what ended it.
    """
    if keeper.phone is not None:
        if keeper.phone.event_id != event_id or keeper.phone.kind is not PhoneKind.ROOM:
            raise NotSignedIn
        require_good(keeper.phone, is_replay=is_replay, now=now)
        return
    if keeper.person_id is None:
        raise NotSignedIn
    await require_role(connection, event_id=event_id, person_id=keeper.person_id, allowed=DOOR_TEAM)


def stands_at(keeper: Keeper) -> UUID | None:
    """The one session that a phone stands at; None for people, who may stand at any."""
    return None if keeper.phone is None else keeper.phone.room_id
