"""The doors of an event: its organizers add, rename and remove them. A removed door keeps its log and takes no more."""

from datetime import date, datetime
from uuid import UUID

import asyncpg

from server.db import Connection, violated
from server.doors.errors import DoorNameTaken
from server.doors.keepers import DoorTask, Keeper, require_keeper
from server.doors.models import Door
from server.doors.operations import topic_of
from server.doors.phones import queries as phones
from server.doors.places import queries
from server.errors import InputNotValid, KeyReused, NotFound
from server.events.models import ORGANIZERS
from server.events.operations import find_event, require_role
from server.ids import new_id
from server.live import wake

LONGEST_DOOR_NAME = 60


async def add_door(
    connection: Connection, *, event_id: UUID, name: str, now: datetime, key: UUID | None = None
) -> Door:
    """A new door of the event; the same key again answers the same. Who may is for the caller to ask.

    Raises `InputNotValid`, `DoorNameTaken` and `KeyReused`.
    """
    door = Door(event_id, new_id(), _clean(name), 0)
    known = None if key is None else await queries.select_door_by_key(connection, event_id=event_id, key=key)
    if known is None:
        try:
            await queries.insert_door(
                connection, event_id=event_id, door_id=door.id, name=door.name, key=key, now=now
            )  # fmt: skip
        except asyncpg.UniqueViolationError as error:
            if violated(error, "doors_one_per_name"):
                raise DoorNameTaken from error
            raise
        if key is None:
            return door
        known = await queries.select_door_by_key(connection, event_id=event_id, key=key)
    if known is None:
        raise NotFound  # the event is gone, and the door with it
    if known.name != door.name:
        raise KeyReused
    return known


async def add_organized_door(
    connection: Connection, *, event_id: UUID, person_id: UUID, name: str, key: UUID | None, now: datetime
) -> Door:
    """The same for an organizer. Raises `NotAllowed` and `NotFound` too."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    return await add_door(connection, event_id=event_id, name=name, key=key, now=now)


async def rename_door(
    connection: Connection, *, event_id: UUID, door_id: UUID, person_id: UUID, name: str, now: datetime
) -> Door:
    """The door under another name, in its log too.

    Raises `NotAllowed`, `NotFound`, `InputNotValid` and `DoorNameTaken`.
    """
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    event = await find_event(connection, event_id=event_id)
    try:
        if not await queries.update_door_name(connection, event_id=event_id, door_id=door_id, name=_clean(name)):
            raise NotFound
    except asyncpg.UniqueViolationError as error:
        if violated(error, "doors_one_per_name"):
            raise DoorNameTaken from error
        raise
    return await find_door(connection, event_id=event_id, door_id=door_id, day=event.day_of(now))


async def remove_door(connection: Connection, *, event_id: UUID, door_id: UUID, person_id: UUID, now: datetime) -> None:
    """No more scans there from now on; its phones and pairing codes end with it. Doing so again changes nothing.

    What its phones scanned before may still come in. Raises `NotAllowed` and `NotFound`.
    """
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    async with connection.transaction():
        if not await queries.remove_door(connection, event_id=event_id, door_id=door_id, now=now):
            raise NotFound
        for phone_id in await phones.revoke_phones_at(connection, event_id=event_id, door_id=door_id, now=now):
            await phones.insert_shift(
                connection, event_id=event_id, shift_id=new_id(), phone_id=phone_id, helper_id=None, now=now
            )
        await wake(connection, topic_of(event_id))


async def list_doors(connection: Connection, *, event_id: UUID, keeper: Keeper, now: datetime) -> list[Door]:
    """The event's doors with today's counts, by name, for its door team; to a paired phone its own door.

    Raises `NotAllowed`, `NotFound` and what ends a phone.
    """
    await require_keeper(connection, event_id=event_id, keeper=keeper, task=DoorTask.DOORS, now=now)
    event = await find_event(connection, event_id=event_id)
    found = await queries.select_doors(connection, event_id=event_id, day=event.day_of(now))
    return found if keeper.phone is None else [door for door in found if door.id == keeper.phone.door_id]


async def find_door(connection: Connection, *, event_id: UUID, door_id: UUID, day: date) -> Door:
    """One door with its count of a day, a removed one too. Raises `NotFound`. Who may is for the caller to ask."""
    for door in await queries.select_doors(connection, event_id=event_id, day=day, door_id=door_id):
        return door
    raise NotFound


def _clean(name: str) -> str:
    """Raises `InputNotValid`."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_DOOR_NAME:
        raise InputNotValid("name", f"Give the door a name of at most {LONGEST_DOOR_NAME} characters.")
    return name
