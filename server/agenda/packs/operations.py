"""The packs of an event, for its organizers alone: helpers and attendees learn of a pack by its questions."""

from datetime import datetime
from uuid import UUID

from server.agenda.packs import keeping
from server.agenda.packs.errors import TooManyPackChanges
from server.agenda.packs.models import KeptPack
from server.db import Connection
from server.events.models import ORGANIZERS
from server.events.operations import require_role
from server.limiter import Limiter

#: By all of an event's organizers together: each change makes every entry of its vault anew.
CHANGES_OF_AN_EVENT = "60/10 minutes"


async def list_packs(connection: Connection, *, event_id: UUID, person_id: UUID) -> list[KeptPack]:
    """The event's packs, on and off, the oldest first. Raises `NotAllowed` and `NotFound`."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    return await keeping.packs_of(connection, event_id=event_id)


async def find_pack(connection: Connection, *, event_id: UUID, pack_id: UUID, person_id: UUID) -> KeptPack:
    """One of them. Raises as `list_packs` does."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    return await keeping.pack_of(connection, event_id=event_id, pack_id=pack_id)


async def add_pack(
    connection: Connection,
    *,
    event_id: UUID,
    person_id: UUID,
    content: str,
    key: UUID,
    replaces: bool,
    is_on: bool,
    limiter: Limiter,
    now: datetime,
) -> KeptPack:
    """Keep the pack of this file, as `keeping.put_pack` says, which raises as well. Raises `NotAllowed` and
    `TooManyPackChanges`.
    """
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    await _refuse_too_many(limiter, event_id, now)
    return await keeping.put_pack(
        connection, event_id=event_id, content=content, key=key, replaces=replaces, is_on=is_on, person_id=person_id,
        now=now,
    )  # fmt: skip


async def switch_pack(
    connection: Connection,
    *,
    event_id: UUID,
    pack_id: UUID,
    person_id: UUID,
    is_on: bool,
    limiter: Limiter,
    now: datetime,
) -> KeptPack:
    """Switch it for talks that begin from now on. Raises `NotAllowed`, `NotFound` and `TooManyPackChanges`."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    await _refuse_too_many(limiter, event_id, now)
    return await keeping.set_on(connection, event_id=event_id, pack_id=pack_id, is_on=is_on)


async def remove_pack(
    connection: Connection, *, event_id: UUID, pack_id: UUID, person_id: UUID, limiter: Limiter, now: datetime
) -> None:
    """Take it away for good; the same file can be added again. Raises as `switch_pack` does."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    await _refuse_too_many(limiter, event_id, now)
    await keeping.take_away(connection, event_id=event_id, pack_id=pack_id, now=now)


async def _refuse_too_many(limiter: Limiter, event_id: UUID, now: datetime) -> None:
    key = ("packs", str(event_id))
    if not await limiter.allows(CHANGES_OF_AN_EVENT, *key):
        raise TooManyPackChanges(await limiter.seconds_to_wait(CHANGES_OF_AN_EVENT, *key, now=now.timestamp()))
