"""Counting somebody at a session, by badge or ticket."""

import asyncio
from datetime import timedelta

import pytest

from schema.ids import Kind, global_id
from server.events.models import Event
from tests.doors.phone import figures
from tests.front_door import FrontDoor
from tests.rooms.phone import CHECK_IN, REPLAY, RoomPhone, add_session
from tests.world import Attendee, World


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event(scans_people_out=True)


@pytest.fixture
async def phone(front_door: FrontDoor, world: World, event: Event) -> RoomPhone:
    return await RoomPhone.at(front_door, world, event)


async def cancel(world: World, who: Attendee) -> None:
    """Their place is cancelled, at this instant."""
    await world.pool.execute(
        "UPDATE registrations SET cancelled_at = $1 WHERE id = $2", world.clock(), who.registration_id
    )


async def test_badge_and_ticket_count_the_same_person_once(phone: RoomPhone, world: World) -> None:
    ana = await world.attendee(phone.event, "Ana Duarte")

    told = [await phone.scan(code) for code in (ana.badge.token, ana.badge.code.lower(), ana.ticket)]

    assert [each["verdict"] for each in told] == ["COUNTED", "ALREADY", "ALREADY"]
    assert {each["name"] for each in told} == {"Ana Duarte"}
    assert await phone.counts() == (1, 1)


async def test_a_scan_of_a_badge_that_was_replaced_before_it_was_sent_counts(phone: RoomPhone, world: World) -> None:
    ana, ben = [await world.attendee(phone.event) for _ in range(2)]
    kept = phone.made(ana.badge.token, offline=True)
    world.clock.advance(minutes=10)
    await world.pool.execute("UPDATE badges SET revoked_at = $1", world.clock())
    world.clock.advance(minutes=10)

    told = [await phone.send(kept | {"sentAt": world.clock().isoformat()}), await phone.scan(ben.badge.token)]

    assert [each["verdict"] for each in told] == ["COUNTED", "NOT_RECOGNISED"]


async def test_somebody_goes_and_comes_again_and_has_come_once(phone: RoomPhone, world: World) -> None:
    ana = await world.attendee(phone.event)

    told = []
    for direction in ("IN", "OUT", "IN", "OUT"):
        world.clock.advance(minutes=1)
        told.append((await phone.scan(ana.ticket, direction=direction))["verdict"])

    assert told == ["COUNTED", "LEFT", "COUNTED", "LEFT"]
    assert await phone.counts() == (1, 0)


async def test_a_full_room_is_told_of_and_counts_all_the_same(
    front_door: FrontDoor, world: World, event: Event
) -> None:
    phone = await RoomPhone.at(front_door, world, event, capacity=1)
    ana, ben, cem = [await world.attendee(event) for _ in range(3)]

    told = [(await phone.scan(each.ticket))["verdict"] for each in (ana, ben, ben)]
    assert told == ["COUNTED", "FULL", "ALREADY"]
    assert await phone.counts() == (2, 2)

    world.clock.advance(minutes=1)
    for each in (ana, ben):
        await phone.scan(each.ticket, direction="OUT")
    assert (await phone.scan(cem.ticket))["verdict"] == "COUNTED"


async def test_many_phones_at_one_room_count_each_once_and_see_where_it_is_full(
    front_door: FrontDoor, world: World, event: Event
) -> None:
    session = await add_session(front_door, world, event, capacity=5)
    phones = [await RoomPhone.beside(front_door, world, event, session) for _ in range(3)]
    people = [await world.attendee(event) for _ in range(8)]

    told = await asyncio.gather(*(phone.scan(each.ticket) for phone in phones for each in people))

    verdicts = sorted(each["verdict"] for each in told)
    assert verdicts == ["ALREADY"] * 16 + ["COUNTED"] * 5 + ["FULL"] * 3
    assert await phones[0].counts() == (8, 8)


async def test_what_is_nobodys_here_is_not_counted_and_names_nobody(phone: RoomPhone, world: World) -> None:
    elsewhere = await world.attendee(await world.event())
    gone, cancelled = await world.attendee(phone.event), await world.attendee(phone.event)
    await world.pool.execute("UPDATE badges SET revoked_at = issued_at WHERE id = $1", gone.badge_id)
    await cancel(world, cancelled)
    world.clock.advance(minutes=1)

    told = [
        await phone.scan(code)
        for code in (elsewhere.badge.token, elsewhere.ticket, gone.badge.token, cancelled.ticket, "what is this")
    ]

    assert {(each["verdict"], each["name"]) for each in told} == {("NOT_RECOGNISED", None)}
    assert await phone.counts() == (0, 0)


