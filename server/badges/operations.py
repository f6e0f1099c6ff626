"""Issuing badges. A place has at most one that works; a new one ends the old print at once."""

from datetime import datetime
from uuid import UUID

import asyncpg

from server.badges import queries
from server.badges.errors import EventOver
from server.badges.models import NewBadge
from server.db import Connection, violated
from server.errors import NotAllowed, NotFound
from server.events import operations as events
from server.events.models import ORGANIZERS
from server.registrations.models import LiveBadge
from server.secrets import Secrets


async def issue_badge(
    connection: Connection, *, event_id: UUID, registration_id: UUID, secrets: Secrets, now: datetime
) -> LiveBadge:
    """A new badge for this place; whatever badge it had stops working. Asks no leave: the caller has.

    Where two are issued at once the first one stays, and both callers are told of it.
    """
    while True:
        badge = NewBadge.make(secrets, event_id)
        try:
            async with connection.transaction():
                await queries.revoke_badge(connection, event_id=event_id, registration_id=registration_id, now=now)
                await queries.insert_badge(
                    connection, event_id=event_id, registration_id=registration_id, badge=badge, now=now
                )
        except asyncpg.UniqueViolationError as error:
            if violated(error, "badges_one_live_per_registration"):
                return await queries.select_live_badge(connection, event_id=event_id, registration_id=registration_id)
            if not violated(error, "badges_one_per_code"):
                raise
            # Two badges of one event drew the same eight characters: draw again.
        else:
            return LiveBadge(badge.id, badge.key_id, now)


async def reissue_badge(
    connection: Connection, *, event_id: UUID, registration_id: UUID, person_id: UUID, secrets: Secrets, now: datetime
) -> LiveBadge:
    """A new badge in place of a lost or photographed one: for one's own place, or by an organizer of the event.

    Raises `NotFound` for a place that is not theirs to know of, `NotAllowed` for a helper, who may know of it but
    not do this, and `EventOver`.
    """
    is_own = await queries.select_is_owner(
        connection, event_id=event_id, registration_id=registration_id, person_id=person_id
    )
    if not is_own:
        await _require_organizer(connection, event_id=event_id, person_id=person_id)
    if is_own is None:
        raise NotFound
    event = await events.find_event(connection, event_id=event_id)
    if event.is_over_at(now):
        raise EventOver
    return await issue_badge(connection, event_id=event_id, registration_id=registration_id, secrets=secrets, now=now)


async def _require_organizer(connection: Connection, *, event_id: UUID, person_id: UUID) -> None:
    """An attendee of the event is answered as a stranger is: neither may learn who else has a place there."""
    role = await events.role_of(connection, event_id=event_id, person_id=person_id)
    if role is None:
        raise NotFound
    if role not in ORGANIZERS:
        raise NotAllowed
