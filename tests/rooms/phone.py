"""A phone at a session's room, and an organizer who writes the programme, as tests hold them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from schema.ids import Kind, global_id
from server.events.models import Event, Role
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.world import World

SESSION = "id title room startsAt endsAt capacity came hereNow hereNowIsKnown"
TOLD = f"""
    __typename ... on RoomCheckIn {{ key verdict name offline session {{ {SESSION} }} }}
    ... on Problem {{ message }} ... on InputNotValid {{ field }}
"""
SESSIONS = f"query ($event: ID!) {{ roomSessions(event: $event) {{ {SESSION} }} }}"
ADD = f"""
    mutation ($event: ID!, $sessions: [NewRoomSession!]!) {{
        addRoomSessions(event: $event, sessions: $sessions) {{
            __typename ... on RoomSessionsAdded {{ sessions {{ {SESSION} }} }}
            ... on InputNotValid {{ field message }} }} }}
"""
UPDATE = f"""
    mutation ($id: ID!, $session: RoomSessionInput!) {{
        updateRoomSession(id: $id, session: $session) {{
            __typename ... on RoomSession {{ {SESSION} }} ... on InputNotValid {{ field message }} }} }}
"""
REMOVE = "mutation ($id: ID!) { removeRoomSession(id: $id) { __typename ... on RoomSession { id } } }"
PUT_BACK = "mutation ($id: ID!) { putBackRoomSession(id: $id) { __typename ... on RoomSession { id } } }"
CHECK_IN = f"""
    mutation ($event: ID!, $scan: RoomCheckInInput!) {{ checkInToRoom(event: $event, checkIn: $scan) {{ {TOLD} }} }}
"""
UNDO = f"mutation ($session: ID!, $key: ID!) {{ undoRoomCheckIn(session: $session, key: $key) {{ {TOLD} }} }}"
REPLAY = f"""
    mutation ($event: ID!, $scans: [RoomCheckInInput!]!) {{
        replayRoomCheckIns(event: $event, checkIns: $scans) {{ key result {{ {TOLD} }} }} }}
"""


def draft(clock: Clock, **changes: Any) -> dict[str, Any]:
    """A session from now on, for an hour."""
    made: dict[str, Any] = {
        "title": "Mending zips",
        "room": "Room 2",
        "startsAt": clock(),
        "endsAt": clock() + timedelta(hours=1),
    }
    texts = made | changes
    return texts | {each: texts[each].isoformat() for each in ("startsAt", "endsAt")}


async def add_session(front_door: FrontDoor, world: World, event: Event, **changes: Any) -> str:
    """The id of a new session, added by an organizer."""
    organizer = await world.team(event)
    sessions = [{"key": world.new_key(), "session": draft(world.clock, **changes)}]
    added = await front_door.as_(organizer.token).ask(ADD, event=global_id(Kind.EVENT, event.id), sessions=sessions)
    session: str = added["addRoomSessions"]["sessions"][0]["id"]
    return session


@dataclass(frozen=True, slots=True)
class RoomPhone:
    """Scans at one session with one helper's session."""

    front_door: FrontDoor
    event: Event
    session: str
    clock: Clock

    @classmethod
    async def at(cls, front_door: FrontDoor, world: World, event: Event, **changes: Any) -> "RoomPhone":
        """At a new session of the event."""
        return await cls.beside(front_door, world, event, await add_session(front_door, world, event, **changes))

    @classmethod
    async def beside(cls, front_door: FrontDoor, world: World, event: Event, session: str) -> "RoomPhone":
        helper = await world.team(event, Role.DOOR_HELPER)
        return cls(front_door.as_(helper.token), event, session, world.clock)

    @property
    def event_gid(self) -> str:
        return global_id(Kind.EVENT, self.event.id)

    def made(self, code: str, **changes: Any) -> dict[str, Any]:
        """One scan, made and sent now unless `at` says when it was made."""
        at = changes.pop("at", None) or self.clock()
        return {
            "code": code,
            "session": self.session,
            "key": str(uuid4()),
            "scannedAt": at.isoformat(),
            "sentAt": self.clock().isoformat(),
        } | changes

    async def scan(self, code: str, **changes: Any) -> dict[str, Any]:
        return await self.send(self.made(code, **changes))

    async def send(self, scan: dict[str, Any]) -> dict[str, Any]:
        data = await self.front_door.ask(CHECK_IN, event=self.event_gid, scan=scan)
        told: dict[str, Any] = data["checkInToRoom"]
        return told

    async def undo(self, key: str) -> dict[str, Any]:
        data = await self.front_door.ask(UNDO, session=self.session, key=key)
        undone: dict[str, Any] = data["undoRoomCheckIn"]
        return undone

    async def replay(self, *scans: dict[str, Any]) -> list[dict[str, Any]]:
        data = await self.front_door.ask(REPLAY, event=self.event_gid, scans=list(scans))
        answers: list[dict[str, Any]] = data["replayRoomCheckIns"]
        return answers

    async def counts(self) -> tuple[int, int]:
        """How many came, and how many are here."""
        data = await self.front_door.ask(SESSIONS, event=self.event_gid)
        [found] = [each for each in data["roomSessions"] if each["id"] == self.session]
        return found["came"], found["hereNow"]
