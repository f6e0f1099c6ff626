"""The part of the stage and of the questions that is about session rooms. Ana has been counted at the session."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from schema.ids import Kind
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.rooms.phone import ADD, CHECK_IN, draft
from tests.world import Attendee, Somebody, World

#: The key of the scan that counted Ana.
SCAN_KEY = "0b5c8c2e-6f0e-4a8e-9a43-5d2f6f1c7a10"


async def count_at_a_session(front_door: FrontDoor, world: World, organizer: Somebody, who: Attendee) -> str:
    """The id of a new session of the event, at which the organizer counted somebody."""
    door, event = front_door.as_(organizer.token), id_of(who.event)
    new = {"key": world.new_key(), "session": draft(world.clock, title="Mending zips here")}
    added = await door.ask(ADD, event=event, sessions=[new])
    session: str = added["addRoomSessions"]["sessions"][0]["id"]
    await door.ask(CHECK_IN, event=event, scan=_scan(session, who.badge.token, SCAN_KEY))
    return session


def _scan(session: str, code: str, key: str) -> dict[str, Any]:
    return {"code": code, "session": session, "key": key, "scannedAt": "2027-04-22T18:00:00Z"}


def _of_ben(stage: Any) -> dict[str, Any]:
    return _scan(stage.ids[Kind.ROOM_SESSION], stage.ben.ticket, str(uuid4()))


SESSION = {"title": "Mending", "startsAt": "2027-04-22T18:00:00Z", "endsAt": "2027-04-22T19:00:00Z"}

#: As in `questions`; each takes the stage.
ARGUMENTS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "Query.roomSessions": lambda stage: {"event": id_of(stage.here)},
    "Mutation.addRoomSessions": lambda stage: {
        "event": id_of(stage.here),
        "sessions": [{"key": str(uuid4()), "session": SESSION}],
    },
    "Mutation.updateRoomSession": lambda stage: {"id": stage.ids[Kind.ROOM_SESSION], "session": SESSION},
    "Mutation.removeRoomSession": lambda stage: {"id": stage.ids[Kind.ROOM_SESSION]},
    "Mutation.putBackRoomSession": lambda stage: {"id": stage.ids[Kind.ROOM_SESSION]},
    "Mutation.checkInToRoom": lambda stage: {"event": id_of(stage.here), "checkIn": _of_ben(stage)},
    "Mutation.replayRoomCheckIns": lambda stage: {"event": id_of(stage.here), "checkIns": [_of_ben(stage)]},
    "Mutation.undoRoomCheckIn": lambda stage: {"session": stage.ids[Kind.ROOM_SESSION], "key": SCAN_KEY},
    "Subscription.roomChanged": lambda stage: {"event": id_of(stage.here)},
}
MARKS: dict[str, Callable[[Any], str]] = {
    "Query.roomSessions": lambda stage: stage.ids[Kind.ROOM_SESSION],
    "Mutation.updateRoomSession": lambda stage: stage.ids[Kind.ROOM_SESSION],
    "Mutation.removeRoomSession": lambda stage: stage.ids[Kind.ROOM_SESSION],
    "Mutation.putBackRoomSession": lambda stage: stage.ids[Kind.ROOM_SESSION],
    "Mutation.checkInToRoom": lambda _: "Ben Other",
    "Mutation.replayRoomCheckIns": lambda _: "Ben Other",
    "Mutation.undoRoomCheckIn": lambda _: "Ana Self",
    "Subscription.roomChanged": lambda stage: stage.ids[Kind.ROOM_SESSION],
}