async def test_who_cancels_afterwards_was_there_and_may_be_counted_out(phone: RoomPhone, world: World) -> None:
    ana, ben = await world.attendee(phone.event), await world.attendee(phone.event)
    kept = phone.made(ana.ticket, offline=True)
    await phone.scan(ben.ticket)
    world.clock.advance(minutes=10)
    for each in (ana, ben):
        await cancel(world, each)
    world.clock.advance(minutes=10)

    assert (await phone.send(kept | {"sentAt": world.clock().isoformat()}))["verdict"] == "COUNTED"
    assert await phone.counts() == (2, 2)
    assert (await phone.scan(ben.ticket, direction="OUT"))["verdict"] == "LEFT"
    assert await phone.counts() == (2, 1)


async def test_a_session_feeds_neither_attendance_nor_another_session(
    phone: RoomPhone, front_door: FrontDoor, world: World
) -> None:
    other = await RoomPhone.at(front_door, world, phone.event)
    ana = await world.attendee(phone.event)

    await phone.scan(ana.badge.token)

    assert await other.counts() == (0, 0)
    seen = await figures(front_door, world, phone.event)
    assert (seen["came"], seen["hereNow"], seen["arrivals"]) == (0, 0, [])
    assert await world.pool.fetchval("SELECT count(*) FROM check_ins") == 0
    assert await world.pool.fetchval("SELECT count(*) FROM swaps") == 0


async def test_the_same_key_answers_the_same_and_another_content_is_refused(phone: RoomPhone, world: World) -> None:
    ana, ben = await world.attendee(phone.event), await world.attendee(phone.event)
    scan = phone.made(ana.ticket)

    first = await phone.send(scan)
    again = await phone.send(scan | {"code": f" {ana.ticket.lower()} ", "offline": True})
    other = await phone.send(scan | {"code": ben.ticket})

    assert (first, again) == (first, first)
    assert other["__typename"] == "KeyReused"
    assert await phone.counts() == (1, 1)


async def test_a_scan_is_taken_back_once_and_the_counts_with_it(phone: RoomPhone, world: World) -> None:
    ana = await world.attendee(phone.event, "Ana Duarte")
    scan = phone.made(ana.ticket)
    await phone.send(scan)

    undone = [await phone.undo(scan["key"]) for _ in range(2)]

    assert [(each["verdict"], each["name"]) for each in undone] == [("UNDONE", "Ana Duarte")] * 2
    assert await phone.counts() == (0, 0)
    assert (await phone.send(scan))["verdict"] == "COUNTED"  # what was told then, told again; it counts no more
    assert await phone.counts() == (0, 0)
    assert (await phone.scan(ana.ticket))["verdict"] == "COUNTED"


async def test_only_somebody_counted_can_be_taken_back(phone: RoomPhone) -> None:
    scan = phone.made("nobody's")
    await phone.send(scan)

    assert (await phone.undo(scan["key"]))["__typename"] == "InputNotValid"
    assert (await phone.undo(phone.made("x")["key"]))["__typename"] == "NotFound"


async def test_a_queue_is_answered_in_order_and_a_refusal_stops_none(phone: RoomPhone, world: World) -> None:
    ana, ben = await world.attendee(phone.event), await world.attendee(phone.event)
    made = phone.made(ana.ticket, at=world.clock() - timedelta(minutes=20), offline=True)
    scans = [made, phone.made(ben.ticket, key="bad"), phone.made(ben.ticket, session="bad"), phone.made(" "),
             made | {"code": ben.ticket}, phone.made(ben.ticket, offline=True), made]  # fmt: skip

    answers = await phone.replay(*scans)

    assert [each["key"] for each in answers] == [each["key"] for each in scans]
    assert [each["result"].get("verdict", each["result"]["__typename"]) for each in answers] == [
        "COUNTED", "InputNotValid", "NotFound", "InputNotValid", "KeyReused", "COUNTED", "COUNTED",
    ]  # fmt: skip
    again = await phone.replay(*scans)
    assert [each["result"].get("verdict") for each in again] == [each["result"].get("verdict") for each in answers]
    assert await phone.counts() == (2, 2)
    happened_at = await world.pool.fetchval("SELECT min(happened_at) FROM room_check_ins")
    assert happened_at == world.clock() - timedelta(minutes=20)


async def test_only_the_door_team_of_that_event_counts(phone: RoomPhone, front_door: FrontDoor, world: World) -> None:
    ana, stranger = await world.attendee(phone.event), await world.person()
    arguments = {"event": phone.event_gid, "scan": phone.made(ana.ticket)}

    assert await front_door.refusal(CHECK_IN, **arguments) == "UNAUTHENTICATED"
    assert await front_door.as_(ana.token).refusal(CHECK_IN, **arguments) == "FORBIDDEN"
    other = await RoomPhone.at(front_door, world, await world.event())
    assert (await phone.scan(ana.ticket, session=other.session))["__typename"] == "NotFound"
    queue = {"event": phone.event_gid, "scans": [phone.made(ana.ticket)]}
    assert await front_door.as_(stranger.token).refusal(REPLAY, **queue) == "NOT_FOUND"
    queue["event"] = global_id(Kind.EVENT, other.event.id)
    assert await phone.front_door.refusal(REPLAY, **queue) == "NOT_FOUND"
