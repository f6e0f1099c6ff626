"""The desk beside a door: people found by name, and people registered on the spot."""

from typing import Annotated

import strawberry

from schema.context import Info
from schema.ids import Kind, global_id, read_event, read_key
from schema.nodes import Problem
from schema.problems import AlreadyRegistered, InputNotValid, KeyReused, NotFound, register
from schema.registrations import Ticket
from server.badges.tokens import ticket_code
from server.desk import errors, models, operations
from server.errors import InputNotValid as InputRefused
from server.registrations.models import RegistrationState


@strawberry.type(description="Every place at the event is taken.")
class EventFull(Problem):
    pass


register(errors.AlreadyRegistered, AlreadyRegistered)
register(errors.EventFull, EventFull)


@strawberry.type(description="What a door helper may see of somebody registered on the spot.")
class WalkIn:
    name: str = strawberry.field(description="The name they gave.")
    registration: strawberry.ID = strawberry.field(description="Their new place; to be checked in with.")
    model: strawberry.Private[models.WalkIn]

    @strawberry.field(description="Their ticket, to be shown to them; the next scan at a door lets them in.")
    def ticket(self, info: Info) -> Ticket:
        return Ticket(code=ticket_code(info.context.services.secrets, self.model.registration_id), type=None)

    @classmethod
    def from_model(cls, walk_in: models.WalkIn) -> "WalkIn":
        return cls(
            name=walk_in.name,
            registration=global_id(Kind.REGISTRATION, walk_in.registration_id, walk_in.event_id),
            model=walk_in,
        )


@strawberry.type(description="What a door helper may see of somebody who was found by name.")
class FoundRegistration:
    registration: strawberry.ID = strawberry.field(description="Their place; to be checked in with.")
    name: str = strawberry.field(description="The name on the ticket.")
    ticket_type: str | None = strawberry.field(description="The kind of ticket, in the organizer's words.")
    state: RegistrationState = strawberry.field(description="Where they are today, as the doors know it.")

    @classmethod
    def from_model(cls, found: models.FoundRegistration) -> "FoundRegistration":
        return cls(
            registration=global_id(Kind.REGISTRATION, found.registration_id, found.event_id),
            name=found.name,
            ticket_type=found.ticket_type,
            state=found.state,
        )


RegisterWalkInResult = Annotated[
    WalkIn | AlreadyRegistered | EventFull | KeyReused | InputNotValid | NotFound,
    strawberry.union("RegisterWalkInResult", description="The new place, or why there is none."),
]


@strawberry.type
class DeskQuery:
    @strawberry.field(
        description="Registrations by name, for the door team: at most 20, the likeliest first. Accents and small "
        "slips are forgiven; fewer than two letters find nobody."
    )
    async def find_registrations(
        self, info: Info, event: strawberry.ID, search: str, first: int = 10
    ) -> list[FoundRegistration]:
        event_id = read_event(event)
        keeper = await info.context.keeper(event_id)
        async with info.context.pool.acquire() as connection:
            found = await operations.find_registrations(
                connection,
                event_id=event_id,
                keeper=keeper,
                search=search,
                first=first,
                now=info.context.now,
            )
        return [FoundRegistration.from_model(each) for each in found]


@strawberry.type
class DeskMutation:
    @strawberry.mutation(
        description="Makes a place for somebody without a ticket. `key` is a UUID made by the phone: sent again, it "
        "answers the same place. It lets nobody in: check them in with the ticket or the registration it answers. "
        "`letIn` says that a door without a network has let them in already, and then a full event takes them too."
    )
    async def register_walk_in(
        self,
        info: Info,
        event: strawberry.ID,
        name: str,
        email: str | None = None,
        key: strawberry.ID | None = None,
        let_in: bool = False,
    ) -> RegisterWalkInResult:
        event_id = read_event(event)
        keeper = await info.context.keeper(event_id)
        read = None if key is None else read_key(key)
        if key is not None and read is None:
            raise InputRefused("key", "A key is a UUID, such as the phone's crypto.randomUUID() makes.")
        async with info.context.pool.acquire() as connection:
            walk_in = await operations.register_walk_in(
                connection,
                event_id=event_id,
                keeper=keeper,
                name=name,
                email=email,
                key=read,
                is_let_in=let_in,
                secrets=info.context.services.secrets,
                now=info.context.now,
            )
        return WalkIn.from_model(walk_in)
