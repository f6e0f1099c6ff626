"""A phone that is paired with a session's room: it stands there and nowhere else."""

from datetime import timedelta

import pytest
from starlette.applications import Starlette

from schema.ids import Kind, read_row
from server.doors.phones.models import PhoneKind
from server.events.models import Event
from tests.doors.paired import Paired, paired
from tests.front_door import FrontDoor
from tests.live_socket import live_socket
from tests.rooms.phone import CHECK_IN, SESSIONS, UNDO, RoomPhone, add_session
from tests.rooms.test_room_changed import CHANGED, sessions
from tests.world import World

REVOKE = "UPDATE door_phones SET revoked_at = $1"


async def counts(world: World) -> tuple[int, int]:
    """How many came and are here, by the table: a phone that ended may not ask."""
    came, here_now = await world.pool.fetchrow("SELECT came, here_now FROM room_sessions") or (0, 0)
    return came, here_now


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event()


@pytest.fixture
async def held(front_door: FrontDoor, world: World, event: Event) -> tuple[Paired, RoomPhone]:
    session = await add_session(front_door, world, event)
    kept = await paired(world, event, session, kind=PhoneKind.ROOM, helper="Lea")
    return kept, RoomPhone(front_door.as_phone(kept.token), event, session, world.clock)


async def test_it_counts_at_its_own_session_and_its_helper_stands_in_the_log(
    held: tuple[Paired, RoomPhone], world: World
) -> None:
    _, phone = held
    scan = phone.made((await world.attendee(phone.event, "Ana Duarte")).badge.token)

    assert (await phone.send(scan))["name"] == "Ana Duarte"
    assert await phone.counts() == (1, 1)
    logged = "SELECT name FROM room_check_ins JOIN door_helpers ON door_helpers.id = door_helper_id"
    assert await world.pool.fetchval(logged) == "Lea"
    assert (await phone.undo(scan["key"]))["verdict"] == "UNDONE"


async def test_it_sees_and_counts_at_no_other(
    held: tuple[Paired, RoomPhone], front_door: FrontDoor, world: World
) -> None:
    _, phone = held
    other = await RoomPhone.at(front_door, world, phone.event)
    scan = other.made((await world.attendee(phone.event)).ticket)
    await other.send(scan)

    seen = await phone.front_door.ask(SESSIONS, event=phone.event_gid)
    assert [each["id"] for each in seen["roomSessions"]] == [phone.session]
    assert (await phone.scan(scan["code"], session=other.session))["__typename"] == "NotFound"
    beside = RoomPhone(phone.front_door, phone.event, other.session, world.clock)
    assert (await beside.undo(scan["key"]))["__typename"] == "NotFound"


async def test_revoked_it_may_only_send_what_it_had_scanned_before(
    held: tuple[Paired, RoomPhone], world: World
) -> None:
    _, phone = held
    world.clock.advance(minutes=30)
    await world.pool.execute(REVOKE, world.clock())
    world.clock.advance(minutes=30)
    ana, ben = await world.attendee(phone.event), await world.attendee(phone.event)
    before = phone.made(ana.ticket, at=world.clock() - timedelta(minutes=45), offline=True)

    answers = await phone.replay(before, phone.made(ben.ticket, offline=True))

    assert [each["result"].get("verdict", each["result"]["__typename"]) for each in answers] == [
        "COUNTED", "ScannedTooLate",
    ]  # fmt: skip
    refusal = await phone.front_door.refusal(CHECK_IN, event=phone.event_gid, scan=phone.made(ben.ticket))
    assert refusal == "DOOR_PHONE_REVOKED"


async def test_revoked_with_one_scan_left_it_may_send_that_by_itself(
    held: tuple[Paired, RoomPhone], world: World
) -> None:
    _, phone = held
    world.clock.advance(minutes=30)
    kept = phone.made((await world.attendee(phone.event)).ticket, offline=True)
    world.clock.advance(minutes=1)
    await world.pool.execute(REVOKE, world.clock())
    world.clock.advance(minutes=30)

    told = await phone.send(kept | {"sentAt": world.clock().isoformat()})

    assert told["verdict"] == "COUNTED"


async def test_what_takes_a_scan_of_the_queue_back_is_taken_with_it_and_nothing_from_before(
    held: tuple[Paired, RoomPhone], world: World
) -> None:
    _, phone = held
    sent, kept = [phone.made((await world.attendee(phone.event)).ticket) for _ in range(2)]
    await phone.send(sent)
    world.clock.advance(minutes=1)
    await world.pool.execute(REVOKE, world.clock())
    world.clock.advance(minutes=30)
    await phone.replay(kept | {"sentAt": world.clock().isoformat()})
    assert await counts(world) == (2, 2)

    assert (await phone.undo(kept["key"]))["verdict"] == "UNDONE"
    assert (await phone.undo(kept["key"]))["verdict"] == "UNDONE"
    refusal = await phone.front_door.refusal(UNDO, session=phone.session, key=sent["key"])

    assert refusal == "DOOR_PHONE_REVOKED"
    assert await counts(world) == (1, 1)


async def test_at_its_next_room_it_still_takes_back_what_it_counted_at_the_one_before(
    held: tuple[Paired, RoomPhone], front_door: FrontDoor, world: World
) -> None:
    _, phone = held
    own, others = [phone.made((await world.attendee(phone.event)).ticket) for _ in range(2)]
    await phone.send(own)
    await (await RoomPhone.beside(front_door, world, phone.event, phone.session)).send(others)
    following = await add_session(front_door, world, phone.event)
    await world.pool.execute("UPDATE door_phones SET room_id = $1", read_row(following, Kind.ROOM_SESSION)[1])

    assert (await phone.undo(own["key"]))["verdict"] == "UNDONE"
    assert (await phone.undo(others["key"]))["__typename"] == "NotFound"


async def test_it_follows_its_own_count_until_it_is_revoked(
    app: Starlette, held: tuple[Paired, RoomPhone], front_door: FrontDoor, world: World
) -> None:
    kept, phone = held
    other = await RoomPhone.at(front_door, world, phone.event)
    async with live_socket(app, None, phone=kept.token) as socket:
        await socket.subscribe(CHANGED, event=phone.event_gid)
        assert [each["came"] for each in await sessions(socket)] == [0]
        await other.scan((await world.attendee(phone.event)).ticket)
        await phone.scan((await world.attendee(phone.event)).ticket)
        assert [each["came"] for each in await sessions(socket)] == [1]

        await world.pool.execute(REVOKE, world.clock())
        await other.scan((await world.attendee(phone.event)).ticket)
        assert (await socket.message())["type"] == "complete"
