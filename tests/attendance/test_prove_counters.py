"""Counters and admissions are proved against the doors' log."""

import pytest
from structlog.testing import capture_logs

from server.attendance.models import Proof
from server.attendance.proof import prove_counters
from server.doors.timeline import Count
from server.jobs.attendance import prove_attendance_counters
from server.jobs.kinds import Tools
from server.retention.operations import age
from tests.clock import Clock
from tests.doors.phone import DoorPhone
from tests.front_door import FrontDoor
from tests.world import Attendee, World


@pytest.fixture
async def phone(front_door: FrontDoor, world: World) -> DoorPhone:
    return await DoorPhone.at(front_door, world, await world.event())


@pytest.fixture
async def ana(phone: DoorPhone, world: World) -> Attendee:
    ana = await world.attendee(phone.event)
    await phone.scan(ana.ticket)
    return ana


async def proof(world: World, phone: DoorPhone) -> Proof:
    async with world.pool.acquire() as connection:
        return await prove_counters(connection, event_id=phone.event.id, day=phone.event.day_of(world.clock()))


async def test_what_was_counted_by_the_doors_holds(phone: DoorPhone, world: World, ana: Attendee) -> None:
    assert (await proof(world, phone)).holds
    assert await prove_attendance_counters(Tools(world.pool, world.clock, world.secrets)) == 0


async def test_a_counter_that_says_too_much_is_found(
    phone: DoorPhone, world: World, ana: Attendee, clock: Clock
) -> None:
    await world.pool.execute("UPDATE attendance_counters SET came = came + 2")

    [difference] = (await proof(world, phone)).counters

    assert (difference.count, difference.kept, difference.proved) == (Count.CAME, 3, 1)
    assert difference.minute == clock()


async def test_a_counter_that_is_gone_is_found(phone: DoorPhone, world: World, ana: Attendee) -> None:
    await world.pool.execute("DELETE FROM attendance_counters")

    counts = {each.count: (each.kept, each.proved) for each in (await proof(world, phone)).counters}

    assert counts == {Count.CAME: (0, 1), Count.ARRIVALS: (0, 1)}


@pytest.mark.parametrize("damage", ["DELETE FROM admissions", "UPDATE admissions SET is_in = false"])
async def test_an_admission_that_the_log_does_not_bear_out_is_found(
    phone: DoorPhone, world: World, ana: Attendee, damage: str
) -> None:
    await world.pool.execute(damage)

    assert (await proof(world, phone)).admissions == (ana.registration_id,)


async def test_an_admission_without_a_log_is_found(phone: DoorPhone, world: World) -> None:
    ben = await world.attendee(phone.event)
    await world.admit(ben)

    assert (await proof(world, phone)).admissions == (ben.registration_id,)


async def test_the_job_tells_of_a_day_that_differs_by_ids_alone(phone: DoorPhone, world: World, ana: Attendee) -> None:
    await world.pool.execute("UPDATE attendance_counters SET came = 7")

    with capture_logs() as logs:
        assert await prove_attendance_counters(Tools(world.pool, world.clock, world.secrets)) == 1

    assert logs == [
        {
            "event": "attendance differs from the doors' log", "log_level": "error", "counters": 1, "admissions": 0,
            "event_id": str(phone.event.id), "day": "2027-04-22",
        }
    ]  # fmt: skip


async def test_where_the_log_is_no_longer_kept_nothing_is_found(
    phone: DoorPhone, world: World, ana: Attendee, clock: Clock
) -> None:
    await world.pool.execute("UPDATE events SET retention_days = 1")
    clock.now = phone.event.ends_at
    clock.advance(days=1)
    async with world.pool.acquire() as connection:
        await age(connection, event_id=phone.event.id, now=clock())

    assert await prove_attendance_counters(Tools(world.pool, world.clock, world.secrets)) == 0
