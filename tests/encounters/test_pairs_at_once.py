"""A whole hall scans at once: every two people each other, at the same moment."""

import asyncio
import itertools
from typing import Any

import pytest

from tests.clock import Clock
from tests.encounters.documents import SWAP_BADGES, id_of, scan_of
from tests.front_door import FrontDoor
from tests.world import Attendee, World

PEOPLE = 21
#: Each pair's two scans are always sent together; so many pairs at a time keep within a request's deadline.
PAIRS_AT_ONCE = 8


@pytest.mark.timeout(180)
async def test_every_pair_of_a_hall_that_scans_each_other_at_once_ends_with_one_swap(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event()
    people = [await world.attendee(event) for _ in range(PEOPLE)]
    pairs = list(itertools.combinations(people, 2))

    async def scan(scanner: Attendee, scanned: Attendee) -> dict[str, Any]:
        sent = scan_of(scanned.badge.token, at=clock())
        answer = await front_door.as_(scanner.token).ask(SWAP_BADGES, event=id_of(event), scan=sent)
        swap: dict[str, Any] = answer["swapBadges"]
        return swap

    slots = asyncio.Semaphore(PAIRS_AT_ONCE)

    async def meet(one: Attendee, other: Attendee) -> tuple[dict[str, Any], dict[str, Any]]:
        async with slots:
            return await asyncio.gather(scan(one, other), scan(other, one))

    met = await asyncio.gather(*(meet(one, other) for one, other in pairs))

    for hers, his in met:
        assert hers["id"] == his["id"]
        assert hers["agenda"]["prompts"][0]["libraryKey"] != his["agenda"]["prompts"][0]["libraryKey"]
    assert len({hers["id"] for hers, _ in met}) == len(pairs)
    assert await world.pool.fetchval("SELECT count(*) FROM swaps") == len(pairs)
    assert await world.pool.fetchval("SELECT count(*) FROM conversations") == len(pairs)
    assert await world.pool.fetchval("SELECT count(*) FROM swap_sides WHERE scanned_at IS NOT NULL") == 2 * len(pairs)
    assert await world.pool.fetchval("SELECT count(*) FROM scans WHERE outcome = 'SWAPPED'") == 2 * len(pairs)
    agendas = await world.pool.fetch("SELECT count(*) AS n FROM agenda_prompts GROUP BY swap_id, registration_id")
    assert len(agendas) == 2 * len(pairs)
    assert all(5 <= agenda["n"] <= 7 for agenda in agendas)
