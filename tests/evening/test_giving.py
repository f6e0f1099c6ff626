"""What was given from an evening is remembered as a gift, opens asks, and is taken back with the tap that gave it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from schema.ids import Kind, global_id
from server.db import Pool
from server.relationships.operations import begin
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.world import Attendee, World

EVENING = datetime(2027, 4, 22, 18, 0, tzinfo=UTC)  # seven o'clock in Lisbon
OPEN = "query ($event: ID!) { evening(event: $event) { askWaits { card { name } } followUps { id kind } } }"


class Exchange:
    """Ana offers what Mei looks for, and Mei offers what Ana looks for; Ana also promised her something."""

    def __init__(self, door: FrontDoor, pool: Pool, ana: Attendee) -> None:
        self.door, self.pool, self.ana = door.as_(ana.token), pool, ana

    async def open(self) -> dict[str, Any]:
        asked = await self.door.ask(OPEN, event=global_id(Kind.EVENT, self.ana.event.id))
        evening: dict[str, Any] = asked["evening"]
        return evening

    async def tap(self, mutation: str, kind: str) -> None:
        (follow_up,) = [each["id"] for each in (await self.open())["followUps"] if each["kind"] == kind]
        document = f"mutation ($id: ID!) {{ {mutation}(followUp: $id) {{ __typename ... on FollowUp {{ id }} }} }}"
        answer = await self.door.ask(document, id=follow_up)
        assert answer[mutation]["__typename"] == "FollowUp"

    async def gifts(self) -> list[tuple[str, str, str]]:
        rows = await self.pool.fetch("SELECT direction, kind, text FROM gifts ORDER BY kind")
        return [(row["direction"], row["kind"], row["text"]) for row in rows]


@pytest.fixture
async def exchange(front_door: FrontDoor, world: World, clock: Clock, pool: Pool) -> Exchange:
    event = await world.event()
    ana = await world.attendee(event, "Ana Duarte", offering="beekeeping, since I was ten", seeking="help with welding")
    mei = await world.attendee(
        event, "Mei Tanaka", seeking="somebody who knows beekeeping", offering="welding", new_here=True
    )
    swap = await world.swap(ana, mei)
    await world.promise(ana, swap, "the address of the net mender")
    async with pool.acquire() as connection:
        await begin(connection, event_id=event.id, swap_id=swap, now=clock())
    clock.now = EVENING
    return Exchange(front_door, pool, ana)


async def test_what_was_shared_is_a_gift_and_the_two_were_in_touch(exchange: Exchange) -> None:
    await exchange.tap("doFollowUp", "SHARE")

    assert await exchange.gifts() == [("GAVE", "INFORMATION", "beekeeping, since I was ten")]
    touched = await exchange.pool.fetchval(
        "SELECT last_touch_at FROM relationships WHERE person_id = $1", exchange.ana.person.id
    )
    assert touched == EVENING


async def test_a_word_and_a_kept_promise_are_gifts(exchange: Exchange) -> None:
    await exchange.tap("doFollowUp", "SPEAK_UP")
    await exchange.tap("doFollowUp", "KEEP_PROMISE")

    assert await exchange.gifts() == [
        ("GAVE", "ENCOURAGEMENT", "A word for their work"),
        ("GAVE", "PROMISE", "the address of the net mender"),
    ]


@pytest.mark.parametrize("mutation", ["reopenFollowUp", "dismissFollowUp"])
@pytest.mark.parametrize("kind", ["SHARE", "SPEAK_UP", "KEEP_PROMISE"])
async def test_what_was_not_given_after_all_is_no_gift(exchange: Exchange, mutation: str, kind: str) -> None:
    await exchange.tap("doFollowUp", kind)
    await exchange.tap("doFollowUp", kind)
    assert len(await exchange.gifts()) == 1

    await exchange.tap(mutation, kind)

    assert await exchange.gifts() == []


async def test_somebody_waits_to_be_asked_until_something_was_given(exchange: Exchange) -> None:
    assert (await exchange.open())["askWaits"] == {"card": {"name": "Mei Tanaka"}}

    await exchange.tap("doFollowUp", "SHARE")

    assert (await exchange.open())["askWaits"] is None


async def test_nobody_waits_to_be_asked_whose_swap_was_withdrawn(exchange: Exchange) -> None:
    await exchange.open()

    await exchange.pool.execute("UPDATE swaps SET withdrawn_at = $1", EVENING)

    assert (await exchange.open())["askWaits"] is None
