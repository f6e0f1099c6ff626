"""Setting up an event's doors and the helpers who stand there, for its organizers."""

from typing import Annotated
from uuid import UUID

import strawberry

from schema.context import Info
from schema.doors import Door
from schema.ids import Kind, global_id, read_event, read_key, read_row
from schema.nodes import Done, Node, Problem
from schema.problems import InputNotValid, KeyReused, NotFound, register
from server.doors import errors
from server.doors.helpers import models, operations
from server.doors.places import operations as places
from server.errors import InputNotValid as InputRefused


@strawberry.type(description="The event has a door, or a helper, of that name.")
class NameTaken(Problem):
    pass


register(errors.DoorNameTaken, NameTaken)
register(errors.HelperNameTaken, NameTaken)


@strawberry.type(description="Somebody who helps at the doors of one event without an account, known by a PIN.")
class DoorHelper(Node):
    name: str = strawberry.field(description="The name they go by; it stands in the doors' log.")

    @classmethod
    def from_model(cls, helper: models.DoorHelper) -> "DoorHelper":
        return cls(id=global_id(Kind.DOOR_HELPER, helper.id, helper.event_id), name=helper.name)


@strawberry.type(description="A new helper, with the PIN that is shown this once.")
class DoorHelperAdded:
    helper: DoorHelper = strawberry.field(description="Who was added.")
    pin: str = strawberry.field(description="Six digits, for them alone.")


AddDoorResult = Annotated[
    Door | NameTaken | KeyReused | InputNotValid | NotFound,
    strawberry.union("AddDoorResult", description="The new door, or why there is none."),
]
RenameDoorResult = Annotated[
    Door | NameTaken | InputNotValid | NotFound,
    strawberry.union("RenameDoorResult", description="The door under its new name, or why it keeps the old one."),
]
RemoveDoorResult = Annotated[
    Done | NotFound, strawberry.union("RemoveDoorResult", description="Done, or there is no such door.")
]
AddDoorHelperResult = Annotated[
    DoorHelperAdded | NameTaken | KeyReused | InputNotValid | NotFound,
    strawberry.union("AddDoorHelperResult", description="The new helper and PIN, or why there is none."),
]
RemoveDoorHelperResult = Annotated[
    Done | NotFound, strawberry.union("RemoveDoorHelperResult", description="Done, or there is no such helper.")
]


@strawberry.type
class DoorHelpersQuery:
    @strawberry.field(description="The helpers with PINs, by name, for the event's organizers.")
    async def door_helpers(self, info: Info, event: strawberry.ID) -> list[DoorHelper]:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            found = await operations.list_helpers(
                connection, event_id=read_event(event), person_id=viewer.person_id
            )  # fmt: skip
        return [DoorHelper.from_model(each) for each in found]


@strawberry.type
class DoorHelpersMutation:
    @strawberry.mutation(
        description="Adds a door, for organizers. `key` is a UUID made by the phone; sent again, it answers the same."
    )
    async def add_door(self, info: Info, event: strawberry.ID, name: str, key: strawberry.ID) -> AddDoorResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            door = await places.add_organized_door(
                connection,
                event_id=read_event(event),
                person_id=viewer.person_id,
                name=name,
                key=_key(key),
                now=info.context.now,
            )
        return Door.from_model(door)

    @strawberry.mutation(description="Gives a door another name, for organizers; its log shows it under that name too.")
    async def rename_door(self, info: Info, door: strawberry.ID, name: str) -> RenameDoorResult:
        viewer = info.context.signed_in()
        event_id, door_id = read_row(door, Kind.DOOR)
        async with info.context.pool.acquire() as connection:
            renamed = await places.rename_door(
                connection,
                event_id=event_id,
                door_id=door_id,
                person_id=viewer.person_id,
                name=name,
                now=info.context.now,
            )
        return Door.from_model(renamed)

    @strawberry.mutation(
        description="Removes a door, for organizers: it takes no more scans, and its phones are revoked. Its log "
        "stays, and what those phones scanned before may still come in."
    )
    async def remove_door(self, info: Info, door: strawberry.ID) -> RemoveDoorResult:
        viewer = info.context.signed_in()
        event_id, door_id = read_row(door, Kind.DOOR)
        async with info.context.pool.acquire() as connection:
            await places.remove_door(
                connection, event_id=event_id, door_id=door_id, person_id=viewer.person_id, now=info.context.now
            )
        return Done(message="The door is gone. What was scanned there stays in the log.")

    @strawberry.mutation(
        description="Adds a helper with a PIN, for organizers. `key` is a UUID made by the phone; sent again, it "
        "answers the same."
    )
    async def add_door_helper(
        self, info: Info, event: strawberry.ID, name: str, key: strawberry.ID
    ) -> AddDoorHelperResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            added = await operations.add_helper(
                connection,
                event_id=read_event(event),
                person_id=viewer.person_id,
                name=name,
                key=_key(key),
                secrets=info.context.services.secrets,
                now=info.context.now,
            )
        return DoorHelperAdded(helper=DoorHelper.from_model(added.helper), pin=added.pin)

    @strawberry.mutation(
        description="Removes a helper, for organizers: the PIN ends at once, and a phone in their hands asks for the "
        "next one's."
    )
    async def remove_door_helper(self, info: Info, helper: strawberry.ID) -> RemoveDoorHelperResult:
        viewer = info.context.signed_in()
        event_id, helper_id = read_row(helper, Kind.DOOR_HELPER)
        async with info.context.pool.acquire() as connection:
            await operations.remove_helper(
                connection, event_id=event_id, helper_id=helper_id, person_id=viewer.person_id, now=info.context.now
            )
        return Done(message="Their PIN no longer works. What they scanned stays in the log.")


def _key(text: str) -> UUID:
    """Raises `InputNotValid`."""
    key = read_key(text)
    if key is None:
        raise InputRefused("key", "A key is a UUID, such as the phone's crypto.randomUUID() makes.")
    return key
