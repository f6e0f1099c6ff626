import pytest
from starlette.applications import Starlette

from server.db import Pool
from server.events.models import Event
from server.printing.making import Printer
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.printing.documents import Desk, printer_of
from tests.world import Somebody, World


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event(uses_check_in=True)


@pytest.fixture
async def organizer(world: World, event: Event) -> Somebody:
    return await world.team(event)


@pytest.fixture
def printer(app: Starlette, pool: Pool, clock: Clock) -> Printer:
    return printer_of(app, pool, clock)


@pytest.fixture
def desk(front_door: FrontDoor, organizer: Somebody, event: Event, printer: Printer) -> Desk:
    return Desk(front_door, organizer, event, printer)
