"""How many people I came to meet."""

from typing import Any

from schema.ids import Kind, global_id
from tests.front_door import FrontDoor
from tests.sessions.steps import ME
from tests.world import World

SET = """
    mutation ($event: ID!, $people: Int) {
        setGoal(event: $event, people: $people) {
            __typename ... on Registration { goal } ... on InputNotValid { field } } }
"""


async def set_goal(door: FrontDoor, event: str, people: int | None) -> dict[str, Any]:
    answer: dict[str, Any] = (await door.ask(SET, event=event, people=people))["setGoal"]
    return answer


async def test_a_goal_is_kept_and_can_be_taken_back(front_door: FrontDoor, world: World) -> None:
    ana = await world.attendee(await world.event())
    door, event = front_door.as_(ana.token), global_id(Kind.EVENT, ana.event.id)

    for people in (1, 5, None):
        assert (await set_goal(door, event, people))["goal"] == people
        assert (await door.ask(ME))["me"]["registrations"][0]["goal"] == people


async def test_a_goal_is_small(front_door: FrontDoor, world: World) -> None:
    ana = await world.attendee(await world.event())
    event = global_id(Kind.EVENT, ana.event.id)

    for people in (0, 6, -1, 2**31 - 1):
        answer = await set_goal(front_door.as_(ana.token), event, people)
        assert (answer["__typename"], answer["field"]) == ("InputNotValid", "people")


async def test_without_a_place_there_is_no_goal(front_door: FrontDoor, world: World) -> None:
    event, stranger = await world.event(), await world.person()

    answer = await set_goal(front_door.as_(stranger.token), global_id(Kind.EVENT, event.id), 3)

    assert answer["__typename"] == "NotFound"
