"""Telling attendees of their places by mail, for an event's organizers: in numbers, never who."""

from typing import Annotated

import strawberry

from schema.context import Info
from schema.ids import read_event
from schema.nodes import Problem
from schema.problems import NotFound, register
from server.invitations import errors, operations
from server.invitations.models import Forecast


@strawberry.type(description="How far an event's attendees have been told of their places by mail.")
class AttendeeInvitations:
    new: int = strawberry.field(description="Mail addresses with a place that no mail has told them of yet.")
    unsent: int = strawberry.field(description="Mails that were asked for and have not left.")
    sent: int = strawberry.field(description="Mails that have left.")
    without_address: int = strawberry.field(description="People on the list whom no mail can tell.")
    under_way: bool = strawberry.field(description="Whether mails are leaving now.")

    @classmethod
    def from_model(cls, forecast: Forecast) -> "AttendeeInvitations":
        return cls(
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
        async with info.context.pool.acquire() as connection:
            found = await operations.read_invitations(
                connection, event_id=read_event(event), person_id=viewer.person_id
            )
        return AttendeeInvitations.from_model(found)


@strawberry.type
class InvitationsMutation:
    @strawberry.mutation(
        description="Mails everybody on the list who has not been told a link that signs them in and their tickets: "
        "one mail for each address, once, however often it is asked for. Ask again for `attendeeInvitations` until "
        "it is no longer under way."
    )
    async def invite_attendees(self, info: Info, event: strawberry.ID) -> InviteAttendeesResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            found = await operations.invite_attendees(
                connection,
                event_id=read_event(event),
                person_id=viewer.person_id,
                secrets=info.context.services.secrets,
                now=info.context.now,
            )
        return AttendeeInvitations.from_model(found)
