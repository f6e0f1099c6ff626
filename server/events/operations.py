"""Finding events, and who may do what at them."""

from datetime import datetime, time
from uuid import UUID

import asyncpg

from server.db import Connection, violated
from server.errors import KeyReused, NotAllowed, NotFound
from server.events import queries
from server.events.checking import checked, is_slug
from server.events.errors import MadeBefore, SlugTaken
from server.events.models import ORGANIZERS, Event, EventRole, Made, Role, Settings
from server.ids import new_id


async def find_event(connection: Connection, *, event_id: UUID) -> Event:
    """The event. Raises `NotFound`."""
    event = await queries.select_event(connection, event_id=event_id)
    if event is None:
        raise NotFound
    return event


async def find_event_by_slug(connection: Connection, *, slug: str) -> Event | None:
    """The event with this word in its address; None also for what can be no such word."""
    if not is_slug(slug):
        return None
    return await queries.select_event_by_slug(connection, slug=slug)


async def require_role(connection: Connection, *, event_id: UUID, person_id: UUID, allowed: frozenset[Role]) -> Role:
    """The person's role there, when it is one of `allowed`.

    Raises `NotAllowed` for somebody who has a place at the event but not that role, and `NotFound` for a
    stranger to it, who need not learn that it exists.
    """
    role, is_registered = await queries.select_ties(connection, event_id=event_id, person_id=person_id)
    if role in allowed:
        return role
    if role is not None or is_registered:
        raise NotAllowed
    raise NotFound


async def role_of(connection: Connection, *, event_id: UUID, person_id: UUID) -> Role | None:
    """The person's role at this event; None for attendees and strangers alike."""
    role, _ = await queries.select_ties(connection, event_id=event_id, person_id=person_id)
    return role


async def count_places_taken(connection: Connection, *, event_id: UUID) -> int:
    """Places that are not cancelled, walk-ins among them. Who may know is for the caller to ask."""
    return await queries.count_places_taken(connection, event_id=event_id)


async def find_settings(connection: Connection, *, event: Event, person_id: UUID) -> Settings:
    """What is settled about the event, for its organizers. Raises `NotAllowed` and `NotFound`."""
    await require_role(connection, event_id=event.id, person_id=person_id, allowed=ORGANIZERS)
    before = event.continues_id
    return Settings(
        event=event,
        places_taken=await queries.count_places_taken(connection, event_id=event.id),
        continues=None if before is None else await queries.select_event(connection, event_id=before),
    )


async def roles_of(connection: Connection, *, person_id: UUID) -> list[EventRole]:
    """Where the person helps or organizes."""
    return await queries.select_roles(connection, person_id=person_id)


async def organizes_anything(connection: Connection, *, person_id: UUID) -> bool:
    """Whether the person is in the team of any event, or may create one."""
    return await queries.select_organizes_anything(connection, person_id=person_id)


async def create_event(
    connection: Connection,
    *,
    owner_id: UUID,
    slug: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    timezone: str,
    now: datetime,
    venue: str | None = None,
    evening_at: time = time(19),
    uses_check_in: bool = True,
    scans_people_out: bool = False,
) -> Event:
    """A new event, owned by `owner_id`. Raises `InputNotValid` and `SlugTaken`."""
    event = Event(
        new_id(),
        slug,
        title,
        venue,
        starts_at,
        ends_at,
        timezone,
        evening_at,
        uses_check_in,
        scans_people_out,
    )
    return await keep_event(connection, event=event, made=Made(owner_id), now=now)


async def keep_event(connection: Connection, *, event: Event, made: Made, now: datetime) -> Event:
    """Keep a new event that belongs to whoever made it. Who may make one is for the caller to ask.

    Raises `InputNotValid`, `SlugTaken` and `MadeBefore`, each with nothing kept.
    """
    event = checked(event)
    async with connection.transaction():
        try:
            await queries.insert_event(connection, event=event, made=made, now=now)
        except asyncpg.UniqueViolationError as error:
            if violated(error, "events_one_per_slug"):
                raise SlugTaken from error
            if violated(error, "events_one_per_key"):
                raise MadeBefore from error
            raise
        await queries.upsert_role(connection, event_id=event.id, person_id=made.by, role=Role.OWNER, now=now)
    return event


async def find_made(connection: Connection, *, made: Made) -> Event | None:
    """The event that this person made with this key. Raises `KeyReused` when it was made of something else."""
    found = await queries.select_made(connection, made=made)
    if found is None:
        return None
    event, made_of = found
    if made_of != made.of:
        raise KeyReused
    return event


async def hold_event(connection: Connection, *, event_id: UUID) -> Event:
    """The event, which nobody else changes until the transaction ends. Raises `NotFound`."""
    event = await queries.lock_event(connection, event_id=event_id)
    if event is None:
        raise NotFound
    return event


async def change_event(connection: Connection, *, event: Event) -> Event:
    """Keep the event, which the caller holds, as it is now. Raises `InputNotValid` and `SlugTaken`.

    Whether it may be changed so is for the caller to judge.
    """
    event = checked(event)
    try:
        async with connection.transaction():
            await queries.update_event(connection, event=event)
    except asyncpg.UniqueViolationError as error:
        if violated(error, "events_one_per_slug"):
            raise SlugTaken from error
        raise
    return event


async def grant_role(connection: Connection, *, event_id: UUID, person_id: UUID, role: Role, now: datetime) -> None:
    """Give the person this role at the event, in place of any other they had there."""
    await queries.upsert_role(connection, event_id=event_id, person_id=person_id, role=role, now=now)
