"""A limit of places holds for walk-ins, however many desks register at once."""

import asyncio
from typing import Any

from server.events.models import Event, Role
from tests.desk.documents import REGISTER, id_of
from tests.front_door import FrontDoor
from tests.world import Somebody, World


async def register_at(
    front_door: FrontDoor, helper: Somebody, event: Event, name: str, key: str, *, let_in: bool = False
) -> dict[str, Any]:
    said = {"event": id_of(event), "name": name, "key": key, "letIn": let_in}
    answer = await front_door.as_(helper.token).ask(REGISTER, **said)
    found: dict[str, Any] = answer["registerWalkIn"]
    return found


async def test_the_last_place_goes_to_one_of_many_at_once(front_door: FrontDoor, world: World) -> None:
    event = await world.event(capacity=3)
    await world.registration(event)
    await world.registration(event, cancelled_at=world.clock())
    helper = await world.team(event, Role.DOOR_HELPER)

    told = await asyncio.gather(
        *(register_at(front_door, helper, event, f"Walk-in {number}", world.new_key()) for number in range(6))
    )

    assert sorted(each["__typename"] for each in told) == ["EventFull"] * 4 + ["WalkIn"] * 2
    taken = "SELECT count(*) FROM registrations WHERE cancelled_at IS NULL"
    assert await world.pool.fetchval(taken) == 3


async def test_a_walk_in_sent_again_keeps_the_place_they_have(front_door: FrontDoor, world: World) -> None:
    event = await world.event(capacity=1)
    helper, key = await world.team(event, Role.DOOR_HELPER), world.new_key()

    first, again = [await register_at(front_door, helper, event, "Zoë Brandt", key) for _ in range(2)]

    assert first["registration"] == again["registration"]


async def test_whom_a_door_let_in_without_a_network_has_a_place_though_every_one_is_taken(
    front_door: FrontDoor, world: World
) -> None:
    event = await world.event(capacity=1)
    await world.registration(event)
    helper, key = await world.team(event, Role.DOOR_HELPER), world.new_key()

    asked = await register_at(front_door, helper, event, "Zoë Brandt", key)
    let_in = await register_at(front_door, helper, event, "Zoë Brandt", key, let_in=True)
    again = await register_at(front_door, helper, event, "Zoë Brandt", key, let_in=True)

    assert (asked["__typename"], let_in["__typename"]) == ("EventFull", "WalkIn")
    assert again["registration"] == let_in["registration"]
