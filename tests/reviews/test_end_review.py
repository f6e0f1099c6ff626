"""That's all for this week: said before everybody has an answer, it ends the review, with a way back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from server.events.models import Event
from server.reviews.making import make_due
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.notifications.leaving import would_leave
from tests.reviews.documents import DISMISS, END, GO_ON, REVIEW
from tests.reviews.people_known import meet
from tests.world import Attendee, World

FRIDAY = datetime(2027, 4, 23, 16, 0, tzinfo=UTC)
WEEK = "2027-04-19"


@pytest.fixture
async def ana(world: World, clock: Clock) -> Attendee:
    """Somebody whose review of this week names two people; it has just been made and told."""
    event: Event = await world.event()
    ana = await world.attendee(event, "Ana Duarte")
    for name in ("Ben Okafor", "Mei Tanaka"):
        await meet(world, ana, await world.attendee(event, name), days_ago=100)
    for clock.now in (FRIDAY - timedelta(days=1), FRIDAY):
        async with world.pool.acquire() as connection:
            await make_due(connection, now=clock.now)
    return ana


async def say(front_door: FrontDoor, who: Attendee, document: str, week: str = WEEK) -> Any:
    answer = await front_door.as_(who.token).ask(document, weekOf=week)
    return next(iter(answer.values()))


async def test_an_ended_week_is_complete_and_what_was_open_stays_open(
    front_door: FrontDoor, clock: Clock, ana: Attendee
) -> None:
    for _ in range(2):
        ended = await say(front_door, ana, END)
        clock.advance(hours=1)

    assert (ended["complete"], ended["endedAt"]) == (True, "2027-04-23T16:00:00Z")
    assert [each["state"] for each in ended["followUps"]] == ["OPEN", "OPEN"]
    opened = (await front_door.as_(ana.token).ask(REVIEW))["review"]
    assert (opened["complete"], opened["endedAt"]) == (True, ended["endedAt"])


async def test_there_is_a_way_back_and_who_is_left_can_be_answered(front_door: FrontDoor, ana: Attendee) -> None:
    await say(front_door, ana, END)
    again = await say(front_door, ana, GO_ON)

    assert (again["complete"], again["endedAt"]) == (False, None)
    opened = (await front_door.as_(ana.token).ask(REVIEW))["review"]
    for named in opened["followUps"]:
        await front_door.as_(ana.token).ask(DISMISS, followUp=named["id"])
    assert (await front_door.as_(ana.token).ask(REVIEW))["review"]["complete"]


async def test_only_a_week_of_ones_own_that_named_somebody_can_be_ended(
    front_door: FrontDoor, world: World, ana: Attendee
) -> None:
    lonely = await world.attendee(ana.event, "Olu Bankole")

    assert (await say(front_door, lonely, END))["__typename"] == "NotFound"
    assert (await say(front_door, ana, END, "2027-04-12"))["__typename"] == "NotFound"
    assert (await front_door.as_(ana.token).ask(REVIEW))["review"]["endedAt"] is None


async def test_who_ended_a_week_is_not_told_of_it_any_more(front_door: FrontDoor, world: World, ana: Attendee) -> None:
    told = (ana.person.id, "REVIEW_READY")
    assert told in await would_leave(world.pool, now=FRIDAY)

    await say(front_door, ana, END)

    assert told not in await would_leave(world.pool, now=FRIDAY)
