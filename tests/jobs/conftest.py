from datetime import timedelta

import pytest

from server.db import Pool
from tests.clock import Clock
from tests.jobs.work import EVENING, FAILED, evenings_broken, until, working
from tests.world import Attendee, World


@pytest.fixture
async def ana(world: World, clock: Clock) -> Attendee:
    """Somebody who promised something today, in the evening."""
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    await world.promise(ana, await world.swap(ana, ben))
    clock.now = EVENING
    return ana


@pytest.fixture
def two_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job is given up soon."""
    monkeypatch.setattr("server.worker.MOST_TRIES", 2)
    monkeypatch.setattr("server.worker.LOOK_EVERY", timedelta(seconds=0.2))


@pytest.fixture
async def failed(dsn: str, pool: Pool, clock: Clock, ana: Attendee, two_tries: None) -> int:
    """The number of a job that was given up; what made it fail is mended since."""
    async with evenings_broken(pool), working(dsn, pool, clock):
        await until(pool, FAILED, lambda number: number == 1)
    found: int = await pool.fetchval("SELECT id FROM pgqueuer")
    return found
