"""Helpers with PINs: organizers add and remove them. A removed one's phones are in nobody's hands at once."""

from datetime import datetime
from uuid import UUID

import asyncpg

from server.db import Connection, violated
from server.doors.errors import HelperNameTaken
from server.doors.helpers import queries
from server.doors.helpers.models import AddedHelper, DoorHelper
from server.doors.operations import topic_of
from server.doors.phones import queries as phones
from server.doors.phones.tokens import pin_hash, pin_of
from server.errors import InputNotValid, KeyReused, NotFound
from server.events.models import ORGANIZERS
from server.events.operations import require_role
from server.ids import new_id
from server.live import wake
from server.people.names import NameNotValid, clean_name
from server.secrets import Secrets

LONGEST_HELPER_NAME = 60
#: PINs drawn for one helper before we give up: of a million, a few are taken.
_DRAWS = 20


async def list_helpers(connection: Connection, *, event_id: UUID, person_id: UUID) -> list[DoorHelper]:
    """The event's helpers by name, for its organizers. Raises `NotAllowed` and `NotFound`."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    return await queries.select_helpers(connection, event_id=event_id)


async def add_helper(
    connection: Connection, *, event_id: UUID, person_id: UUID, name: str, key: UUID, secrets: Secrets, now: datetime
) -> AddedHelper:
    """A new helper with a PIN that nobody else has at this event; the same key again answers the same.

    Raises `NotAllowed`, `NotFound`, `InputNotValid`, `HelperNameTaken` and `KeyReused`.
    """
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    name = _clean(name)
    helper = await queries.select_helper_by_key(connection, event_id=event_id, key=key)
    draws = 0
    while helper is None:
        if (draws := draws + 1) > _DRAWS:
            raise LookupError("no PIN was free in that many draws")
        drawn = DoorHelper(event_id, new_id(), name)
        try:
            await queries.insert_helper(
                connection, helper=drawn, pin_hash=pin_hash(secrets, event_id, pin_of(secrets, drawn.id)), key=key,
                now=now,
            )  # fmt: skip
        except asyncpg.UniqueViolationError as error:
            if violated(error, "door_helpers_one_per_name"):
                raise HelperNameTaken from error
            if violated(error, "door_helpers_one_per_pin"):
                continue
            raise
        helper = await queries.select_helper_by_key(connection, event_id=event_id, key=key)
    if helper.name != name:
        raise KeyReused
    return AddedHelper(helper, pin_of(secrets, helper.id))


async def remove_helper(
    connection: Connection, *, event_id: UUID, helper_id: UUID, person_id: UUID, now: datetime
) -> None:
    """The PIN ends, and phones in this helper's hands wait for the next one's. Doing so again changes nothing.

    What was scanned before may still come in. Raises `NotAllowed` and `NotFound`.
    """
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    async with connection.transaction():
        if not await queries.remove_helper(connection, event_id=event_id, helper_id=helper_id, now=now):
            raise NotFound
        for phone_id in await phones.take_from_helper(connection, event_id=event_id, helper_id=helper_id, now=now):
            await phones.insert_shift(
                connection, event_id=event_id, shift_id=new_id(), phone_id=phone_id, helper_id=None, now=now
            )
        await wake(connection, topic_of(event_id))


def _clean(text: str) -> str:
    try:
        name = clean_name(text)
    except NameNotValid as error:
        raise InputNotValid("name", error.sentence) from error
    if not 0 < len(name) <= LONGEST_HELPER_NAME:
        raise InputNotValid("name", f"Write the name they go by, in at most {LONGEST_HELPER_NAME} characters.")
    return name
