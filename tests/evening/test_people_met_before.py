"""An evening knows the people of earlier events as well as those of today, and of nobody more than they open now."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schema.ids import Kind, global_id
from server.db import Pool
from server.relationships.operations import begin
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.world import Attendee, World

EVENING = datetime(2027, 4, 22, 18, 0, tzinfo=UTC)  # seven o'clock in Lisbon
LONG_AGO = EVENING - timedelta(days=60)
LIST = "query ($event: ID!) { evening(event: $event, first: 5) { followUps { kind reason swap { id } } } }"


class Acquaintances:
    """Ana and Mei met two months ago; today both are at another event and have not met there."""

    def __init__(self, door: FrontDoor, pool: Pool, ana_then: Attendee, ana: Attendee, mei: Attendee) -> None:
        self.door, self.pool, self.ana_then, self.ana, self.mei = door, pool, ana_then, ana, mei
        self.then = ana_then.event

    async def suggested(self, who: Attendee | None = None) -> list[dict[str, Any]]:
        who = who or self.ana
        answer = await self.door.as_(who.token).ask(LIST, event=global_id(Kind.EVENT, who.event.id))
        found: list[dict[str, Any]] = answer["evening"]["followUps"]
        return found


@pytest.fixture
async def known(front_door: FrontDoor, world: World, clock: Clock, pool: Pool) -> Acquaintances:
    then = await world.event(starts_at=LONG_AGO, ends_at=LONG_AGO + timedelta(hours=8))
    ana_then = await world.attendee(then, "Ana Duarte")
    mei = await world.attendee(then, "Mei Tanaka", seeking="somebody who knows beekeeping")
    now = await world.event()
    ana = await world.attendee(now, "Ana Duarte", person=ana_then.person, offering="beekeeping, since I was ten")
    clock.now = EVENING
    return Acquaintances(front_door, pool, ana_then, ana, mei)


async def test_somebody_met_at_an_earlier_event_comes_up_as_somebody_new_would(
    known: Acquaintances, world: World
) -> None:
    swap = await world.swap(known.ana_then, known.mei, at=LONG_AGO)
    await world.promise(known.ana_then, swap, "the name of the printer", at=LONG_AGO)

    suggestions = await known.suggested()

    assert [(each["kind"], each["reason"]) for each in suggestions] == [
        ("KEEP_PROMISE", "You promised Mei: the name of the printer"),
        ("SHARE", "Mei would welcome help with something you offer: “somebody who knows beekeeping”"),
    ]
    assert {each["swap"]["id"] for each in suggestions} == {global_id(Kind.SWAP, swap, known.then.id)}


async def test_a_promise_of_an_earlier_event_is_kept_from_here(known: Acquaintances, world: World) -> None:
    promise = await world.promise(known.ana_then, await world.swap(known.ana_then, known.mei, at=LONG_AGO), at=LONG_AGO)
    listed = "query ($event: ID!) { evening(event: $event) { followUps { id } } }"
    door = known.door.as_(known.ana.token)
    first = (await door.ask(listed, event=global_id(Kind.EVENT, known.ana.event.id)))["evening"]["followUps"][0]

    await door.ask("mutation ($id: ID!) { doFollowUp(followUp: $id) { __typename } }", id=first["id"])

    assert await known.pool.fetchval("SELECT kept_at FROM promises WHERE id = $1", promise) == EVENING


@pytest.mark.parametrize(
    "ended",
    [
        "UPDATE swaps SET withdrawn_at = now()",
        "UPDATE people SET quiet_since = now() WHERE email = (SELECT email FROM registrations WHERE name LIKE 'Mei%')",
        "UPDATE cards SET seeking = 'something else' WHERE name LIKE 'Mei%'",
        """UPDATE cards SET open_to_event = false WHERE name LIKE 'Mei%';
           UPDATE swap_sides SET offers = NULL, offered_at = NULL""",
    ],
)
@pytest.mark.parametrize("is_opened", [True, False])
async def test_nothing_is_suggested_about_somebody_who_does_not_open_it_any_more(
    known: Acquaintances, world: World, ended: str, *, is_opened: bool
) -> None:
    await world.swap(known.ana_then, known.mei, at=LONG_AGO)
    if is_opened:
        assert len(await known.suggested()) == 1

    await known.pool.execute(ended)

    assert await known.suggested() == []


async def test_somebody_whom_the_reader_lets_rest_is_not_brought_up(known: Acquaintances, world: World) -> None:
    swap = await world.swap(known.ana_then, known.mei, at=LONG_AGO)
    async with known.pool.acquire() as connection:
        await begin(connection, event_id=known.then.id, swap_id=swap, now=LONG_AGO)
    await known.pool.execute("UPDATE relationships SET resting_until = '2027-06-01'")

    assert await known.suggested() == []
