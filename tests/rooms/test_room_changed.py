"""The programme as its counts move, over a real WebSocket."""

from typing import Any

import pytest
from starlette.applications import Starlette

from schema.ids import Kind, global_id
from server.events.models import Role
from tests.front_door import FrontDoor
from tests.live_socket import LiveSocket, live_socket
from tests.rooms.phone import RoomPhone
from tests.world import World

CHANGED = "subscription ($event: ID!) { roomChanged(event: $event) { title came hereNow } }"


async def sessions(socket: LiveSocket) -> list[dict[str, Any]]:
    message = await socket.message()
    assert message["type"] == "next", message
    found: list[dict[str, Any]] = message["payload"]["data"]["roomChanged"]
    return found


async def test_a_count_is_seen_elsewhere_and_the_watching_ends_with_the_role(
    app: Starlette, front_door: FrontDoor, world: World
) -> None:
    phone = await RoomPhone.at(front_door, world, await world.event())
    helper = await world.team(phone.event, Role.DOOR_HELPER)
    async with live_socket(app, helper.token) as socket:
        await socket.subscribe(CHANGED, event=phone.event_gid)
        assert [each["came"] for each in await sessions(socket)] == [0]

        await phone.scan((await world.attendee(phone.event)).badge.token)
        assert [each["came"] for each in await sessions(socket)] == [1]

        await world.pool.execute("DELETE FROM event_roles WHERE person_id = $1", helper.id)
        await phone.scan((await world.attendee(phone.event)).badge.token)
        assert (await socket.message())["type"] == "complete"


@pytest.mark.parametrize("who", ["attendee", "stranger"])
async def test_nobody_else_watches(app: Starlette, world: World, who: str) -> None:
    event = await world.event()
    token = (await world.attendee(event)).token if who == "attendee" else (await world.person()).token

    async with live_socket(app, token) as socket:
        await socket.subscribe(CHANGED, event=global_id(Kind.EVENT, event.id))
        assert await socket.refusal() == ("FORBIDDEN" if who == "attendee" else "NOT_FOUND")
