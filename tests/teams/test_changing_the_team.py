"""Another role, leaving, being removed at once, and handing an event over."""

import asyncio

import pytest
from starlette.applications import Starlette

from server import frames, live
from server.events.models import Event, Role
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.live_socket import live_socket
from tests.mailbox import Mailbox
from tests.teams.steps import CHANGE, HAND_OVER, REMOVE, TEAM, invite_to_team, member, roles
from tests.world import Somebody, World

WATCH = "subscription ($event: ID!) { attendanceChanged(event: $event) { came } }"
WATCH_ROOMS = "subscription ($event: ID!) { roomChanged(event: $event) { came } }"
DOORS = "query ($event: ID!) { doors(event: $event) { id } }"
FIND = 'query ($event: ID!) { findRegistrations(event: $event, search: "an") { name } }'


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event()


@pytest.fixture
async def owner(world: World, event: Event) -> Somebody:
    return await world.team(event, Role.OWNER)


async def test_a_removed_helper_is_refused_at_their_next_call(
    front_door: FrontDoor, world: World, event: Event, owner: Somebody
) -> None:
    helper = await world.team(event, Role.DOOR_HELPER)
    theirs = front_door.as_(helper.token)
    await theirs.ask(DOORS, event=id_of(event))

    await front_door.as_(owner.token).ask(REMOVE, event=id_of(event), person=member(helper))

    assert await theirs.refusal(DOORS, event=id_of(event)) == "NOT_FOUND"
    assert await theirs.refusal(FIND, event=id_of(event)) == "NOT_FOUND"
    assert await roles(front_door, helper) == []


@pytest.mark.parametrize("document", [REMOVE, CHANGE])
async def test_what_a_removed_or_lowered_organizer_watches_ends_at_once(
    app: Starlette,
    front_door: FrontDoor,
    world: World,
    event: Event,
    owner: Somebody,
    monkeypatch: pytest.MonkeyPatch,
    document: str,
) -> None:
    """Nothing else moves, and nobody looks again by themselves: it is the removal that ends it."""
    monkeypatch.setattr(frames, "LOOK_AGAIN_SECONDS", 3600)
    monkeypatch.setattr(live, "POLL_SECONDS", 3600)
    organizer = await world.team(event)
    async with live_socket(app, organizer.token) as socket:
        await socket.subscribe(WATCH, event=id_of(event))
        assert await socket.frame() == {"came": 0}

        more = {"role": "DOOR_HELPER"} if document is CHANGE else {}
        await front_door.as_(owner.token).ask(document, event=id_of(event), person=member(organizer), **more)

        assert (await socket.message())["type"] == "complete"


async def test_a_helper_who_is_removed_sees_no_more_of_the_rooms(
    app: Starlette,
    front_door: FrontDoor,
    world: World,
    event: Event,
    owner: Somebody,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(frames, "LOOK_AGAIN_SECONDS", 3600)
    monkeypatch.setattr(live, "POLL_SECONDS", 3600)
    helper = await world.team(event, Role.DOOR_HELPER)
    async with live_socket(app, helper.token) as socket:
        await socket.subscribe(WATCH_ROOMS, event=id_of(event))
        assert (await socket.message())["payload"]["data"] == {"roomChanged": []}

        await front_door.as_(owner.token).ask(REMOVE, event=id_of(event), person=member(helper))

        assert (await socket.message())["type"] == "complete"


async def test_an_invitation_that_waits_goes_with_its_person(
    front_door: FrontDoor, world: World, event: Event, owner: Somebody, mailbox: Mailbox
) -> None:
    """Somebody removed does not come back by an older mail."""
    helper = await world.person(email="helper@example.org")
    await invite_to_team(front_door, world, owner, event, helper.email)
    await world.role(helper, event, Role.DOOR_HELPER)

    await front_door.as_(owner.token).ask(REMOVE, event=id_of(event), person=member(helper))

    assert (await front_door.as_(owner.token).ask(TEAM, event=id_of(event)))["team"]["waiting"] == []


async def test_the_owner_is_neither_removed_nor_lowered_also_not_by_themselves(
    front_door: FrontDoor, world: World, event: Event, owner: Somebody
) -> None:
    organizer = await world.team(event)

    for who in (owner, organizer):
        door = front_door.as_(who.token)
        removed = await door.ask(REMOVE, event=id_of(event), person=member(owner))
        lowered = await door.ask(CHANGE, event=id_of(event), person=member(owner), role="ORGANIZER")
        assert removed["removeFromTeam"]["__typename"] == "OwnerStays"
        assert lowered["changeTeamRole"]["__typename"] == "OwnerStays"

    assert await roles(front_door, owner) == ["OWNER"]


async def test_an_organizer_does_not_make_themselves_owner(
    front_door: FrontDoor, world: World, event: Event, owner: Somebody
) -> None:
    organizer = await world.team(event)
    door = front_door.as_(organizer.token)

    raised = await door.ask(CHANGE, event=id_of(event), person=member(organizer), role="OWNER")

    assert raised["changeTeamRole"]["__typename"] == "InputNotValid"
    assert await door.refusal(HAND_OVER, event=id_of(event), person=member(organizer)) == "FORBIDDEN"
    assert await roles(front_door, organizer) == ["ORGANIZER"]


async def test_the_owner_hands_over_and_stays_as_an_organizer(
    front_door: FrontDoor, world: World, event: Event, owner: Somebody
) -> None:
    first, second = await world.team(event), await world.team(event, Role.DOOR_HELPER)
    door = front_door.as_(owner.token)

    answers = await asyncio.gather(
        *(door.answer(HAND_OVER, event=id_of(event), person=member(each)) for each in (first, second))
    )

    assert sum(not answer.get("errors") for answer in answers) == 1
    held = [(await roles(front_door, each))[0] for each in (owner, first, second)]
    assert held[0] == "ORGANIZER"
    assert held.count("OWNER") == 1


async def test_a_helper_may_leave_and_nobody_else_of_them_be_removed_by_one(
    front_door: FrontDoor, world: World, event: Event, owner: Somebody
) -> None:
    helper, other = await world.team(event, Role.DOOR_HELPER), await world.team(event, Role.DOOR_HELPER)
    door = front_door.as_(helper.token)

    assert await door.refusal(REMOVE, event=id_of(event), person=member(other)) == "FORBIDDEN"
    await door.ask(REMOVE, event=id_of(event), person=member(helper))

    assert await roles(front_door, helper) == []
    assert await roles(front_door, other) == ["DOOR_HELPER"]


async def test_somebody_of_no_team_is_not_found_in_it(
    front_door: FrontDoor, world: World, event: Event, owner: Somebody
) -> None:
    stranger = await world.person()

    removed = await front_door.as_(owner.token).ask(REMOVE, event=id_of(event), person=member(stranger))

    assert removed["removeFromTeam"]["__typename"] == "NotFound"
