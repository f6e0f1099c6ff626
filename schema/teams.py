"""The team of an event: who runs it, who is invited, and how that changes. For its organizers."""

from datetime import datetime
from typing import Annotated

import strawberry

from schema.context import Info
from schema.ids import Kind, global_id, read_event, read_key, read_own, read_row
from schema.nodes import Done, Node, Problem
from schema.problems import InputNotValid, KeyReused, NotFound, register
from server.errors import InputNotValid as InputRefused
from server.events.models import Role
from server.teams import errors, models, operations
from server.teams.sending import send_of_event


@strawberry.type(description="Somebody of an event's team.")
class TeamMember:
    person: strawberry.ID = strawberry.field(description="Who it is, for the changes below.")
    name: str = strawberry.field(description="What their account goes by; empty where it has no name yet.")
    email: str = strawberry.field(description="The address they sign in with.")
    role: Role = strawberry.field(description="What they may do there.")
    since: datetime = strawberry.field(description="Since when they are in the team.")
    is_me: bool = strawberry.field(description="Whether that is me.")

    @classmethod
    def from_model(cls, member: models.Member, info: Info) -> "TeamMember":
        return cls(
            person=global_id(Kind.PERSON, member.person_id),
            name=member.name,
            email=member.email,
            role=member.role,
            since=member.since,
            is_me=member.person_id == info.context.signed_in().person_id,
        )


@strawberry.type(description="Somebody invited to an event's team who has not accepted yet.")
class TeamInvitation(Node):
    email: str = strawberry.field(description="The address it goes to.")
    role: Role = strawberry.field(description="What they are asked to be.")
    invited_at: datetime = strawberry.field(description="When they were invited.")
    sent_at: datetime | None = strawberry.field(description="When the mail left; null while it has not.")
    refused_at: datetime | None = strawberry.field(
        description="When the mail server refused the address for good, so that no mail leaves; null where it did not."
    )
    expires_at: datetime = strawberry.field(description="The link in the mail works until then, once.")

    @classmethod
    def from_model(cls, invitation: models.TeamInvitation) -> "TeamInvitation":
        return cls(
            id=global_id(Kind.TEAM_INVITATION, invitation.id, invitation.event_id),
            email=invitation.email,
            role=invitation.role,
            invited_at=invitation.invited_at,
            sent_at=invitation.sent_at,
            refused_at=invitation.refused_at,
            expires_at=invitation.expires_at,
        )


@strawberry.type(description="Who runs an event.")
class Team:
    members: list[TeamMember] = strawberry.field(description="The owner, then organizers, then door helpers.")
    waiting: list[TeamInvitation] = strawberry.field(description="Who is invited, the earliest first.")

    @classmethod
    def from_model(cls, team: models.Team, info: Info) -> "Team":
        return cls(
            members=[TeamMember.from_model(each, info) for each in team.members],
            waiting=[TeamInvitation.from_model(each) for each in team.waiting],
        )


@strawberry.type(description="Whoever has that address is in the team. Nobody was mailed.")
class AlreadyInTeam(Problem):
    pass


@strawberry.type(description="The owner keeps the role until they hand the event over. The team is as it was.")
class OwnerStays(Problem):
    pass


@strawberry.type(description="Very many people were invited to one team within an hour. Nobody was mailed.")
class TooManyInvitations(Problem):
    retry_after: int = strawberry.field(description="Seconds until somebody can be invited again.")


register(errors.AlreadyInTeam, AlreadyInTeam)
register(errors.OwnerStays, OwnerStays)
register(errors.TooManyInvitations, TooManyInvitations)

InviteToTeamResult = Annotated[
    TeamInvitation | AlreadyInTeam | TooManyInvitations | KeyReused | InputNotValid | NotFound,
    strawberry.union("InviteToTeamResult", description="The invitation, or why there is none."),
]
WithdrawTeamInvitationResult = Annotated[
    Done | NotFound, strawberry.union("WithdrawTeamInvitationResult", description="It is withdrawn, or why not.")
]
ChangeTeamRoleResult = Annotated[
    TeamMember | OwnerStays | InputNotValid | NotFound,
    strawberry.union("ChangeTeamRoleResult", description="Their role now, or why it stays as it was."),
]
RemoveFromTeamResult = Annotated[
    Done | OwnerStays | NotFound, strawberry.union("RemoveFromTeamResult", description="They are gone, or why not.")
]
HandOverEventResult = Annotated[
    Team | NotFound, strawberry.union("HandOverEventResult", description="The team now, or why it is as it was.")
]
EventArgument = Annotated[strawberry.ID, strawberry.argument(description="The event.")]
PersonArgument = Annotated[strawberry.ID, strawberry.argument(description="Somebody of the team.")]
RoleArgument = Annotated[Role, strawberry.argument(description="Organizer or door helper.")]


