"""How connected a room was: three figures, after the event, once, and never of a few."""

from collections.abc import Collection
from datetime import timedelta
from itertools import combinations
from statistics import median
from typing import Any

import pytest

from schema.ids import Kind, global_id
from server.connectedness.operations import work_out_due
from server.events.models import Event
from server.relationships.operations import begin
from server.retention.operations import age
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.world import Attendee, World

ASK = """
    query ($event: ID!) { connectedness(event: $event) {
        peopleWhoMetSomeone medianPeopleMet peopleWhoMetNobody readyAt workedOutAt } }
"""
NOTHING = {"peopleWhoMetSomeone": None, "medianPeopleMet": None, "peopleWhoMetNobody": None}


class Room:
    """An event and those who came, numbered; `met` says which of them scanned each other."""

    def __init__(self, front_door: FrontDoor, world: World, clock: Clock, event: Event) -> None:
        self.front_door, self.world, self.clock, self.event = front_door, world, clock, event
        self.people: list[Attendee] = []

    async def came(self, people: int, *, met: Collection[tuple[int, int]]) -> None:
        self.people = [await self.world.attendee(self.event) for _ in range(people)]
        for one, other in met:
            await self.world.swap(self.people[one], self.people[other], mutual=False)

    async def ask(self) -> dict[str, Any]:
        organizer = self.front_door.as_((await self.world.team(self.event)).token)
        answer = await organizer.ask(ASK, event=global_id(Kind.EVENT, self.event.id))
        found: dict[str, Any] = answer["connectedness"]
        return found

    async def figures(self) -> dict[str, Any]:
        found = await self.ask()
        return {name: found[name] for name in NOTHING}

    def a_day_later(self) -> None:
        self.clock.now = self.event.ends_at + timedelta(hours=24)


@pytest.fixture
async def room(front_door: FrontDoor, world: World, clock: Clock) -> Room:
    return Room(front_door, world, clock, await world.event())


#: Seven who met; the first met most of them.
SEVEN_MET = [(0, 1), (0, 2), (0, 3), (0, 4), (5, 6)]


async def test_a_day_after_the_end_it_says_how_many_met_how_many(room: Room) -> None:
    await room.came(12, met=SEVEN_MET)
    room.a_day_later()

    found = await room.ask()

    assert {name: found[name] for name in NOTHING} == {
        "peopleWhoMetSomeone": 7, "medianPeopleMet": median([4, 1, 1, 1, 1, 1, 1]), "peopleWhoMetNobody": 5,
    }  # fmt: skip
    assert found["workedOutAt"] == found["readyAt"]


async def test_before_that_nothing_is_told_not_even_to_the_team(room: Room) -> None:
    await room.came(12, met=SEVEN_MET)
    room.a_day_later()
    room.clock.advance(seconds=-1)

    found = await room.ask()

    assert found["workedOutAt"] is None
    assert {name: found[name] for name in NOTHING} == NOTHING
    assert await room.world.pool.fetchval("SELECT count(*) FROM connectedness") == 0


@pytest.mark.parametrize(
    ("people", "met"),
    [(11, SEVEN_MET), (12, [(0, 1), (2, 3)]), (8, list(combinations(range(8), 2))), (9, []), (0, [])],
    ids=["four met nobody", "four met somebody", "everybody met", "nobody met", "nobody came"],
)
async def test_of_fewer_than_five_on_either_side_nothing_is_told(
    people: int, met: Collection[tuple[int, int]], room: Room
) -> None:
    await room.came(people, met=met)
    room.a_day_later()

    assert await room.figures() == NOTHING


async def test_once_worked_out_the_figures_never_change(room: Room) -> None:
    await room.came(12, met=SEVEN_MET)
    room.a_day_later()
    before = await room.figures()

    await room.world.swap(room.people[10], room.people[11])
    await room.world.pool.execute("UPDATE swaps SET withdrawn_at = swapped_at WHERE lower_id = $1 OR upper_id = $1",
                                  room.people[0].registration_id)  # fmt: skip
    await room.world.pool.execute("UPDATE registrations SET cancelled_at = created_at")
    room.clock.advance(days=30)

    assert await room.figures() == before


async def test_they_are_worked_out_though_nobody_asks_and_every_asker_gets_the_same(room: Room) -> None:
    await room.came(12, met=SEVEN_MET)
    room.a_day_later()
    async with room.world.pool.acquire() as connection:
        assert await work_out_due(connection, now=room.clock()) == 1
        assert await work_out_due(connection, now=room.clock()) == 0
    await room.world.pool.execute("DELETE FROM swaps")

    assert (await room.figures())["peopleWhoMetSomeone"] == 7
    assert await room.ask() == await room.ask()


async def test_an_event_that_is_aged_as_soon_as_they_are_due_has_them_all_the_same(room: Room) -> None:
    await room.came(12, met=SEVEN_MET)
    room.a_day_later()
    async with room.world.pool.acquire() as connection:
        await age(connection, event_id=room.event.id, now=room.clock())

    assert (await room.figures())["peopleWhoMetSomeone"] == 7


async def test_of_what_is_left_of_an_event_that_was_aged_before_nothing_is_told(room: Room) -> None:
    await room.came(13, met=[])
    async with room.world.pool.acquire() as connection:
        for one, other in SEVEN_MET:
            swap = await room.world.swap(room.people[one], room.people[other])
            await begin(connection, event_id=room.event.id, swap_id=swap, now=room.clock())
        await room.world.swap(room.people[7], room.people[8], mutual=False)
        await age(connection, event_id=room.event.id, now=room.clock())
    room.a_day_later()

    assert await room.figures() == NOTHING


async def test_where_people_are_checked_in_only_those_who_came_count(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    room = Room(front_door, world, clock, await world.event(uses_check_in=True))
    await room.came(14, met=SEVEN_MET)
    for attendee in room.people[:12]:
        await world.admit(attendee)
    room.a_day_later()

    assert (await room.figures())["peopleWhoMetNobody"] == 5


async def test_a_withdrawn_swap_was_a_meeting_all_the_same(room: Room) -> None:
    await room.came(12, met=SEVEN_MET)
    await room.world.pool.execute("UPDATE swaps SET withdrawn_at = swapped_at")
    room.a_day_later()

    assert (await room.figures())["peopleWhoMetSomeone"] == 7
