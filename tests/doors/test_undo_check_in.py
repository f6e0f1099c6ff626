"""Taking a check-in or a check-out back."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from schema.ids import Kind, global_id
from server.attendance.proof import prove_counters
from tests.clock import Clock
from tests.doors.phone import UNDO, DoorPhone, figures
from tests.front_door import FrontDoor
from tests.world import World


@pytest.fixture
async def phone(front_door: FrontDoor, world: World) -> DoorPhone:
    return await DoorPhone.at(front_door, world, await world.event(scans_people_out=True))


async def seen(phone: DoorPhone, front_door: FrontDoor, world: World) -> tuple[int, int]:
    """Came and here now, and the counters proved."""
    async with world.pool.acquire() as connection:
        proof = await prove_counters(connection, event_id=phone.event.id, day=phone.event.day_of(world.clock()))
    assert proof.holds, proof
    shown = await figures(front_door, world, phone.event)
    return shown["came"], shown["hereNow"]


async def test_an_undone_admission_leaves_nobody_in(phone: DoorPhone, front_door: FrontDoor, world: World) -> None:
    ana = await world.attendee(phone.event, "Ana Duarte")
    told = await phone.scan(ana.ticket)

    undone = await phone.undo(told)

    assert (undone["verdict"], undone["name"], undone["firstInAt"]) == ("UNDONE", "Ana Duarte", None)
    assert undone["id"] != told["id"]
    assert await seen(phone, front_door, world) == (0, 0)
    assert (await phone.scan(ana.ticket))["verdict"] == "ADMITTED"
    assert await seen(phone, front_door, world) == (1, 1)


async def test_undoing_twice_is_undoing_once(phone: DoorPhone, world: World, clock: Clock) -> None:
    told = await phone.scan((await world.attendee(phone.event)).ticket)
    first = await phone.undo(told)
    clock.advance(days=1)

    assert await phone.undo(told) == first
    assert await world.pool.fetchval("SELECT count(*) FROM check_ins") == 2


async def test_repeats_that_were_told_already_in_fall_with_the_admission(
    phone: DoorPhone, front_door: FrontDoor, world: World, clock: Clock
) -> None:
    ana = await world.attendee(phone.event)
    told = await phone.scan(ana.ticket)
    clock.advance(seconds=2)
    assert (await phone.scan(ana.ticket))["verdict"] == "ALREADY_IN"
    clock.advance(seconds=2)

    await phone.undo(told)

    assert await seen(phone, front_door, world) == (0, 0)
    clock.advance(minutes=5)
    assert (await phone.scan(ana.ticket))["verdict"] == "ADMITTED"


async def test_undoing_a_repeat_leaves_them_in(
    phone: DoorPhone, front_door: FrontDoor, world: World, clock: Clock
) -> None:
    ana = await world.attendee(phone.event)
    await phone.scan(ana.ticket)
    clock.advance(seconds=2)
    repeat = await phone.scan(ana.ticket)

    undone = await phone.undo(repeat)

    assert undone["firstInAt"] == "2027-04-22T09:00:00Z"
    assert await seen(phone, front_door, world) == (1, 1)


async def test_undoing_a_check_out_lets_them_be_in_again(
    phone: DoorPhone, front_door: FrontDoor, world: World, clock: Clock
) -> None:
    ana = await world.attendee(phone.event)
    await phone.scan(ana.ticket)
    clock.advance(hours=1)
    out = await phone.scan(ana.ticket, direction="OUT")
    assert await seen(phone, front_door, world) == (1, 0)

    await phone.undo(out)

    assert await seen(phone, front_door, world) == (1, 1)


async def test_undoing_a_re_entry_leaves_them_out(
    phone: DoorPhone, front_door: FrontDoor, world: World, clock: Clock
) -> None:
    ana = await world.attendee(phone.event)
    for direction in ("IN", "OUT"):
        await phone.scan(ana.ticket, direction=direction)
        clock.advance(hours=1)
    again = await phone.scan(ana.ticket)
    assert again["verdict"] == "ADMITTED"

    await phone.undo(again)

    assert await seen(phone, front_door, world) == (1, 0)


async def test_a_scan_made_before_the_undone_one_keeps_them_in(
    phone: DoorPhone, front_door: FrontDoor, world: World, clock: Clock
) -> None:
    ana = await world.attendee(phone.event)
    told = await phone.scan(ana.ticket)
    garden = await DoorPhone.at(front_door, world, phone.event, "Garden")
    await garden.scan(ana.ticket, at=clock() - timedelta(minutes=20), offline=True)

    undone = await phone.undo(told)

    assert undone["firstInAt"] == "2027-04-22T08:40:00Z"
    assert await seen(phone, front_door, world) == (1, 1)


async def test_the_key_of_an_undone_scan_still_answers_as_then(phone: DoorPhone, world: World) -> None:
    scan = phone.made((await world.attendee(phone.event)).ticket)
    told = await phone.send(scan)
    await phone.undo(told)

    assert await phone.send(scan) == told


async def test_only_somebody_let_in_or_out_can_be_undone(phone: DoorPhone, world: World) -> None:
    refused = await phone.scan("nothing")
    told = await phone.scan((await world.attendee(phone.event)).ticket)
    undone = await phone.undo(told)

    for line in (refused, undone):
        assert (await phone.undo(line))["__typename"] == "InputNotValid"


async def test_yesterdays_check_ins_stand(phone: DoorPhone, world: World, clock: Clock) -> None:
    told = await phone.scan((await world.attendee(phone.event)).ticket)
    clock.now = clock.now.replace(day=23, hour=2, minute=59)  # 03:59 in Lisbon: still the same day
    still = await phone.scan((await world.attendee(phone.event)).ticket)
    assert (await phone.undo(still))["verdict"] == "UNDONE"
    clock.advance(minutes=1)

    assert (await phone.undo(told))["__typename"] == "InputNotValid"


async def test_only_the_door_team_undoes(phone: DoorPhone, front_door: FrontDoor, world: World) -> None:
    ana = await world.attendee(phone.event)
    told: dict[str, Any] = await phone.scan(ana.ticket)
    elsewhere = await world.team(await world.event())

    assert await front_door.refusal(UNDO, checkIn=told["id"]) == "UNAUTHENTICATED"
    assert await front_door.as_(ana.token).refusal(UNDO, checkIn=told["id"]) == "FORBIDDEN"
    stranger = await front_door.as_(elsewhere.token).ask(UNDO, checkIn=told["id"])
    nothing = await phone.undo({"id": global_id(Kind.CHECK_IN, uuid4(), phone.event.id)})
    assert stranger["undoCheckIn"]["__typename"] == nothing["__typename"] == "NotFound"
