"""Telling attendees of their places by mail, for an event's organizers: in numbers, and by name only whose
address is refused.
"""

from typing import Annotated
from uuid import UUID

import strawberry

from schema.context import Info
from schema.ids import Kind, global_id, read_event, read_row
from schema.nodes import Problem
from schema.problems import NotFound, register
from server.invitations import errors, operations
from server.invitations.models import Forecast, InvitedPlace


@strawberry.type(description="Somebody on the list whose mail address the mail server refused for good.")
class RefusedInvitation:
    registration: strawberry.ID = strawberry.field(description="Their place.")
    name: str = strawberry.field(description="Their name on the list.")
    ticket_type: str | None = strawberry.field(description="The kind of ticket they have, where the list says.")

    @classmethod
    def from_model(cls, place: InvitedPlace, event_id: UUID) -> "RefusedInvitation":
        return cls(
            registration=global_id(Kind.REGISTRATION, place.registration_id, event_id),
            name=place.name,
            ticket_type=place.ticket_type,
        )


@strawberry.type(description="How far an event's attendees have been told of their places by mail.")
class AttendeeInvitations:
    event_id: strawberry.Private[UUID]
    new: int = strawberry.field(description="Mail addresses with a place that no mail has told them of yet.")
    unsent: int = strawberry.field(description="Mails that were asked for and have not left.")
    sent: int = strawberry.field(description="Mails that have left.")
    without_address: int = strawberry.field(description="People on the list whom no mail can tell.")
    under_way: bool = strawberry.field(description="Whether mails are leaving now.")
    refused_count: int = strawberry.field(
        description="People on the list whose address the mail server refused for good. It is not tried again before "
        "the list has another one or `tryInvitationAgain` asks for it."
    )

    @strawberry.field(description="Who they are, fifty at most.")
    async def refused(self, info: Info) -> list[RefusedInvitation]:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            found = await operations.list_refused(connection, event_id=self.event_id, person_id=viewer.person_id)
        return [RefusedInvitation.from_model(each, self.event_id) for each in found]

    @classmethod
    def from_model(cls, forecast: Forecast, event_id: UUID) -> "AttendeeInvitations":
        return cls(
            event_id=event_id,
            refused_count=forecast.refused,
            new=forecast.new,
            unsent=forecast.unsent,
            sent=forecast.sent,
            without_address=forecast.without_address,
            under_way=forecast.is_under_way,
        )


@strawberry.type(description="The event is over. Nobody was mailed.")
class TooLateToInvite(Problem):
    pass


register(errors.TooLateToInvite, TooLateToInvite)

InviteAttendeesResult = Annotated[
    AttendeeInvitations | TooLateToInvite | NotFound,
    strawberry.union("InviteAttendeesResult", description="How far it is now, or why nobody is mailed."),
]


@strawberry.type
class InvitationsQuery:
    @strawberry.field(description="How far an event's attendees have been told, for its organizers.")
    async def attendee_invitations(self, info: Info, event: strawberry.ID) -> AttendeeInvitations:
        viewer = info.context.signed_in()
        event_id = read_event(event)
        async with info.context.pool.acquire() as connection:
            found = await operations.read_invitations(connection, event_id=event_id, person_id=viewer.person_id)
        return AttendeeInvitations.from_model(found, event_id)


@strawberry.type
class InvitationsMutation:
    @strawberry.mutation(
        description="Mails everybody on the list who has not been told a link that signs them in and their tickets: "
        "one mail for each address, once, however often it is asked for. Ask again for `attendeeInvitations` until "
        "it is no longer under way."
    )
    async def invite_attendees(self, info: Info, event: strawberry.ID) -> InviteAttendeesResult:
        viewer = info.context.signed_in()
        event_id = read_event(event)
        async with info.context.pool.acquire() as connection:
            found = await operations.invite_attendees(
                connection,
                event_id=event_id,
                person_id=viewer.person_id,
                secrets=info.context.services.secrets,
                now=info.context.now,
            )
        return AttendeeInvitations.from_model(found, event_id)

    @strawberry.mutation(
        description="Tries the mail address of one place again that the mail server refused for good, for the event's "
        "organizers. Where it was not refused nothing is sent."
    )
    async def try_invitation_again(
        self, info: Info, registration: Annotated[strawberry.ID, strawberry.argument(description="The place.")]
    ) -> InviteAttendeesResult:
        viewer = info.context.signed_in()
        event_id, registration_id = read_row(registration, Kind.REGISTRATION)
        async with info.context.pool.acquire() as connection:
            found = await operations.try_again(
                connection, event_id=event_id, person_id=viewer.person_id, registration_id=registration_id,
                now=info.context.now,
            )  # fmt: skip
        return AttendeeInvitations.from_model(found, event_id)
