"""Ana and Ben at one event."""

import pytest

from server.events.models import Event
from tests.encounters.asking import People
from tests.front_door import FrontDoor
from tests.world import Attendee, World


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event(title="Repair Summit")


@pytest.fixture
async def ana(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ana Duarte", up_to="starting a seed library", seeking="a dry cellar")


@pytest.fixture
async def ben(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ben Okafor", up_to="turning a closed school into a tool library")


@pytest.fixture
def people(front_door: FrontDoor, world: World) -> People:
    return People(front_door, world)
