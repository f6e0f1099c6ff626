"""A phone's queue, sent when the network is back."""

from datetime import timedelta

import pytest

from schema.ids import Kind, global_id
from tests.clock import Clock
from tests.doors.phone import REPLAY, DoorPhone, figures
from tests.front_door import FrontDoor
from tests.world import World


@pytest.fixture
async def phone(front_door: FrontDoor, world: World) -> DoorPhone:
    return await DoorPhone.at(front_door, world, await world.event(scans_people_out=True))


async def test_each_scan_is_answered_in_order_and_a_refusal_stops_none(phone: DoorPhone, world: World) -> None:
    ana, ben = await world.attendee(phone.event), await world.attendee(phone.event)
    first = phone.made(ana.ticket, offline=True)
    scans = [first, phone.made(ben.ticket, key="bad"), first | {"code": ben.ticket}, phone.made(ana.ticket), first,
             phone.made(ben.ticket, door="bad"), phone.made("who", offline=True), phone.made(ben.ticket)]  # fmt: skip

    answers = await phone.replay(*scans)

    assert [answer["key"] for answer in answers] == [scan["key"] for scan in scans]
    assert [answer["result"].get("verdict", answer["result"]["__typename"]) for answer in answers] == [
        "ADMITTED", "InputNotValid", "KeyReused", "ALREADY_IN", "ADMITTED", "NotFound", "NOT_RECOGNISED", "ADMITTED",
    ]  # fmt: skip
    assert answers[0]["result"]["offline"] is True


async def test_a_queue_may_be_sent_any_number_of_times(phone: DoorPhone, front_door: FrontDoor, world: World) -> None:
    scans = [phone.made((await world.attendee(phone.event)).ticket, offline=True) for _ in range(5)]

    first = await phone.replay(*scans)

    assert await phone.replay(*reversed(scans)) == list(reversed(first))
    assert (await figures(front_door, world, phone.event))["came"] == 5


async def test_a_double_found_at_reconnecting_is_told_and_the_first_true_time_stands(
    phone: DoorPhone, front_door: FrontDoor, world: World, clock: Clock
) -> None:
    ana = await world.attendee(phone.event)
    garden = await DoorPhone.at(front_door, world, phone.event, "Garden")
    kept = garden.made(ana.ticket, offline=True)
    clock.advance(minutes=20)
    online = await phone.scan(ana.ticket)
    clock.advance(minutes=40)

    [answer] = await garden.replay(kept | {"sentAt": garden.shown(clock())})

    assert online["verdict"] == "ADMITTED"
    assert answer["result"]["verdict"] == "ALREADY_IN"
    assert (answer["result"]["firstInAt"], answer["result"]["door"]["name"]) == ("2027-04-22T09:20:00Z", "Main door")
    seen = await figures(front_door, world, phone.event)
    assert seen["arrivals"] == [{"startsAt": "2027-04-22T09:00:00Z", "arrivals": 1, "departures": 0}]
    assert seen["doors"] == [{"name": "Garden", "checkIns": 1}, {"name": "Main door", "checkIns": 0}]


async def test_a_clock_a_day_off_does_not_matter(
    phone: DoorPhone, front_door: FrontDoor, world: World, clock: Clock
) -> None:
    for off in (timedelta(days=-1), timedelta(days=1, minutes=7)):
        ana = await world.attendee(phone.event)
        wrong = phone.with_clock_off(seconds=off.total_seconds())
        await wrong.replay(wrong.made(ana.ticket, at=clock() - timedelta(minutes=30), offline=True))

    seen = await figures(front_door, world, phone.event)
    assert seen["arrivals"] == [{"startsAt": "2027-04-22T08:30:00Z", "arrivals": 2, "departures": 0}]


async def test_nothing_happens_in_the_future_or_before_scans_count(
    phone: DoorPhone, world: World, clock: Clock
) -> None:
    times = {
        clock() + timedelta(hours=3): clock(),
        clock() - timedelta(days=300): phone.event.starts_at - timedelta(hours=12),
        clock().replace(year=1): phone.event.starts_at - timedelta(hours=12),
        clock().replace(year=9999): clock(),
    }
    for at, happened_at in times.items():
        ana = await world.attendee(phone.event)
        await phone.scan(ana.ticket, at=at)

        assert await world.pool.fetchval("SELECT happened_at FROM check_ins ORDER BY id DESC LIMIT 1") == happened_at


async def test_without_the_time_of_sending_the_phones_clock_is_taken_to_be_right(
    phone: DoorPhone, world: World, clock: Clock
) -> None:
    ana = await world.attendee(phone.event)

    await phone.scan(ana.ticket, at=clock() - timedelta(minutes=30), sentAt=None)

    happened_at = await world.pool.fetchval("SELECT happened_at FROM check_ins")
    assert happened_at == clock() - timedelta(minutes=30)


async def test_more_than_500_at_once_are_refused(phone: DoorPhone) -> None:
    scan = phone.made("nothing")

    assert await phone.front_door.refusal(REPLAY, event=phone.event_gid, scans=[scan] * 501) == "REFUSED"


async def test_only_the_door_team_replays(phone: DoorPhone, front_door: FrontDoor, world: World) -> None:
    ana = await world.attendee(phone.event)
    stranger = await world.person()
    arguments = {"event": phone.event_gid, "scans": [phone.made(ana.ticket)]}

    assert await front_door.refusal(REPLAY, **arguments) == "UNAUTHENTICATED"
    assert await front_door.as_(ana.token).refusal(REPLAY, **arguments) == "FORBIDDEN"
    assert await front_door.as_(stranger.token).refusal(REPLAY, **arguments) == "NOT_FOUND"
    arguments["event"] = global_id(Kind.EVENT, (await world.event()).id)
    assert await phone.front_door.refusal(REPLAY, **arguments) == "NOT_FOUND"
