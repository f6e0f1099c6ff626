"""Whose badge was scanned is told so on a phone that is not open, and nobody is named."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from server.live import Live
from server.swaps.operations import topic_of
from tests.encounters.documents import SWAP_BADGES, WITHDRAW, id_of, scan_of
from tests.front_door import FrontDoor
from tests.notifications.leaving import would_leave
from tests.world import Attendee, World

TOLD = "SELECT person_id, path FROM notices WHERE kind = 'SWAP'"


@pytest.fixture
async def ana(world: World) -> Attendee:
    return await world.attendee(await world.event(), "Ana Duarte")


@pytest.fixture
async def ben(world: World, ana: Attendee) -> Attendee:
    return await world.attendee(ana.event, "Ben Okafor")


async def scan(front_door: FrontDoor, world: World, who: Attendee, whom: Attendee, minutes_ago: int = 0) -> str:
    at = world.clock() - timedelta(minutes=minutes_ago)
    told = scan_of(whom.badge.token, at=at) | {"sentAt": world.clock().isoformat()}
    answer = await front_door.as_(who.token).ask(SWAP_BADGES, event=id_of(who.event), scan=told)
    swap: str = answer["swapBadges"]["id"]
    return swap


async def test_whose_badge_was_scanned_is_told_once(
    front_door: FrontDoor, world: World, ana: Attendee, ben: Attendee
) -> None:
    for _ in range(2):
        await scan(front_door, world, ana, ben)

    assert [row["person_id"] for row in await world.pool.fetch(TOLD)] == [ben.person.id]


async def test_a_scan_from_long_ago_is_told_by_the_app_alone(
    front_door: FrontDoor, world: World, ana: Attendee, ben: Attendee
) -> None:
    await scan(front_door, world, ana, ben, minutes_ago=20)

    assert await world.pool.fetch(TOLD) == []


async def test_past_the_caps_the_swap_is_made_and_nobody_is_told(
    front_door: FrontDoor, world: World, ana: Attendee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.encounters.keeping.ONE_SIDED_UNANSWERED", 2)
    for _ in range(4):
        await scan(front_door, world, ana, await world.attendee(ana.event))

    assert len(await world.pool.fetch(TOLD)) == 2


async def test_a_swap_that_was_withdrawn_is_not_told_any_more(
    front_door: FrontDoor, world: World, ana: Attendee, ben: Attendee
) -> None:
    swap = await scan(front_door, world, ana, ben)
    assert await would_leave(world.pool, now=world.clock()) == [(ben.person.id, "SWAP")]
    await front_door.as_(ana.token).ask(WITHDRAW, swap=swap)

    assert await would_leave(world.pool, now=world.clock()) == []


async def test_nothing_is_told_to_who_scanned_back(
    front_door: FrontDoor, world: World, ana: Attendee, ben: Attendee
) -> None:
    await scan(front_door, world, ana, ben)
    await world.pool.execute("UPDATE swap_sides SET scanned_at = $1", world.clock())

    assert await would_leave(world.pool, now=world.clock()) == []


async def test_nothing_is_told_to_an_app_that_is_open_in_whichever_process(
    front_door: FrontDoor, world: World, dsn: str, ana: Attendee, ben: Attendee
) -> None:
    await scan(front_door, world, ana, ben)
    told = [(ben.person.id, "SWAP")]
    async with Live(dsn) as live, Live(dsn) as another:
        first, second = (each.watch(topic_of(ben.registration_id)) for each in (live, another))
        await anext(first)
        await becomes_told(world, [])
        await anext(second)
        await first.aclose()
        await becomes_told(world, [])
        await second.aclose()
        await becomes_told(world, told)
        watching = live.watch(topic_of(ben.registration_id))
        await anext(watching)
        await becomes_told(world, [])
    await becomes_told(world, told)  # who ended took its note along


async def test_what_a_killed_process_had_noted_counts_no_more(
    front_door: FrontDoor, world: World, dsn: str, ana: Attendee, ben: Attendee
) -> None:
    await scan(front_door, world, ana, ben)
    async with Live(dsn) as live:
        watching = live.watch(topic_of(ben.registration_id))
        await anext(watching)
        await becomes_told(world, [])
        await world.pool.execute("UPDATE listeners SET lives_until = now() - interval '1 second'")

        assert await would_leave(world.pool, now=world.clock()) == [(ben.person.id, "SWAP")]


async def test_a_lost_connection_is_made_up_for(
    front_door: FrontDoor, world: World, dsn: str, ana: Attendee, ben: Attendee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.live.RECONNECT_SECONDS", 0.01)
    await scan(front_door, world, ana, ben)
    async with Live(dsn) as live:
        watching = live.watch(topic_of(ben.registration_id))
        await anext(watching)
        await becomes_told(world, [])
        await world.pool.execute("DELETE FROM listeners")
        await world.pool.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'handsel live'"
        )

        await becomes_told(world, [])


async def becomes_told(world: World, expected: list[tuple[UUID, str]]) -> None:
    """Wait until the notices that would leave are these."""
    async with asyncio.timeout(30):
        while await would_leave(world.pool, now=world.clock()) != expected:  # noqa: ASYNC110 - a row changes without an event
            await asyncio.sleep(0.02)
