from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schema.ids import Kind, global_id
from server.events.models import Event
from tests.clock import Clock
from tests.encounters.documents import BLOCK, WITHDRAW
from tests.front_door import FrontDoor
from tests.reviews.documents import DISMISS, DO, POSTPONE, REOPEN, REVIEW, SET_QUIET, SET_TIME
from tests.reviews.people_known import meet
from tests.world import Attendee, World

FRIDAY = datetime(2027, 4, 23, 16, 0, tzinfo=UTC)  # everybody's zone is UTC unless a test says otherwise


@pytest.fixture
async def event(world: World, clock: Clock) -> Event:
    event = await world.event()
    clock.now = FRIDAY + timedelta(minutes=1)
    return event


@pytest.fixture
async def ana(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ana Duarte")


@pytest.fixture
async def ben(world: World, event: Event) -> Attendee:
    return await world.attendee(event, "Ben Okafor", up_to="turning an old mill into a workshop")


async def review(front_door: FrontDoor, who: Attendee) -> dict[str, Any]:
    found: dict[str, Any] = (await front_door.as_(who.token).ask(REVIEW))["review"]
    return found


async def settle(front_door: FrontDoor, who: Attendee, document: str, named: dict[str, Any], **more: Any) -> Any:
    answer = await front_door.as_(who.token).ask(document, followUp=named["id"], **more)
    return next(iter(answer.values()))


async def test_a_review_before_there_is_anybody_is_complete_and_says_so(front_door: FrontDoor, ana: Attendee) -> None:
    assert await review(front_door, ana) == {
        "weekOf": "2027-04-19",
        "complete": True,
        "endedAt": None,
        "nextAt": "2027-04-30T16:00:00Z",
        "knowsSomebody": False,
        "followUps": [],
    }


async def test_it_is_made_when_it_is_opened_and_stays_as_it_is(
    front_door: FrontDoor, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    await meet(world, ana, ben, days_ago=100)

    first = await review(front_door, ana)

    [named] = first["followUps"]
    assert (first["complete"], first["knowsSomebody"]) == (False, True)
    assert (named["kind"], named["state"], named["dueOn"]) == ("MEET", "OPEN", "2027-04-23")
    assert named["reason"].endswith("Their card said: “turning an old mill into a workshop”")
    assert named["swap"]["card"]["name"] == "Ben Okafor"
    assert len(named["times"]) == 3
    assert named["theirTimezone"] == "UTC"
    clock.advance(days=3)
    assert await review(front_door, ana) == first


async def test_a_clock_set_back_an_hour_shows_the_same_review(
    front_door: FrontDoor, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    await meet(world, ana, ben, days_ago=100)
    first = await review(front_door, ana)

    clock.advance(hours=-1)

    assert (await review(front_door, ana))["followUps"] == first["followUps"]


async def test_once_all_is_settled_it_is_complete(
    front_door: FrontDoor, world: World, ana: Attendee, ben: Attendee
) -> None:
    await meet(world, ana, ben, days_ago=100)
    [named] = (await review(front_door, ana))["followUps"]

    done = await settle(front_door, ana, DO, named)

    assert done["state"] == "DONE"
    assert (await review(front_door, ana))["complete"] is True


async def test_a_done_one_counts_as_being_in_touch_and_taking_it_back_does_not(
    front_door: FrontDoor, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    await meet(world, ana, ben, days_ago=100)
    [named] = (await review(front_door, ana))["followUps"]
    touched = "SELECT last_touch_at FROM relationships WHERE person_id = $1"
    before = await world.pool.fetchval(touched, ana.person.id)

    for _ in range(2):
        await settle(front_door, ana, DO, named)
    assert await world.pool.fetchval(touched, ana.person.id) == clock()
    assert await world.pool.fetchval(touched, ben.person.id) == before  # their memory is their own

    for _ in range(2):
        assert (await settle(front_door, ana, REOPEN, named))["state"] == "OPEN"
    assert await world.pool.fetchval(touched, ana.person.id) == before


async def test_taking_it_back_leaves_a_later_touch_alone(
    front_door: FrontDoor, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    await meet(world, ana, ben, days_ago=100)
    [named] = (await review(front_door, ana))["followUps"]
    await settle(front_door, ana, DO, named)
    later = clock.advance(hours=1)
    await world.pool.execute("UPDATE relationships SET last_touch_at = $1", later)

    await settle(front_door, ana, REOPEN, named)

    assert await world.pool.fetchval("SELECT min(last_touch_at) FROM relationships") == later


async def test_later_brings_them_back_in_the_first_review_from_that_day(
    front_door: FrontDoor, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    await meet(world, ana, ben, days_ago=100)
    [named] = (await review(front_door, ana))["followUps"]

    postponed = await settle(front_door, ana, POSTPONE, named, until="2027-05-05")

    assert (postponed["state"], postponed["dueOn"]) == ("LATER", "2027-05-05")
    clock.advance(weeks=1)
    assert (await review(front_door, ana))["followUps"] == []
    clock.advance(weeks=1)
    assert [each["swap"] for each in (await review(front_door, ana))["followUps"]] == [named["swap"]]


@pytest.mark.parametrize("until", ["2027-04-23", "2020-01-01", "2029-01-01"])
async def test_later_is_a_day_after_today_and_within_a_year(
    front_door: FrontDoor, world: World, ana: Attendee, ben: Attendee, until: str
) -> None:
    await meet(world, ana, ben, days_ago=100)
    [named] = (await review(front_door, ana))["followUps"]

    refused = await settle(front_door, ana, POSTPONE, named, until=until)

    assert refused["message"] == "Choose a day after today and within a year."


async def test_not_this_lets_them_come_up_again_in_their_rhythm(
    front_door: FrontDoor, world: World, clock: Clock, ana: Attendee, ben: Attendee
) -> None:
    await meet(world, ana, ben, days_ago=100)
    [named] = (await review(front_door, ana))["followUps"]
    assert (await settle(front_door, ana, DISMISS, named))["state"] == "DISMISSED"

    await world.pool.execute("UPDATE sessions SET expires_at = expires_at + interval '1 year'")
    clock.advance(weeks=7)
    assert (await review(front_door, ana))["followUps"] == []
    clock.advance(weeks=1)
    assert len((await review(front_door, ana))["followUps"]) == 1


@pytest.mark.parametrize("end", ["withdraw", "withdraw by the other", "block", "block by the other", "quiet"])
async def test_whoever_is_gone_is_gone_from_the_review_at_once(
    front_door: FrontDoor, world: World, ana: Attendee, ben: Attendee, end: str
) -> None:
    swap = await meet(world, ana, ben, days_ago=100)
    [named] = (await review(front_door, ana))["followUps"]
    ends = front_door.as_((ben if "other" in end or end == "quiet" else ana).token)
    if end == "quiet":
        await ends.ask(SET_QUIET, quiet=True)
    else:
        await ends.ask(BLOCK if "block" in end else WITHDRAW, swap=global_id(Kind.SWAP, swap, ana.event.id))

    opened = await review(front_door, ana)

    assert (opened["followUps"], opened["complete"]) == ([], True)
    for document, more in ((DO, {}), (POSTPONE, {"until": "2027-05-05"}), (DISMISS, {}), (REOPEN, {})):
        assert (await settle(front_door, ana, document, named, **more))["__typename"] == "NotFound"


async def test_quiet_can_be_ended_again_and_nobody_else_sees_it(
    front_door: FrontDoor, world: World, ana: Attendee, ben: Attendee
) -> None:
    await meet(world, ana, ben, days_ago=100)
    door = front_door.as_(ben.token)

    assert (await door.ask(SET_QUIET, quiet=True))["setQuiet"] == {"quiet": True}
    assert (await review(front_door, ana))["followUps"] == []
    assert (await door.ask(SET_QUIET, quiet=False))["setQuiet"] == {"quiet": False}
    assert len((await review(front_door, ana))["followUps"]) == 1


async def test_the_day_and_hour_are_the_persons_to_choose(
    front_door: FrontDoor, world: World, ana: Attendee, ben: Attendee
) -> None:
    await meet(world, ana, ben, days_ago=100)
    door = front_door.as_(ana.token)

    chosen = await door.ask(SET_TIME, weekday="SUNDAY", at="19:30")

    assert chosen["setReviewTime"] == {"__typename": "Person", "reviewWeekday": "SUNDAY", "reviewAt": "19:30"}
    opened = await review(front_door, ana)
    assert (opened["weekOf"], opened["nextAt"]) == ("2027-04-12", "2027-04-25T19:30:00Z")


async def test_without_a_day_there_is_no_review(
    front_door: FrontDoor, world: World, ana: Attendee, ben: Attendee
) -> None:
    await meet(world, ana, ben, days_ago=100)
    door = front_door.as_(ana.token)

    none = await door.ask(SET_TIME, weekday=None)

    assert none["setReviewTime"] == {"__typename": "Person", "reviewWeekday": None, "reviewAt": "16:00"}
    opened = await review(front_door, ana)
    assert (opened["followUps"], opened["complete"], opened["nextAt"]) == ([], True, None)


@pytest.mark.parametrize("at", ["25:00", "noon", "16:00:30", "16:00+02:00", ""])
async def test_an_hour_that_is_none_is_refused_in_words(front_door: FrontDoor, ana: Attendee, at: str) -> None:
    refused = await front_door.as_(ana.token).ask(SET_TIME, weekday="FRIDAY", at=at)

    assert refused["setReviewTime"] == {
        "__typename": "InputNotValid", "field": "at", "message": "Use an hour such as 16:00.",
    }  # fmt: skip


async def test_no_time_is_offered_near_a_1_2_1_that_was_agreed(
    front_door: FrontDoor, world: World, ana: Attendee, ben: Attendee
) -> None:
    swap = await meet(world, ana, ben, days_ago=100)
    offered = (await review(front_door, ana))["followUps"][0]["times"]
    await world.pool.execute("DELETE FROM review_weeks")
    await world.pool.execute(
        "INSERT INTO meetings (event_id, id, swap_id, proposed_by, key, state, options, starts_at, minutes, sequence,"
        " proposed_at, changed_at) VALUES ($1, $2, $3, $4, $5, 'AGREED',"
        " ARRAY[$6::timestamptz, $7], $6, 20, 1, $8, $8)",
        ana.event.id, world.new_key(), swap, ana.registration_id, world.new_key(),
        datetime.fromisoformat(offered[0]), datetime.fromisoformat(offered[1]), world.clock(),
    )  # fmt: skip

    again = [datetime.fromisoformat(each) for each in (await review(front_door, ana))["followUps"][0]["times"]]

    agreed = datetime.fromisoformat(offered[0])
    assert len(again) == 3
    assert all(abs(each - agreed) >= timedelta(hours=1) for each in again)
