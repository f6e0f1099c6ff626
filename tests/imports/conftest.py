"""A desk at an event of its own."""

import pytest

from server.db import Pool
from tests.clock import Clock
from tests.imports.desk import Desk
from tests.world import World


@pytest.fixture
async def desk(world: World, pool: Pool, clock: Clock) -> Desk:
    return Desk(world, pool, await world.event(), clock)
