"""A card that begins with the one I wrote for an earlier event: what I dropped of its topics comes along."""

from typing import Any

import pytest

from schema.ids import Kind, global_id
from server.db import Pool
from tests.front_door import FrontDoor
from tests.world import Attendee, World

CARRY = """
    mutation ($event: ID!, $card: CardInput!, $from: ID) {
        updateCard(event: $event, card: $card, carriedFrom: $from) { __typename
            ... on Registration { topics { key } droppedTopics { key } openToEvent card { returning newHere } } } }
"""
CARD = {"name": "Ana Duarte", "upTo": "bees, chess and bread"}


@pytest.fixture
async def ana(world: World) -> Attendee:
    return await world.attendee(await world.event(), "Ana Duarte", open_to_event=False)


@pytest.fixture
async def earlier(world: World, ana: Attendee) -> str:
    """Her place at an earlier event, where her card was open and she dropped chess and hiring."""
    event = await world.event()
    card = {"dropped_topics": ["chess", "recruiting"], "open_to_event": True, "been_here": True}
    return await registered(world, ana, event, card)


async def registered(world: World, who: Attendee, event: Any, card: dict[str, Any]) -> str:
    place, _ = await world.registration(event, name=who.name, person=who.person, card=card)
    return global_id(Kind.REGISTRATION, place, event.id)


async def carry(door: FrontDoor, ana: Attendee, place: str | None) -> dict[str, Any]:
    event = global_id(Kind.EVENT, ana.event.id)
    answer: dict[str, Any] = (await door.ask(CARRY, event=event, card=CARD, **{"from": place}))["updateCard"]
    return answer


async def test_what_i_dropped_there_stays_away_here_as_far_as_it_is_found(
    front_door: FrontDoor, ana: Attendee, earlier: str
) -> None:
    answer = await carry(front_door.as_(ana.token), ana, earlier)

    assert "chess" not in [topic["key"] for topic in answer["topics"]]
    assert answer["droppedTopics"] == [{"key": "chess"}]


async def test_no_consent_and_no_circumstance_comes_along(front_door: FrontDoor, ana: Attendee, earlier: str) -> None:
    answer = await carry(front_door.as_(ana.token), ana, earlier)

    assert answer["openToEvent"] is False
    assert answer["card"] == {"returning": False, "newHere": False}


async def test_sent_again_it_is_the_same(front_door: FrontDoor, ana: Attendee, earlier: str, pool: Pool) -> None:
    door = front_door.as_(ana.token)
    first = await carry(door, ana, earlier)
    kept = await pool.fetch("SELECT * FROM cards ORDER BY event_id")

    assert await carry(door, ana, earlier) == first
    assert await pool.fetch("SELECT * FROM cards ORDER BY event_id") == kept


async def test_without_it_nothing_is_looked_at_elsewhere(front_door: FrontDoor, ana: Attendee, earlier: str) -> None:
    answer = await carry(front_door.as_(ana.token), ana, None)

    assert answer["droppedTopics"] == []


async def test_only_from_a_card_of_my_own(front_door: FrontDoor, ana: Attendee, world: World, pool: Pool) -> None:
    ben = await world.attendee(await world.event(), "Ben", dropped_topics=["chess"])
    before = await pool.fetch("SELECT * FROM cards ORDER BY event_id")

    for place in (ben.gid, global_id(Kind.EVENT, ben.event.id), "nonsense"):
        assert (await carry(front_door.as_(ana.token), ana, place))["__typename"] == "NotFound"

    assert await pool.fetch("SELECT * FROM cards ORDER BY event_id") == before