@strawberry.type
class TeamsQuery:
    @strawberry.field(description="Who runs an event and who is invited to, for its organizers.")
    async def team(self, info: Info, event: EventArgument) -> Team:
        context = info.context
        viewer = context.signed_in()
        async with context.pool.acquire() as connection:
            found = await operations.find_team(
                connection, event_id=read_event(event), person_id=viewer.person_id, now=context.now
            )
        return Team.from_model(found, info)


@strawberry.type
class TeamsMutation:
    @strawberry.mutation(
        description="Asks somebody by mail into an event's team, for its organizers. Their next sign-in with that "
        "address accepts it, best by the link in the mail: it works once, for fourteen days. An earlier invitation of "
        "the same address no longer works. The same key again mails nothing more."
    )
    async def invite_to_team(
        self,
        info: Info,
        event: EventArgument,
        email: Annotated[str, strawberry.argument(description="Where the mail goes.")],
        role: RoleArgument,
        key: Annotated[strawberry.ID, strawberry.argument(description="A UUID made by the phone, once per mail.")],
    ) -> InviteToTeamResult:
        context, services = info.context, info.context.services
        viewer = context.signed_in()
        event_id, read = read_event(event), read_key(key)
        if read is None:
            raise InputRefused("key", "A key is a UUID, such as the phone's crypto.randomUUID() makes.")
        async with context.pool.acquire() as connection:
            invitation = await operations.invite(
                connection,
                event_id=event_id,
                person_id=viewer.person_id,
                email=email,
                role=role,
                key=read,
                secrets=services.secrets,
                limiter=services.limiter,
                now=context.now,
            )

        async def mail() -> None:
            await send_of_event(
                context.pool,
                services.mailer,
                event_id=event_id,
                secrets=services.secrets,
                public_url=services.settings.public_url,
                now=context.now,
            )

        context.after_answer(mail)
        return TeamInvitation.from_model(invitation)

    @strawberry.mutation(description="Takes an invitation back, for the event's organizers: its link no longer works.")
    async def withdraw_team_invitation(
        self,
        info: Info,
        invitation: Annotated[strawberry.ID, strawberry.argument(description="One that waits.")],
    ) -> WithdrawTeamInvitationResult:
        viewer = info.context.signed_in()
        event_id, invitation_id = read_row(invitation, Kind.TEAM_INVITATION)
        async with info.context.pool.acquire() as connection:
            await operations.withdraw_invitation(
                connection,
                event_id=event_id,
                invitation_id=invitation_id,
                person_id=viewer.person_id,
                now=info.context.now,
            )
        return Done(message="The invitation is withdrawn. The link in the mail no longer works.")

    @strawberry.mutation(
        description="Makes somebody of the team an organizer or a door helper, for the event's organizers."
    )
    async def change_team_role(
        self, info: Info, event: EventArgument, person: PersonArgument, role: RoleArgument
    ) -> ChangeTeamRoleResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            member = await operations.change_role(
                connection,
                event_id=read_event(event),
                person_id=viewer.person_id,
                member_id=read_own(person, Kind.PERSON),
                role=role,
            )
        return TeamMember.from_model(member, info)

    @strawberry.mutation(
        description="Removes somebody from the team, for the event's organizers; anybody but the owner may leave by "
        "themselves. It works at once, also on what they are watching."
    )
    async def remove_from_team(self, info: Info, event: EventArgument, person: PersonArgument) -> RemoveFromTeamResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            await operations.remove(
                connection,
                event_id=read_event(event),
                person_id=viewer.person_id,
                member_id=read_own(person, Kind.PERSON),
                now=info.context.now,
            )
        return Done(message="They are no longer in the team. Nothing of the event is open to them any more.")

    @strawberry.mutation(description="Makes somebody of the team the owner, for the owner, who stays as an organizer.")
    async def hand_over_event(self, info: Info, event: EventArgument, person: PersonArgument) -> HandOverEventResult:
        viewer = info.context.signed_in()
        async with info.context.pool.acquire() as connection:
            team = await operations.hand_over(
                connection,
                event_id=read_event(event),
                person_id=viewer.person_id,
                member_id=read_own(person, Kind.PERSON),
                now=info.context.now,
            )
        return Team.from_model(team, info)
