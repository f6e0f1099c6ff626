"""A desk at an event of its own, and an organizer of it at the Import screen."""

import pytest
from starlette.applications import Starlette

from server.db import Pool
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.imports.desk import Desk
from tests.imports.screen import Screen, lists_of
from tests.world import World


@pytest.fixture
async def desk(world: World, pool: Pool, clock: Clock) -> Desk:
    return Desk(world, pool, await world.event(), clock)


@pytest.fixture
async def screen(app: Starlette, front_door: FrontDoor, desk: Desk, world: World, pool: Pool, clock: Clock) -> Screen:
    """On the same event as the desk."""
    return Screen(front_door, await world.team(desk.event), desk.event, lists_of(app, pool, clock), pool, clock)
