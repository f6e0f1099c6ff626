from datetime import UTC, date, datetime
from typing import Any

import pytest

from schema.ids import Kind, global_id
from server.db import Pool
from server.evening.making import make_evenings
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.world import Attendee, World

EVENING = datetime(2027, 4, 22, 18, 0, tzinfo=UTC)  # seven o'clock in Lisbon

DOCUMENT = """
    query ($event: ID!, $first: Int! = 3) { evening(event: $event, first: $first) {
        on readyAt complete
        followUps { id kind state reason draft dueOn swap { id card { name } event { slug } } other { id } } } }
"""


async def evening(front_door: FrontDoor, who: Attendee, **variables: Any) -> dict[str, Any]:
    event = global_id(Kind.EVENT, who.event.id)
    answer: dict[str, Any] = (await front_door.as_(who.token).ask(DOCUMENT, event=event, **variables))["evening"]
    return answer


async def test_before_its_hour_an_evening_only_says_when_it_comes(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    await world.promise(ana, await world.swap(ana, ben))
    clock.now = EVENING.replace(hour=17, minute=59)

    assert await evening(front_door, ana) == {
        "on": "2027-04-22", "readyAt": "2027-04-22T18:00:00Z", "complete": False, "followUps": [],
    }  # fmt: skip


async def test_an_evening_suggests_with_reason_draft_and_person(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event, "Ben Okafor")
    swap = await world.swap(ana, ben)
    await world.promise(ana, swap, "the article on soil sensors")
    clock.now = EVENING

    opened = await evening(front_door, ana)

    assert opened["complete"] is False
    (only,) = opened["followUps"]
    assert only["kind"] == "KEEP_PROMISE"
    assert only["state"] == "OPEN"
    assert only["dueOn"] == "2027-04-22"
    assert "the article on soil sensors" in only["reason"]
    assert "Ben" in only["draft"]
    assert only["swap"] == {
        "id": global_id(Kind.SWAP, swap, event.id), "card": {"name": "Ben Okafor"}, "event": {"slug": event.slug},
    }  # fmt: skip
    assert only["other"] is None


async def test_an_evening_with_nothing_to_do_is_complete(front_door: FrontDoor, world: World, clock: Clock) -> None:
    ana = await world.attendee(await world.event())
    clock.now = EVENING

    opened = await evening(front_door, ana)

    assert opened["complete"] is True
    assert opened["followUps"] == []


async def test_an_empty_evening_takes_in_what_comes_later_that_night(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    clock.now = EVENING
    assert (await evening(front_door, ana))["complete"] is True

    await world.promise(ana, await world.swap(ana, ben))
    clock.advance(minutes=5)
    opened = await evening(front_door, ana)

    assert len(opened["followUps"]) == 1
    assert opened["complete"] is False


async def test_three_are_shown_unless_fewer_are_asked_for(front_door: FrontDoor, world: World, clock: Clock) -> None:
    event = await world.event()
    ana = await world.attendee(event)
    for _ in range(6):
        await world.promise(ana, await world.swap(ana, await world.attendee(event)))
    clock.now = EVENING

    numbers = [
        len((await evening(front_door, ana, **first))["followUps"]) for first in ({}, {"first": 5}, {"first": 1})
    ]

    assert numbers == [3, 3, 1]


@pytest.mark.parametrize("first", [0, 6, -1])
async def test_an_evening_never_has_more_than_five(
    front_door: FrontDoor, world: World, clock: Clock, first: int
) -> None:
    ana = await world.attendee(await world.event())

    answer = await front_door.as_(ana.token).answer(DOCUMENT, event=global_id(Kind.EVENT, ana.event.id), first=first)

    assert answer["errors"][0]["message"] == "An evening has between one and five suggestions."


async def test_what_was_opened_stays_as_it_was_seen(
    front_door: FrontDoor, world: World, clock: Clock, pool: Pool
) -> None:
    event = await world.event()
    ana, ben, cem = [await world.attendee(event) for _ in range(3)]
    await world.promise(ana, await world.swap(ana, ben))
    clock.now = EVENING
    opened = await evening(front_door, ana)

    await world.promise(ana, await world.swap(ana, cem))
    clock.advance(minutes=5)
    async with pool.acquire() as connection:
        await make_evenings(connection, event=event, day=date(2027, 4, 22), now=clock())

    assert await evening(front_door, ana) == opened


async def test_what_synced_after_the_list_was_made_is_in_it_when_it_is_opened(
    front_door: FrontDoor, world: World, clock: Clock, pool: Pool
) -> None:
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    swap = await world.swap(ana, ben)
    async with pool.acquire() as connection:
        await make_evenings(connection, event=event, day=date(2027, 4, 22), now=EVENING)
    await world.promise(ana, swap)
    clock.now = EVENING.replace(hour=20)

    assert len((await evening(front_door, ana))["followUps"]) == 1


async def test_a_withdrawn_swap_takes_its_follow_ups_along(
    front_door: FrontDoor, world: World, clock: Clock, pool: Pool
) -> None:
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    swap = await world.swap(ana, ben)
    await world.promise(ana, swap)
    clock.now = EVENING
    assert len((await evening(front_door, ana))["followUps"]) == 1

    await pool.execute("UPDATE swaps SET withdrawn_at = $1 WHERE id = $2", clock(), swap)

    opened = await evening(front_door, ana)
    assert opened["followUps"] == []
    assert opened["complete"] is True


async def test_a_promise_kept_elsewhere_is_done_here_too(
    front_door: FrontDoor, world: World, clock: Clock, pool: Pool
) -> None:
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    promise = await world.promise(ana, await world.swap(ana, ben))
    clock.now = EVENING
    await evening(front_door, ana)

    await pool.execute("UPDATE promises SET kept_at = $1 WHERE id = $2", clock(), promise)

    opened = await evening(front_door, ana)
    assert [each["state"] for each in opened["followUps"]] == ["DONE"]
    assert opened["complete"] is True


async def test_lists_made_early_by_hand_are_shown_and_still_filled_up(
    front_door: FrontDoor, world: World, clock: Clock, pool: Pool
) -> None:
    event = await world.event()
    ana, ben, cem = [await world.attendee(event) for _ in range(3)]
    await world.promise(ana, await world.swap(ana, ben))
    async with pool.acquire() as connection:
        await make_evenings(connection, event=event, day=date(2027, 4, 22), now=EVENING)
    early = await evening(front_door, ana)

    await world.promise(ana, await world.swap(ana, cem))
    clock.now = EVENING
    opened = await evening(front_door, ana)

    assert len(early["followUps"]) == 1
    assert early["followUps"][0] in opened["followUps"]
    assert len(opened["followUps"]) == 2


async def test_after_the_last_day_its_evening_stays_to_be_read(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    await world.promise(ana, await world.swap(ana, ben))
    clock.now = EVENING.replace(day=25, hour=9)

    opened = await evening(front_door, ana)

    assert opened["on"] == "2027-04-22"
    assert len(opened["followUps"]) == 1


async def test_somebody_without_a_place_has_no_evening_there(front_door: FrontDoor, world: World) -> None:
    event = await world.event()
    stranger = await world.person()

    asked = front_door.as_(stranger.token).refusal(DOCUMENT, event=global_id(Kind.EVENT, event.id))

    assert await asked == "NOT_FOUND"
