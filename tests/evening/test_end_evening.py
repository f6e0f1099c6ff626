"""That's all for tonight: an evening is as long as its person wants it, and ends when they say so."""

from datetime import UTC, datetime
from typing import Any

import pytest

from schema.ids import Kind, global_id
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.world import Attendee, World

EVENING = datetime(2027, 4, 22, 18, 0, tzinfo=UTC)  # seven o'clock in Lisbon

FIELDS = "on complete endedAt limit followUps { state } "
OPEN = f"query ($event: ID!) {{ evening(event: $event, first: 5) {{ {FIELDS} askWaits {{ card {{ name }} }} }} }}"
RESULT = f"__typename ... on Evening {{ {FIELDS} }} ... on InputNotValid {{ field message }}"
END = f"mutation ($event: ID!) {{ result: endEvening(event: $event) {{ {RESULT} }} }}"
REOPEN = f"mutation ($event: ID!) {{ result: reopenEvening(event: $event) {{ {RESULT} }} }}"
LIMIT = (
    "mutation ($limit: Int!) { result: setEveningLimit(limit: $limit) { __typename"
    " ... on Person { eveningLimit } ... on InputNotValid { field message } } }"
)


class Night:
    """Ana promised five people something each."""

    def __init__(self, door: FrontDoor, ana: Attendee) -> None:
        self.door, self.ana = door.as_(ana.token), ana
        self.event = global_id(Kind.EVENT, ana.event.id)

    async def open(self) -> dict[str, Any]:
        evening: dict[str, Any] = (await self.door.ask(OPEN, event=self.event))["evening"]
        return evening

    async def say(self, document: str) -> dict[str, Any]:
        result: dict[str, Any] = (await self.door.ask(document, event=self.event))["result"]
        return result

    async def limit(self, limit: int) -> dict[str, Any]:
        result: dict[str, Any] = (await self.door.ask(LIMIT, limit=limit))["result"]
        return result


@pytest.fixture
async def night(front_door: FrontDoor, world: World, clock: Clock) -> Night:
    event = await world.event()
    ana = await world.attendee(event)
    for _ in range(5):
        await world.promise(ana, await world.swap(ana, await world.attendee(event)))
    clock.now = EVENING
    return Night(front_door, ana)


async def test_an_ended_evening_is_complete_and_what_was_open_stays_open(night: Night, clock: Clock) -> None:
    ended = await night.say(END)

    assert (ended["complete"], ended["endedAt"]) == (True, "2027-04-22T18:00:00Z")
    assert [each["state"] for each in ended["followUps"]] == ["OPEN"] * 3
    clock.advance(minutes=10)
    assert (await night.say(END)) == ended
    assert (await night.open())["complete"] is True


async def test_an_evening_is_gone_on_with_after_all(night: Night) -> None:
    await night.say(END)

    reopened = await night.say(REOPEN)

    assert (reopened["complete"], reopened["endedAt"]) == (False, None)


async def test_an_evening_that_has_not_come_cannot_be_ended(night: Night, clock: Clock) -> None:
    clock.now = EVENING.replace(hour=12)

    assert await night.say(END) == {
        "__typename": "InputNotValid", "field": "event",
        "message": "This evening has not come yet, so there is nothing to close.",
    }  # fmt: skip


async def test_an_evening_holds_as_many_as_its_person_wants(night: Night) -> None:
    assert await night.limit(5) == {"__typename": "Person", "eveningLimit": 5}

    opened = await night.open()

    assert (len(opened["followUps"]), opened["limit"]) == (5, 5)


async def test_what_was_opened_stays_as_long_as_it_was(night: Night) -> None:
    await night.open()
    await night.limit(1)

    opened = await night.open()

    assert (len(opened["followUps"]), opened["limit"]) == (3, 1)


@pytest.mark.parametrize("limit", [0, 6, -1])
async def test_an_evening_cannot_be_wanted_longer_than_five_or_shorter_than_one(night: Night, limit: int) -> None:
    assert await night.limit(limit) == {
        "__typename": "InputNotValid", "field": "limit", "message": "Choose between one and five.",
    }  # fmt: skip
