"""Session rooms: an event's programme with its counts. Nobody is ever told who was there."""

import contextlib
from collections.abc import AsyncGenerator
from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from schema.context import Info
from schema.ids import Kind, global_id, read_event, read_key, read_row
from schema.nodes import Node
from schema.problems import InputNotValid, NotFound
from server.errors import InputNotValid as InputRefused
from server.rooms import models, operations
from server.rooms.watching import Watcher


@strawberry.type(description="One session of the programme, with how many were counted there.")
class RoomSession(Node):
    title: str = strawberry.field(description="What it is called.")
    room: str | None = strawberry.field(description="Where it is, in the organizer's words.")
    starts_at: datetime = strawberry.field(description="When it begins.")
    ends_at: datetime = strawberry.field(description="When it ends.")
    capacity: int | None = strawberry.field(description="How many the room takes; null where nobody said.")
    came: int = strawberry.field(description="How many were counted, each once, however often they came and went.")
    here_now: int = strawberry.field(
        description="In and not out. Where people are not scanned out (`hereNowIsKnown`), all who came."
    )
    here_now_is_known: bool = strawberry.field(description="Whether the event scans people out, so that it is true.")

    @classmethod
    def from_model(cls, session: models.RoomSession) -> "RoomSession":
        return cls(
            id=global_id(Kind.ROOM_SESSION, session.id, session.event_id),
            title=session.title,
            room=session.room,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            capacity=session.capacity,
            came=session.came,
            here_now=session.here_now,
            here_now_is_known=session.scans_people_out,
        )


@strawberry.type(description="Sessions that are in the programme now.")
class RoomSessionsAdded:
    sessions: list[RoomSession] = strawberry.field(description="They, in the order in which they were sent.")


@strawberry.input(description="A session as an organizer writes it.")
class RoomSessionInput:
    title: str = strawberry.field(description="What it is called, at most 120 characters.")
    starts_at: datetime = strawberry.field(description="When it begins, on one of the event's days.")
    ends_at: datetime = strawberry.field(description="When it ends, at most a day later.")
    room: str | None = strawberry.field(default=None, description="Where it is, at most 60 characters.")
    capacity: int | None = strawberry.field(default=None, description="How many the room takes, if that matters.")

    def read(self, key: UUID) -> models.SessionDraft:
        """The session as the operations take it."""
        return models.SessionDraft(key, self.title, self.room, self.starts_at, self.ends_at, self.capacity)


@strawberry.input(description="A session to be added.")
class NewRoomSession:
    key: strawberry.ID = strawberry.field(description="A UUID made by the phone; sent again, it adds nothing.")
    session: RoomSessionInput = strawberry.field(description="What is to be added.")

    def read(self, place: int) -> models.SessionDraft:
        """The draft. Raises `InputNotValid` for a key that is none."""
        return self.session.read(key_of(self.key, f"sessions.{place}.key"))


AddRoomSessionsResult = Annotated[
    RoomSessionsAdded | InputNotValid | NotFound,
    strawberry.union("AddRoomSessionsResult", description="The sessions, or which of them could not be taken."),
]
UpdateRoomSessionResult = Annotated[
    RoomSession | InputNotValid | NotFound,
    strawberry.union("UpdateRoomSessionResult", description="The session as it is now, or why it was not changed."),
]
RemoveRoomSessionResult = Annotated[
    RoomSession | InputNotValid | NotFound,
    strawberry.union("RemoveRoomSessionResult", description="The session that was taken out of the programme."),
]
PutBackRoomSessionResult = Annotated[
    RoomSession | InputNotValid | NotFound,
    strawberry.union("PutBackRoomSessionResult", description="The session that is in the programme again."),
]


