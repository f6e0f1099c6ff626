"""Three people of whom one knows the other two."""

import pytest

from tests.front_door import FrontDoor
from tests.introductions.three import Three
from tests.world import World


@pytest.fixture
async def three(front_door: FrontDoor, world: World) -> Three:
    made = Three(front_door, world)
    await made.build()
    return made
