"""An event's programme of sessions: organizers write it, its door team reads it with the counts. Attendees see none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from server.db import Connection
from server.doors.keepers import Keeper
from server.errors import InputNotValid, NotFound
from server.events.models import DOOR_TEAM, ORGANIZERS, Event, rooms_topic
from server.events.operations import find_event, require_role
from server.ids import new_id
from server.live import wake
from server.rooms import queries
from server.rooms.keepers import require_room_keeper, stands_at
from server.rooms.models import RoomSession, SessionDraft
from server.texts import clean_optional_text, clean_text

#: A programme is read whole, by every phone that stands at one of its rooms.
MOST_SESSIONS = 300
LONGEST_TITLE = 120
LONGEST_ROOM = 60
MOST_PLACES = 100_000
LONGEST_SESSION = timedelta(hours=24)


def topic_of(event_id: UUID) -> str:
    """What is woken when the programme of an event or a count in it changes, or who may see it."""
    return rooms_topic(event_id)


async def list_sessions(connection: Connection, *, event_id: UUID, keeper: Keeper, now: datetime) -> list[RoomSession]:
    """The programme with its counts, by time, for the door team; for a room's phone its own session alone.

    Raises `NotAllowed`, `NotFound`, `NotSignedIn`, and what ended a phone.
    """
    await require_room_keeper(connection, event_id=event_id, keeper=keeper, now=now)
    session_id = stands_at(keeper)
    if session_id is None:
        return await read_programme(connection, event_id=event_id)
    return [await read_session(connection, event_id=event_id, session_id=session_id)]


async def read_session(connection: Connection, *, event_id: UUID, session_id: UUID) -> RoomSession:
    """One session, removed or not, for whoever has been let in already. Raises `NotFound`."""
    session = await queries.select_session(connection, event_id=event_id, session_id=session_id)
    if session is None:
        raise NotFound
    return session


async def read_programme(connection: Connection, *, event_id: UUID) -> list[RoomSession]:
    """The same for whoever has been let in already."""
    return await queries.select_sessions(connection, event_id=event_id)


async def find_session(connection: Connection, *, event_id: UUID, session_id: UUID, person_id: UUID) -> RoomSession:
    """One session of the programme, for the door team. Raises `NotAllowed` and `NotFound`."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=DOOR_TEAM)
    return await read_session(connection, event_id=event_id, session_id=session_id)


async def add_sessions(
    connection: Connection, *, event_id: UUID, person_id: UUID, drafts: Sequence[SessionDraft], now: datetime
) -> list[RoomSession]:
    """Add sessions to the programme, all or none, and answer them in the order given.

    A key that was used before answers its session as it is now and adds none. Raises `NotAllowed`, `NotFound`, and
    `InputNotValid` for the first session that is not well, by its place.
    """
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    event = await find_event(connection, event_id=event_id)
    if not 1 <= len(drafts) <= MOST_SESSIONS:
        raise InputNotValid("sessions", f"Add 1 to {MOST_SESSIONS} sessions at once.")
    clean = [_clean(event, draft, field=f"sessions.{place}") for place, draft in enumerate(drafts)]
    async with connection.transaction():
        await queries.insert_sessions(
            connection, event_id=event_id, ids=[new_id() for _ in clean], drafts=clean, now=now
        )
        # Looked at after writing, so that the whole is rolled back; two who add at once may pass it by a few.
        if await queries.select_session_count(connection, event_id=event_id) > MOST_SESSIONS:
            raise InputNotValid("sessions", f"A programme has at most {MOST_SESSIONS} sessions. None were added.")
        await wake(connection, topic_of(event_id))
    return await queries.select_sessions_by_key(connection, event_id=event_id, keys=[each.key for each in clean])


async def update_session(
    connection: Connection, *, event_id: UUID, session_id: UUID, person_id: UUID, draft: SessionDraft
) -> RoomSession:
    """Change what a session is called, where and when it is, and how many it takes; its counts stay.

    Raises `NotAllowed`, `NotFound` and `InputNotValid`.
    """
    event = await _organized(connection, event_id=event_id, session_id=session_id, person_id=person_id)
    await queries.update_session(
        connection, event_id=event_id, session_id=session_id, draft=_clean(event, draft, field="session")
    )
    return await _told(connection, event_id=event_id, session_id=session_id)


async def remove_session(
    connection: Connection, *, event_id: UUID, session_id: UUID, person_id: UUID, now: datetime
) -> RoomSession:
    """Take a session out of the programme; its scans are kept, and it can be put back. Raises as above."""
    await _organized(connection, event_id=event_id, session_id=session_id, person_id=person_id)
    await queries.set_removed(connection, event_id=event_id, session_id=session_id, removed_at=now)
    return await _told(connection, event_id=event_id, session_id=session_id)


async def put_back_session(connection: Connection, *, event_id: UUID, session_id: UUID, person_id: UUID) -> RoomSession:
    """A removed session is in the programme again, with its counts. Raises as above."""
    await _organized(connection, event_id=event_id, session_id=session_id, person_id=person_id)
    await queries.set_removed(connection, event_id=event_id, session_id=session_id, removed_at=None)
    return await _told(connection, event_id=event_id, session_id=session_id)


async def _organized(connection: Connection, *, event_id: UUID, session_id: UUID, person_id: UUID) -> Event:
    """The event, when the person organizes it and it has such a session."""
    await require_role(connection, event_id=event_id, person_id=person_id, allowed=ORGANIZERS)
    await read_session(connection, event_id=event_id, session_id=session_id)
    return await find_event(connection, event_id=event_id)


async def _told(connection: Connection, *, event_id: UUID, session_id: UUID) -> RoomSession:
    """The session as it is after a change, of which those who watch are told."""
    await wake(connection, topic_of(event_id))
    return await read_session(connection, event_id=event_id, session_id=session_id)


def _clean(event: Event, draft: SessionDraft, *, field: str) -> SessionDraft:
    """The draft as it is kept. `field` is where it stands in what was sent."""
    title = clean_text(" ".join(draft.title.split()), field=f"{field}.title", longest=LONGEST_TITLE)
    room = clean_optional_text(" ".join((draft.room or "").split()), field=f"{field}.room", longest=LONGEST_ROOM)
    if draft.ends_at <= draft.starts_at:
        raise InputNotValid(f"{field}.endsAt", "A session must end after it starts.")
    if draft.ends_at - draft.starts_at > LONGEST_SESSION:
        raise InputNotValid(f"{field}.endsAt", "A session lasts at most a day.")
    if not (event.takes_scans_at(draft.starts_at) and event.takes_scans_at(draft.ends_at)):
        raise InputNotValid(f"{field}.startsAt", "That is outside of the event's own days. Look at the day and hour.")
    if draft.capacity is not None and not 1 <= draft.capacity <= MOST_PLACES:
        raise InputNotValid(f"{field}.capacity", f"A room takes 1 to {MOST_PLACES} people; leave it out if you like.")
    return replace(draft, title=title, room=room)
