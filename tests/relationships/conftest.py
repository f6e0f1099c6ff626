"""Ana and Ben, who share with each other, and how they are asked."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from schema.ids import Kind, global_id
from server.agenda.reading_ahead import read_ahead
from server.events.models import Event
from server.relationships import operations
from tests.encounters.asking import People
from tests.front_door import FrontDoor
from tests.relationships.documents import LIST, NAMES
from tests.world import Attendee, World


@pytest.fixture(autouse=True, scope="session")
def prompts_are_read() -> None:
    """Before the first scan, as the server reads them when it starts."""
    read_ahead()


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event(title="Repair Summit")


@pytest.fixture
async def ana(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ana Duarte", up_to="starting a seed library")


@pytest.fixture
async def ben(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ben Okafor", up_to="turning a closed school into a tool library")


@pytest.fixture
def people(front_door: FrontDoor, world: World) -> People:
    return People(front_door, world)


@dataclass(frozen=True, slots=True)
class Keeping:
    """What somebody does with the people they keep up with."""

    people: People
    world: World

    async def share(self, one: Attendee, other: Attendee) -> UUID:
        """A swap at which both offer their mail address, with what begins by it. Its id."""
        swap_id = await self.world.swap(one, other)
        async with self.world.pool.acquire() as connection:
            await operations.begin(connection, event_id=one.event.id, swap_id=swap_id, now=self.world.clock())
        return swap_id

    async def all(self, who: Attendee, **narrowed: Any) -> list[dict[str, Any]]:
        """Whom somebody's list shows, whole."""
        return [each["node"] for each in (await self.people.ask(who, LIST, **narrowed))["edges"]]

    async def names(self, who: Attendee, **narrowed: Any) -> list[str]:
        """Whose names somebody's list shows."""
        return [each["node"]["card"]["name"] for each in (await self.people.ask(who, NAMES, **narrowed))["edges"]]

    async def one(self, who: Attendee) -> dict[str, Any]:
        [only] = await self.all(who)
        return only


@pytest.fixture
def keeping(people: People, world: World) -> Keeping:
    return Keeping(people, world)


def gid_of_swap(event: Event, swap_id: UUID) -> str:
    return global_id(Kind.SWAP, swap_id, event.id)
