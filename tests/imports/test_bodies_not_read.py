"""Who may send nothing is refused before a byte of what they send is read."""

from collections.abc import AsyncIterator

import httpx

from server.events.models import Role
from server.imports.uploads import operations
from tests.front_door import FrontDoor
from tests.imports.screen import Screen
from tests.imports.test_incoming import made
from tests.world import World


class Read:
    """A body of twenty pieces that counts those which were read."""

    def __init__(self) -> None:
        self.pieces = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for _ in range(20):
            self.pieces += 1
            yield b"Name\nAna\n"


async def sent(front_door: FrontDoor, path: str, token: str) -> tuple[int, int]:
    """The status, and how many pieces of the body were read."""
    body = Read()
    headers = {"authorization": f"Bearer {token}"}
    answer: httpx.Response = await front_door.client.post(path, content=body, headers=headers)
    return answer.status_code, body.pieces


async def test_a_list_of_nobody_who_may_send_one_is_not_read(
    screen: Screen, world: World, front_door: FrontDoor
) -> None:
    helper = await world.team(screen.event, Role.DOOR_HELPER)
    attendee = (await world.attendee(screen.event)).person
    stranger = await world.person()
    path = f"/events/{screen.event.slug}/imports/{world.new_key()}"

    told = [await sent(front_door, path, each.token) for each in (helper, attendee, stranger)]

    assert told == [(403, 0), (403, 0), (404, 0)]
    assert await sent(front_door, f"/events/unknown/imports/{world.new_key()}", screen.somebody.token) == (404, 0)
    assert await sent(front_door, path, screen.somebody.token) == (202, 20)


async def test_one_list_too_many_is_not_read(screen: Screen, world: World, front_door: FrontDoor) -> None:
    many = int(operations.UPLOADS_PER_PERSON.partition("/")[0])

    told = [
        await sent(front_door, f"/events/{screen.event.slug}/imports/{world.new_key()}", screen.somebody.token)
        for _ in range(many + 1)
    ]

    assert told[-2:] == [(202, 20), (429, 0)]


async def test_attendees_of_a_program_without_a_token_are_not_read(screen: Screen, front_door: FrontDoor) -> None:
    path = f"/api/events/{screen.event.slug}/attendees"

    assert await sent(front_door, path, "hsi_wrong") == (401, 0)
    assert await sent(front_door, path, (await made(screen))["secret"]) == (400, 20)
