import pytest

from tests.clock import Clock
from tests.jobs.work import EVENING
from tests.world import Attendee, World


@pytest.fixture
async def ana(world: World, clock: Clock) -> Attendee:
    """Somebody who promised something today, in the evening."""
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    await world.promise(ana, await world.swap(ana, ben))
    clock.now = EVENING
    return ana
