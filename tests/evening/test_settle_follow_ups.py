from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from schema.ids import Kind, global_id
from server.db import Pool
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.world import Attendee, World

EVENING = datetime(2027, 4, 22, 18, 0, tzinfo=UTC)  # seven o'clock in Lisbon

FIELDS = "__typename ... on FollowUp { id state dueOn swap { id } } ... on InputNotValid { field message }"
DO = f"mutation ($id: ID!) {{ result: doFollowUp(followUp: $id) {{ {FIELDS} }} }}"
DISMISS = f"mutation ($id: ID!) {{ result: dismissFollowUp(followUp: $id) {{ {FIELDS} }} }}"
REOPEN = f"mutation ($id: ID!) {{ result: reopenFollowUp(followUp: $id) {{ {FIELDS} }} }}"
POSTPONE = (
    f"mutation ($id: ID!, $until: Date!) {{ result: postponeFollowUp(followUp: $id, until: $until) {{ {FIELDS} }} }}"
)
EVENING_OF = "query ($event: ID!) { evening(event: $event) { complete followUps { id state dueOn } } }"


class Tonight:
    """Ana's evening with one promise on it."""

    def __init__(self, door: FrontDoor, pool: Pool, ana: Attendee, ben: Attendee, promise: UUID) -> None:
        self.door, self.pool, self.ana, self.ben, self.promise = door, pool, ana, ben, promise
        self.id = ""

    async def open(self) -> dict[str, Any]:
        data = await self.door.as_(self.ana.token).ask(EVENING_OF, event=global_id(Kind.EVENT, self.ana.event.id))
        evening: dict[str, Any] = data["evening"]
        self.id = evening["followUps"][0]["id"]
        return evening

    async def tap(self, document: str, who: Attendee | None = None, **variables: Any) -> dict[str, Any]:
        data = await self.door.as_((who or self.ana).token).ask(document, id=self.id, **variables)
        result: dict[str, Any] = data["result"]
        return result

    async def kept_at(self) -> datetime | None:
        kept_at: datetime | None = await self.pool.fetchval("SELECT kept_at FROM promises WHERE id = $1", self.promise)
        return kept_at


@pytest.fixture
async def tonight(front_door: FrontDoor, world: World, clock: Clock, pool: Pool) -> Tonight:
    event = await world.event()
    ana, ben = await world.attendee(event), await world.attendee(event)
    promise = await world.promise(ana, await world.swap(ana, ben))
    clock.now = EVENING
    tonight = Tonight(front_door, pool, ana, ben, promise)
    await tonight.open()
    return tonight


async def test_doing_a_promise_keeps_it_and_completes_the_evening(tonight: Tonight) -> None:
    done = await tonight.tap(DO)

    assert done["state"] == "DONE"
    assert await tonight.kept_at() == EVENING
    assert (await tonight.open())["complete"] is True


async def test_doing_it_twice_is_doing_it_once(tonight: Tonight, clock: Clock) -> None:
    first = await tonight.tap(DO)
    clock.advance(hours=1)

    assert await tonight.tap(DO) == first
    assert await tonight.kept_at() == EVENING


async def test_reopening_takes_the_promise_back(tonight: Tonight) -> None:
    await tonight.tap(DO)

    assert (await tonight.tap(REOPEN))["state"] == "OPEN"
    assert await tonight.kept_at() is None
    assert (await tonight.open())["complete"] is False


async def test_reopening_leaves_a_promise_kept_that_was_kept_before(tonight: Tonight) -> None:
    await tonight.pool.execute("UPDATE promises SET kept_at = $1", EVENING)
    await tonight.tap(DO)

    assert (await tonight.tap(REOPEN))["state"] == "DONE"
    assert await tonight.kept_at() == EVENING


async def test_putting_off_names_a_day_and_completes_the_evening(tonight: Tonight) -> None:
    postponed = await tonight.tap(POSTPONE, until="2027-05-01")

    assert (postponed["state"], postponed["dueOn"]) == ("LATER", "2027-05-01")
    assert (await tonight.open())["complete"] is True


async def test_putting_off_after_doing_opens_the_promise_again(tonight: Tonight) -> None:
    await tonight.tap(DO)
    await tonight.tap(POSTPONE, until="2027-05-01")

    assert await tonight.kept_at() is None


@pytest.mark.parametrize("until", ["2027-04-22", "2027-04-21", "2028-04-22", "9999-12-31"])
async def test_a_day_to_put_off_to_lies_after_today_and_within_a_year(tonight: Tonight, until: str) -> None:
    refused = await tonight.tap(POSTPONE, until=until)

    assert refused == {
        "__typename": "InputNotValid", "field": "until", "message": "Choose a day after today and within a year.",
    }  # fmt: skip


async def test_letting_go_completes_the_evening_and_keeps_no_promise(tonight: Tonight) -> None:
    assert (await tonight.tap(DISMISS))["state"] == "DISMISSED"
    assert (await tonight.open())["complete"] is True
    assert await tonight.kept_at() is None


async def test_reopening_what_was_put_off_brings_it_back_to_its_evening(tonight: Tonight) -> None:
    await tonight.tap(POSTPONE, until="2027-05-01")

    reopened = await tonight.tap(REOPEN)

    assert (reopened["state"], reopened["dueOn"]) == ("OPEN", "2027-04-22")


@pytest.mark.parametrize("document", [DO, DISMISS, REOPEN])
async def test_nobody_settles_the_follow_ups_of_another(tonight: Tonight, document: str) -> None:
    assert (await tonight.tap(document, tonight.ben))["__typename"] == "NotFound"
    assert (await tonight.tap(POSTPONE, tonight.ben, until="2027-05-01"))["__typename"] == "NotFound"
    assert (await tonight.open())["followUps"][0]["state"] == "OPEN"


async def test_a_follow_up_of_a_withdrawn_swap_is_not_found(tonight: Tonight) -> None:
    await tonight.pool.execute("UPDATE swaps SET withdrawn_at = $1", EVENING)

    assert (await tonight.tap(DO))["__typename"] == "NotFound"
    assert await tonight.kept_at() is None


async def test_an_id_of_another_thing_is_not_found(tonight: Tonight) -> None:
    tonight.id = tonight.ana.gid

    assert (await tonight.tap(DO))["__typename"] == "NotFound"
