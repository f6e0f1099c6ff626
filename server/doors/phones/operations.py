"""Phones at the doors: listed and revoked by organizers, handed on and given back by those who hold them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from server.db import Connection
from server.doors.operations import topic_of
from server.doors.phones import queries
from server.doors.phones.models import DoorPhone, PhoneKind
from server.doors.phones.tokens import event_of_token, phone_token_hash
from server.errors import NotFound, NotSignedIn
from server.events.models import ORGANIZERS
from server.events.operations import require_role
from server.ids import new_id
from server.live import wake


async def find_phone(connection: Connection, *, token: str, now: datetime) -> DoorPhone | None:
    """The phone that holds this token, ended or not; None when there is none."""
    event_id = event_of_token(token)
    if event_id is None:
        return None
    return await queries.touch_phone(connection, event_id=event_id, token_hash=phone_token_hash(token), now=now)


async def find_phone_among(
    connection: Connection, *, tokens: Sequence[str], event_id: UUID, phone_id: UUID, now: datetime
) -> DoorPhone | None:
    """The phone of that id, if one of these tokens is its own."""
    for token in tokens:
        if event_of_token(token) == event_id:
            phone = await find_phone(connection, token=token, now=now)
            if phone is not None and phone.id == phone_id:
                return phone
    return None


async def list_phones(connection: Connection, *, event_id: UUID, person_id: UUID) -> list[DoorPhone]:
    """The event's phones, for its organizers; at most 200, good ones first. Raises `NotAllowed` and `NotFound`."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    return await queries.select_phones(connection, event_id=event_id)


async def read_phone(connection: Connection, *, event_id: UUID, phone_id: UUID, person_id: UUID) -> DoorPhone:
    """One of them. Raises `NotAllowed` and `NotFound`."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    return await reread(connection, event_id=event_id, phone_id=phone_id)


async def reread(connection: Connection, *, event_id: UUID, phone_id: UUID) -> DoorPhone:
    """The phone as it is now. Raises `NotFound`. Who may is for the caller to ask."""
    for phone in await queries.select_phones(connection, event_id=event_id, phone_id=phone_id):
        return phone
    raise NotFound


async def revoke_phone(
    connection: Connection, *, event_id: UUID, phone_id: UUID, person_id: UUID, now: datetime
) -> DoorPhone:
    """The phone is good for nothing from now on but what it scanned before. Doing so again changes nothing.

    Raises `NotAllowed` and `NotFound`.
    """
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    await end_phone(connection, event_id=event_id, phone_id=phone_id, now=now)
    return await reread(connection, event_id=event_id, phone_id=phone_id)


async def end_phone(connection: Connection, *, event_id: UUID, phone_id: UUID, now: datetime) -> None:
    """The same, for whoever may: an organizer, or the phone itself when it is given back."""
    async with connection.transaction():
        if await queries.revoke_phone(connection, event_id=event_id, phone_id=phone_id, now=now):
            await queries.insert_shift(
                connection, event_id=event_id, shift_id=new_id(), phone_id=phone_id, helper_id=None, now=now
            )
            await wake(connection, topic_of(event_id))


async def leave_door(connection: Connection, *, token: str, now: datetime) -> None:
    """The phone that holds this token is given back. Without one nothing is left to do.

    Raises `NotSignedIn` for a kiosk, which is left by a helper's PIN alone (`pairing.operations.leave_kiosk`).
    """
    phone = await find_phone(connection, token=token, now=now)
    if phone is not None and phone.kind is PhoneKind.KIOSK and phone.ended_at(now) is None:
        raise NotSignedIn
    if phone is not None:
        await end_phone(connection, event_id=phone.event_id, phone_id=phone.id, now=now)
