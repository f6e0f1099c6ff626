"""Two organizers change the settings of one event, each having seen it as it was before the other did."""

import asyncio
from typing import Any

import pytest

from server.events.models import Event
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.organizing.documents import UPDATE
from tests.world import World


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event(title="Fair", languages=())


@pytest.fixture
async def desk(front_door: FrontDoor, world: World, event: Event) -> FrontDoor:
    return front_door.as_((await world.team(event)).token)


async def save(desk: FrontDoor, event: Event, changes: dict[str, Any], seen: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = (await desk.ask(UPDATE, event=id_of(event), input=changes, seen=seen))["updateEvent"]
    return found


@pytest.mark.parametrize(
    ("field", "theirs", "mine", "seen"),
    [
        ("title", "Spring Fair", "May Fair", "Fair"),
        ("venue", None, "The town hall", "The old school"),
        ("capacity", 120, 80, None),
        ("startsAt", "2027-04-22T07:00:00Z", "2027-04-22T06:00:00Z", "2027-04-22T08:00:00Z"),
        ("languages", ["de"], ["en"], ["en", "de", "pt"]),
        ("eveningAt", "20:00", "21:00", "19:00"),
    ],
)
async def test_what_somebody_else_changed_since_it_was_seen_is_not_overwritten_unasked(
    desk: FrontDoor, event: Event, field: str, theirs: object, mine: object, seen: object
) -> None:
    first = await save(desk, event, {field: theirs}, {field: seen})
    refused = await save(desk, event, {field: mine, "slug": "another"}, {field: seen, "slug": event.slug})
    meant = await save(desk, event, {field: mine}, {field: theirs})

    assert (first["__typename"], meant["__typename"]) == ("Event", "Event")
    assert (refused["__typename"], refused["field"]) == ("ChangedMeanwhile", field)
    assert meant["slug"] == event.slug


async def test_what_each_changed_beside_the_other_stays(desk: FrontDoor, event: Event) -> None:
    await save(desk, event, {"title": "Spring Fair"}, {"title": "Fair"})
    saved = await save(desk, event, {"capacity": 80}, {"capacity": None})

    assert (saved["title"], saved["settings"]["capacity"]) == ("Spring Fair", 80)


async def test_a_change_that_is_sent_again_after_a_lost_answer_is_none(desk: FrontDoor, event: Event) -> None:
    changes = {"title": "Spring  Fair", "languages": ["de"]}
    seen = {"title": "Fair", "languages": ["en", "de", "pt"]}

    first, again = [await save(desk, event, changes, seen) for _ in range(2)]

    assert first == again
    assert again["title"] == "Spring Fair"


async def test_of_two_at_the_same_moment_one_is_told(desk: FrontDoor, event: Event) -> None:
    titles = ["Spring Fair", "May Fair", "The Fair"]

    saved = await asyncio.gather(*(save(desk, event, {"title": title}, {"title": "Fair"}) for title in titles))

    assert sorted(each["__typename"] for each in saved) == ["ChangedMeanwhile", "ChangedMeanwhile", "Event"]
