"""Whose badge was scanned is told so on a phone that is not open, and nobody is named."""

from datetime import timedelta

import pytest

from server.db import Connection
from server.encounters.announcing.operations import scan_still_new
from server.live import Live
from server.notifications.models import Recipient
from server.notifications.posting.models import Cause
from server.notifications.queries import SELECT_TO_LAY_OUT, read_notice, select_recipients
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


async def still_new(connection: Connection, cause: Cause) -> bool:
    (row,) = await connection.fetch(SELECT_TO_LAY_OUT, 10)
    notice = read_notice(row)
    people = await select_recipients(
        connection, person_ids=[notice.person_id], now=notice.told_at, since=notice.told_at
    )
    recipient: Recipient = people[notice.person_id]
    return await cause(connection, notice, recipient, notice.told_at) is not None


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


async def test_nothing_is_told_to_an_open_app_or_to_who_scanned_back(
    front_door: FrontDoor, world: World, connection: Connection, ana: Attendee, ben: Attendee
) -> None:
    await scan(front_door, world, ana, ben)
    live = Live("")
    cause = scan_still_new(live.is_watched)
    assert await still_new(connection, cause)

    watching = live.watch(topic_of(ben.registration_id))
    await anext(watching)
    assert not await still_new(connection, cause)
    await watching.aclose()
    assert await still_new(connection, cause)

    await world.pool.execute("UPDATE swap_sides SET scanned_at = $1", world.clock())
    assert not await still_new(connection, cause)
