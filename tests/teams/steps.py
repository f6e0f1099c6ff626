"""What the tests of teams ask, and how somebody is invited."""

from typing import Any

from schema.ids import Kind, global_id
from server.events.models import Event
from server.ids import new_id
from server.teams.models import INVITATION_LASTS
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.world import Somebody, World

INVITE = """
    mutation ($event: ID!, $email: String!, $role: Role!, $key: ID!) {
        inviteToTeam(event: $event, email: $email, role: $role, key: $key) {
            __typename ... on TeamInvitation { id email role sentAt expiresAt } ... on Problem { message } } }
"""
TEAM = """
    query ($event: ID!) { team(event: $event) {
        members { person name email role isMe } waiting { id email role sentAt refusedAt } } }
"""
WITHDRAW = "mutation ($invitation: ID!) { withdrawTeamInvitation(invitation: $invitation) { __typename } }"
CHANGE = """
    mutation ($event: ID!, $person: ID!, $role: Role!) {
        changeTeamRole(event: $event, person: $person, role: $role) { __typename } }
"""
REMOVE = """
    mutation ($event: ID!, $person: ID!) { removeFromTeam(event: $event, person: $person) { __typename } }
"""
HAND_OVER = """
    mutation ($event: ID!, $person: ID!) { handOverEvent(event: $event, person: $person) { __typename } }
"""


def member(somebody: Somebody) -> str:
    """How the team's changes name somebody."""
    return global_id(Kind.PERSON, somebody.id)


async def invite(
    door: FrontDoor, world: World, event: Event, email: str, *, role: str = "DOOR_HELPER", key: str | None = None
) -> dict[str, Any]:
    answer = await door.ask(INVITE, event=id_of(event), email=email, role=role, key=key or world.new_key())
    found: dict[str, Any] = answer["inviteToTeam"]
    return found


async def invite_to_team(
    front_door: FrontDoor, world: World, organizer: Somebody, event: Event, email: str = "invited@example.org"
) -> str:
    """The id of an invitation that waits."""
    made = await invite(front_door.as_(organizer.token), world, event, email)
    waiting: str = made["id"]
    return waiting


async def roles(front_door: FrontDoor, somebody: Somebody) -> list[str]:
    """What somebody holds, wherever."""
    me = (await front_door.as_(somebody.token).ask("{ me { roles { role } } }"))["me"]
    return [each["role"] for each in me["roles"]]


async def waiting_invitation(world: World, event: Event) -> str:
    """The id of an invitation that was mailed and waits, written straight into the tables."""
    invitation_id = new_id()
    await world.pool.execute(
        "INSERT INTO team_invitations (event_id, id, key, email, email_key, role, locale, code_hash, created_at,"
        " expires_at, sent_at) VALUES ($1, $2, $2, $3, $3, 'DOOR_HELPER', 'en', $4, $5, $6, $5)",
        event.id, invitation_id, "invited@example.org", b"", world.clock(), world.clock() + INVITATION_LASTS,
    )  # fmt: skip
    return global_id(Kind.TEAM_INVITATION, invitation_id, event.id)