@strawberry.type
class RoomsQuery:
    @strawberry.field(
        description="The sessions of an event with their counts, for its door team, in the order of the day: all of "
        "them, at most 300. Empty where the event has none; a phone that is paired with a room sees its own alone."
    )
    async def room_sessions(self, info: Info, event: strawberry.ID) -> list[RoomSession]:
        event_id = read_event(event)
        keeper = await info.context.reader(event_id)
        async with info.context.pool.acquire() as connection:
            found = await operations.list_sessions(connection, event_id=event_id, keeper=keeper, now=info.context.now)
        return [RoomSession.from_model(each) for each in found]


@strawberry.type
class RoomsMutation:
    @strawberry.mutation(description="Adds sessions to the programme, all of them or none; for organizers.")
    async def add_room_sessions(
        self, info: Info, event: strawberry.ID, sessions: list[NewRoomSession]
    ) -> AddRoomSessionsResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            added = await operations.add_sessions(
                connection,
                event_id=read_event(event),
                person_id=viewer.person_id,
                drafts=[each.read(place) for place, each in enumerate(sessions)],
                now=info.context.now,
            )
        return RoomSessionsAdded(sessions=[RoomSession.from_model(each) for each in added])

    @strawberry.mutation(description="Changes what a session is called, where and when it is; its counts stay.")
    async def update_room_session(
        self, info: Info, id: strawberry.ID, session: RoomSessionInput
    ) -> UpdateRoomSessionResult:
        viewer = info.context.signed_in()
        event_id, session_id = read_row(id, Kind.ROOM_SESSION)
        async with info.context.pool.acquire() as connection:
            changed = await operations.update_session(
                connection,
                event_id=event_id,
                session_id=session_id,
                person_id=viewer.person_id,
                draft=session.read(session_id),
            )
        return RoomSession.from_model(changed)

    @strawberry.mutation(
        description="Takes a session out of the programme. Its scans are kept, and late ones still count; "
        "`putBackRoomSession` undoes it."
    )
    async def remove_room_session(self, info: Info, id: strawberry.ID) -> RemoveRoomSessionResult:
        viewer = info.context.signed_in()
        event_id, session_id = read_row(id, Kind.ROOM_SESSION)
        async with info.context.pool.acquire() as connection:
            removed = await operations.remove_session(
                connection,
                event_id=event_id,
                session_id=session_id,
                person_id=viewer.person_id,
                now=info.context.now,
            )
        return RoomSession.from_model(removed)

    @strawberry.mutation(description="Puts a session that was removed back into the programme, with its counts.")
    async def put_back_room_session(self, info: Info, id: strawberry.ID) -> PutBackRoomSessionResult:
        viewer = info.context.signed_in()
        event_id, session_id = read_row(id, Kind.ROOM_SESSION)
        async with info.context.pool.acquire() as connection:
            back = await operations.put_back_session(
                connection, event_id=event_id, session_id=session_id, person_id=viewer.person_id
            )
        return RoomSession.from_model(back)


@strawberry.type
class RoomsSubscription:
    @strawberry.subscription(
        description="The programme with its counts, now and whenever it moved; at most four a second are sent, the "
        "last one always. Ends with my role or session, or with the pairing of a phone."
    )
    async def room_changed(self, info: Info, event: strawberry.ID) -> AsyncGenerator[list[RoomSession], None]:
        event_id = read_event(event)
        watcher = await _watcher(info, event_id)
        frames = info.context.services.rooms.watch(event_id=event_id, watcher=watcher)
        async with contextlib.aclosing(frames):
            async for frame in frames:
                yield [RoomSession.from_model(each) for each in frame]


async def _watcher(info: Info, event_id: UUID) -> Watcher:
    keeper, viewer = await info.context.reader(event_id), info.context.viewer
    token, session_id = info.context.door_cookie, None if viewer is None else viewer.session_id
    return Watcher(keeper, session_id, token)


def key_of(text: strawberry.ID, field: str) -> UUID:
    """The key that a phone made. Raises `InputNotValid` for what is none."""
    key = read_key(text)
    if key is None:
        raise InputRefused(field, "A key is a UUID, such as the phone's crypto.randomUUID() makes.")
    return key
