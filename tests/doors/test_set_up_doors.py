"""Organizers set up doors and the helpers who stand there."""

import pytest

from server.events.models import Event
from tests.doors.phone import DoorPhone
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.world import World

ADD = """
    mutation ($event: ID!, $name: String!, $key: ID!) { addDoor(event: $event, name: $name, key: $key) {
        __typename ... on Door { id name } ... on Problem { message } } }
"""
RENAME = "mutation ($door: ID!, $name: String!) { renameDoor(door: $door, name: $name) { __typename } }"
REMOVE = "mutation ($door: ID!) { removeDoor(door: $door) { __typename } }"
DOORS = (
    "query ($event: ID!) { doors(event: $event) { name checkIns } attendance(event: $event) { came doors { name } } }"
)
ADD_HELPER = """
    mutation ($event: ID!, $name: String!, $key: ID!) { addDoorHelper(event: $event, name: $name, key: $key) {
        __typename ... on DoorHelperAdded { pin helper { id name } } ... on Problem { message } } }
"""
REMOVE_HELPER = "mutation ($helper: ID!) { removeDoorHelper(helper: $helper) { __typename } }"
HELPERS = "query ($event: ID!) { doorHelpers(event: $event) { name } }"


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event()


@pytest.fixture
async def organizer(front_door: FrontDoor, world: World, event: Event) -> FrontDoor:
    return front_door.as_((await world.team(event)).token)


async def test_a_door_sent_twice_is_one_door(organizer: FrontDoor, world: World, event: Event) -> None:
    asked = {"event": id_of(event), "name": " Garden  gate ", "key": world.new_key()}

    answers = [(await organizer.ask(ADD, **asked))["addDoor"] for _ in range(2)]

    assert answers[0] == answers[1]
    assert answers[0]["name"] == "Garden gate"
    assert (await organizer.ask(ADD, **asked | {"name": "Other"}))["addDoor"]["__typename"] == "KeyReused"
    assert (await organizer.ask(ADD, **asked | {"key": world.new_key()}))["addDoor"]["__typename"] == "NameTaken"


async def test_a_removed_door_takes_no_scan_keeps_its_figures_and_frees_its_name(
    organizer: FrontDoor, front_door: FrontDoor, world: World, event: Event
) -> None:
    phone = await DoorPhone.at(front_door, world, event, "Garden")
    await world.door(event, "Main")
    ana, ben = await world.attendee(event), await world.attendee(event)
    told = await phone.scan(ana.ticket)
    world.clock.advance(minutes=1)

    await organizer.ask(REMOVE, door=phone.door)
    world.clock.advance(minutes=1)

    assert (await phone.scan(ben.ticket))["__typename"] == "NotFound"
    seen = await organizer.ask(DOORS, event=id_of(event))
    assert [door["name"] for door in seen["doors"]] == ["Main"]
    assert (seen["attendance"]["came"], seen["attendance"]["doors"]) == (1, [{"name": "Garden"}, {"name": "Main"}])
    again = await DoorPhone.at(front_door, world, event, "Third")
    assert (await again.scan(ana.ticket))["door"] == {"id": phone.door, "name": "Garden"}
    assert told["verdict"] == "ADMITTED"
    named = await organizer.ask(ADD, event=id_of(event), name="Garden", key=world.new_key())
    assert named["addDoor"]["__typename"] == "Door"


async def test_a_door_is_renamed_unless_another_has_that_name(organizer: FrontDoor, world: World, event: Event) -> None:
    door = await world.door(event, "Main")
    await world.door(event, "Garden")

    answers = [
        (await organizer.ask(RENAME, door=door, name=name))["renameDoor"]["__typename"]
        for name in ("Front", "Garden", " ")
    ]

    assert answers == ["Door", "NameTaken", "InputNotValid"]


async def test_a_helper_gets_six_digits_and_the_same_ones_when_it_is_sent_twice(
    organizer: FrontDoor, world: World, event: Event
) -> None:
    asked = {"event": id_of(event), "name": "Kim", "key": world.new_key()}

    first, second = [(await organizer.ask(ADD_HELPER, **asked))["addDoorHelper"] for _ in range(2)]

    assert first == second
    assert (len(first["pin"]), first["pin"].isdigit()) == (6, True)
    taken = (await organizer.ask(ADD_HELPER, **asked | {"key": world.new_key()}))["addDoorHelper"]
    assert taken["__typename"] == "NameTaken"
    kept = await world.pool.fetchval("SELECT string_agg(door_helpers::text, ' ') FROM door_helpers")
    assert first["pin"] not in kept
    await organizer.ask(REMOVE_HELPER, helper=first["helper"]["id"])
    assert (await organizer.ask(HELPERS, event=id_of(event)))["doorHelpers"] == []
