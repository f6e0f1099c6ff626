"""Two who share, for every test of 1-2-1s."""

import pytest

from tests.front_door import FrontDoor
from tests.meetings.pair import Couple
from tests.world import World


@pytest.fixture
async def couple(front_door: FrontDoor, world: World) -> Couple:
    return await Couple.meet(front_door, world)
