"""Which of ticket and badge admits is the event's choice; walk-ins of the same queue are let in by their key."""

import pytest

from server.events.models import ChecksInWith
from tests.desk.documents import register
from tests.doors.phone import DoorPhone
from tests.front_door import FrontDoor
from tests.world import World


@pytest.mark.parametrize(
    ("checks_in_with", "ticket", "badge"),
    [
        (ChecksInWith.TICKET, "ADMITTED", "NOT_A_TICKET"),
        (ChecksInWith.BADGE, "NOT_RECOGNISED", "ADMITTED"),
        (ChecksInWith.BOTH, "ADMITTED", "ALREADY_IN"),
    ],
)
async def test_the_event_says_what_admits(
    front_door: FrontDoor, world: World, checks_in_with: ChecksInWith, ticket: str, badge: str
) -> None:
    phone = await DoorPhone.at(front_door, world, await world.event())
    await world.pool.execute("UPDATE events SET checks_in_with = $1", checks_in_with)
    ana = await world.attendee(phone.event, "Ana")

    told = [(await phone.scan(code))["verdict"] for code in (ana.ticket, ana.badge.address("http://handsel.test"))]

    assert told == [ticket, badge]


async def test_a_badge_that_was_replaced_admits_nobody(front_door: FrontDoor, world: World) -> None:
    phone = await DoorPhone.at(front_door, world, await world.event())
    await world.pool.execute("UPDATE events SET checks_in_with = 'BADGE'")
    ana = await world.attendee(phone.event)
    await world.pool.execute("UPDATE badges SET revoked_at = $1", world.clock())

    assert (await phone.scan(ana.badge.code))["verdict"] == "NOT_RECOGNISED"


async def test_whoever_came_in_by_a_badge_that_was_replaced_before_the_scan_was_sent_has_come(
    front_door: FrontDoor, world: World
) -> None:
    phone = await DoorPhone.at(front_door, world, await world.event())
    await world.pool.execute("UPDATE events SET checks_in_with = 'BADGE'")
    ana = await world.attendee(phone.event)
    kept = phone.made(ana.badge.token, offline=True, shown="ADMITTED")
    world.clock.advance(minutes=10)
    await world.pool.execute("UPDATE badges SET revoked_at = $1", world.clock())
    world.clock.advance(minutes=10)

    [answer] = await phone.replay(kept | {"sentAt": phone.shown(world.clock())})

    assert answer["result"]["verdict"] == "ADMITTED"


async def test_a_walk_in_of_the_same_queue_is_let_in_by_its_key(front_door: FrontDoor, world: World) -> None:
    phone = await DoorPhone.at(front_door, world, await world.event())
    key = world.new_key()
    scan = phone.made("", walkIn=key, offline=True, shown="ADMITTED")

    [before] = await phone.replay(scan)
    await register(phone.front_door, phone.event, "Zoë Brandt", key=key)
    [after] = await phone.replay(scan)

    assert before["result"]["__typename"] == "NotFound"
    assert (after["result"]["verdict"], after["result"]["name"]) == ("ADMITTED", "Zoë Brandt")
