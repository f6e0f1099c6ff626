"""Two contacts of whom the one needs what the other offers stand on the evening list, while both are open to it."""

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
OPEN = """
    query ($event: ID!) { evening(event: $event) {
        followUps { kind reason draft swap { card { name } } other { card { name } } } } }
"""


class Circle:
    """Ana shares contacts with Ben, who looks for what Mei offers. Both are open to introductions."""

    def __init__(self, door: FrontDoor, pool: Pool, ana: Attendee) -> None:
        self.door, self.pool, self.ana = door.as_(ana.token), pool, ana

    async def introductions(self) -> list[dict[str, Any]]:
        answer = await self.door.ask(OPEN, event=global_id(Kind.EVENT, self.ana.event.id))
        return [each for each in answer["evening"]["followUps"] if each["kind"] == "INTRODUCE"]


@pytest.fixture
async def circle(front_door: FrontDoor, world: World, clock: Clock, pool: Pool) -> Circle:
    event = await world.event()
    ana = await world.attendee(event, "Ana Duarte")
    ben = await world.attendee(event, "Ben Okafor", seeking="help with beekeeping", open_to_introductions=True)
    mei = await world.attendee(event, "Mei Tanaka", offering="twenty years of beekeeping", open_to_introductions=True)
    for other in (ben, mei):
        swap = await world.swap(ana, other)
        async with pool.acquire() as connection:
            await begin(connection, event_id=event.id, swap_id=swap, now=clock())
    clock.now = EVENING
    return Circle(front_door, pool, ana)


async def test_an_introduction_names_both_with_its_reason_and_words(circle: Circle) -> None:
    (only,) = await circle.introductions()

    assert {only["swap"]["card"]["name"], only["other"]["card"]["name"]} == {"Ben Okafor", "Mei Tanaka"}
    assert only["reason"].endswith("“help with beekeeping”")
    assert "Ben" in only["draft"]
    assert "Mei" in only["draft"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE cards SET open_to_introductions = false WHERE name = 'Mei Tanaka'",
        "UPDATE cards SET open_to_introductions = false WHERE name = 'Ben Okafor'",
        "UPDATE cards SET offering = 'welding' WHERE name = 'Mei Tanaka'",
        "UPDATE cards SET seeking = 'help with welding' WHERE name = 'Ben Okafor'",
        "UPDATE swaps SET withdrawn_at = now() WHERE id = (SELECT id FROM swaps ORDER BY id LIMIT 1)",
        "UPDATE swaps SET withdrawn_at = now() WHERE id = (SELECT id FROM swaps ORDER BY id DESC LIMIT 1)",
        "UPDATE people SET quiet_since = now() WHERE name = 'Mei Tanaka'",
    ],
)
async def test_an_introduction_that_one_of_the_two_no_longer_allows_is_gone(circle: Circle, change: str) -> None:
    assert len(await circle.introductions()) == 1

    await circle.pool.execute(change)

    assert await circle.introductions() == []
