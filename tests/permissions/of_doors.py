"""What the matrix asks about doors, their helpers and their phones."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from schema.ids import Kind
from tests.encounters.documents import id_of
from tests.permissions.of_people import Arguments
from tests.permissions.stage import Stage


def at_the_door(stage: Stage, **changes: Any) -> dict[str, Any]:
    """A scan of Ben's ticket, who has not come yet."""
    made = {"code": stage.ben.ticket, "door": stage.door, "key": str(uuid4()), "scannedAt": "2027-04-22T18:00:00Z"}
    return made | changes


ARGUMENTS: dict[str, Arguments] = {
    "Query.doorPhone": lambda _: {},
    "Query.doorPhones": lambda stage: {"event": id_of(stage.here)},
    "Query.doorHelpers": lambda stage: {"event": id_of(stage.here)},
    "Query.doorRoster": lambda stage: {"event": id_of(stage.here)},
    "Query.doorConflicts": lambda stage: {"event": id_of(stage.here)},
    "Query.doorLog": lambda stage: {"event": id_of(stage.here)},
    "Mutation.markConflictSeen": lambda stage: {"conflict": stage.conflict},
    "Subscription.doorChanged": lambda stage: {"event": id_of(stage.here)},
    "Mutation.checkIn": lambda stage: {"event": id_of(stage.here), "checkIn": at_the_door(stage)},
    "Mutation.checkIn:found_by_name": lambda stage: {
        "event": id_of(stage.here), "checkIn": at_the_door(stage, code="", registration=stage.ben.gid),
    },
    "Mutation.checkIn:of_another_event": lambda stage: {
        "event": id_of(stage.there), "checkIn": at_the_door(stage, registration=stage.ben.gid, code=""),
    },
    "Mutation.replayCheckIns": lambda stage: {"event": id_of(stage.here), "checkIns": [at_the_door(stage)]},
    "Mutation.undoCheckIn": lambda stage: {"checkIn": stage.ids[Kind.CHECK_IN]},
    "Mutation.addDoor": lambda stage: {"event": id_of(stage.here), "name": "Another door", "key": str(uuid4())},
    "Mutation.renameDoor": lambda stage: {"door": stage.door, "name": "Another name"},
    "Mutation.removeDoor": lambda stage: {"door": stage.door},
    "Mutation.addDoorHelper": lambda stage: {"event": id_of(stage.here), "name": "Lea", "key": str(uuid4())},
    "Mutation.removeDoorHelper": lambda stage: {"helper": stage.ids[Kind.DOOR_HELPER]},
    "Mutation.openPairing": lambda stage: {"door": stage.door},
    "Mutation.closePairing": lambda stage: {"door": stage.door},
    "Mutation.pairDoorPhone": lambda stage: {"code": "ABCDEFGHJK", "pin": stage.phones["phone"].pin},
    "Mutation.changeDoorHelper": lambda stage: {"pin": stage.phones["phone"].pin},
    "Mutation.leaveDoor": lambda _: {},
    "Mutation.leaveKiosk": lambda stage: {"pin": stage.phones["phone"].pin},
    "Mutation.revokeDoorPhone": lambda stage: {"phone": stage.ids[Kind.DOOR_PHONE]},
}  # fmt: skip

WAYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "DoorPhone.event": ("Query.doorPhone", ("event",)),
    "DoorPhone.door": ("Query.doorPhone", ("door",)),
    "DoorPhone.room": ("Query.doorPhone", ("room",)),
}

MARKS: dict[str, Callable[[Stage], str]] = {
    "Query.doorPhone": lambda _: '"DoorPhone_kind"',
    "Query.doorPhones": lambda stage: stage.ids[Kind.DOOR_PHONE],
    "Query.doorHelpers": lambda stage: stage.ids[Kind.DOOR_HELPER],
    "Query.doorRoster": lambda stage: stage.ana.name,
    "Query.doorConflicts": lambda stage: stage.conflict,
    "Query.doorLog": lambda stage: stage.conflict,
    "Mutation.markConflictSeen": lambda stage: stage.conflict,
    "Subscription.doorChanged": lambda stage: id_of(stage.here),
    "Mutation.renameDoor": lambda stage: stage.door,
    "Mutation.changeDoorHelper": lambda stage: stage.ids[Kind.DOOR_PHONE],
    "Mutation.revokeDoorPhone": lambda stage: stage.ids[Kind.DOOR_PHONE],
    "DoorPhone.event": lambda stage: id_of(stage.here),
    "DoorPhone.door": lambda stage: stage.door,
    "DoorPhone.room": lambda stage: stage.ids[Kind.ROOM_SESSION],
}
