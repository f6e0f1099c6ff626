"""An organizer writes the programme of sessions; the door team reads it, and attendees see nothing of it."""

from datetime import timedelta
from typing import Any

import pytest

from schema.ids import Kind, global_id
from server.events.models import Event, Role
from tests.front_door import FrontDoor
from tests.rooms.phone import ADD, PUT_BACK, REMOVE, SESSIONS, UPDATE, RoomPhone, draft
from tests.world import World


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event()


@pytest.fixture
async def organizer(front_door: FrontDoor, world: World, event: Event) -> FrontDoor:
    return front_door.as_((await world.team(event)).token)


def gid(event: Event) -> str:
    return global_id(Kind.EVENT, event.id)


async def titles(door: FrontDoor, event: Event) -> list[str]:
    return [each["title"] for each in (await door.ask(SESSIONS, event=gid(event)))["roomSessions"]]


async def test_sessions_stand_in_the_order_of_the_day(organizer: FrontDoor, world: World, event: Event) -> None:
    now = world.clock()
    late = draft(world.clock, title="Late", startsAt=now + timedelta(hours=2), endsAt=now + timedelta(hours=3))
    early = draft(world.clock, title=" Early \n one ", room=None, capacity=12)
    sessions = [{"key": world.new_key(), "session": each} for each in (late, early)]

    added = (await organizer.ask(ADD, event=gid(event), sessions=sessions))["addRoomSessions"]["sessions"]

    assert [each["title"] for each in added] == ["Late", "Early one"]
    assert (added[1]["room"], added[1]["capacity"], added[1]["came"]) == (None, 12, 0)
    assert await titles(organizer, event) == ["Early one", "Late"]


async def test_sent_again_the_same_sessions_are_added_once(organizer: FrontDoor, world: World, event: Event) -> None:
    sent: dict[str, Any] = {
        "event": gid(event), "sessions": [{"key": world.new_key(), "session": draft(world.clock)} for _ in range(2)],
    }  # fmt: skip

    first = await organizer.ask(ADD, **sent)

    assert await organizer.ask(ADD, **sent) == first
    assert len(await titles(organizer, event)) == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"room": "x" * 61}, "room"),
        ({"capacity": 0}, "capacity"),
        ({"hours": 0}, "endsAt"),
        ({"hours": 30}, "endsAt"),
        ({"days": 5}, "startsAt"),
    ],
)
async def test_one_that_is_not_well_is_named_by_its_place_and_none_is_added(
    organizer: FrontDoor, world: World, event: Event, wrong: dict[str, Any], field: str
) -> None:
    starts_at = world.clock() + timedelta(days=wrong.pop("days", 0))
    times = {"startsAt": starts_at, "endsAt": starts_at + timedelta(hours=wrong.pop("hours", 1))}
    sessions = [
        {"key": world.new_key(), "session": each} for each in (draft(world.clock), draft(world.clock, **times, **wrong))
    ]

    refused = (await organizer.ask(ADD, event=gid(event), sessions=sessions))["addRoomSessions"]

    assert (refused["__typename"], refused["field"]) == ("InputNotValid", f"sessions.1.{field}")
    assert await titles(organizer, event) == []


async def test_a_session_is_changed_and_keeps_its_counts(
    organizer: FrontDoor, front_door: FrontDoor, world: World, event: Event
) -> None:
    phone = await RoomPhone.at(front_door, world, event)
    await phone.scan((await world.attendee(event)).ticket)

    changed = await organizer.ask(UPDATE, id=phone.session, session=draft(world.clock, title="Zips", capacity=3))

    assert changed["updateRoomSession"]["title"] == "Zips"
    assert await phone.counts() == (1, 1)


async def test_a_removed_session_is_put_back_with_what_came_meanwhile(
    organizer: FrontDoor, front_door: FrontDoor, world: World, event: Event
) -> None:
    phone = await RoomPhone.at(front_door, world, event)

    await organizer.ask(REMOVE, id=phone.session)
    assert await titles(organizer, event) == []
    assert (await phone.scan((await world.attendee(event)).ticket))["verdict"] == "COUNTED"
    await organizer.ask(PUT_BACK, id=phone.session)

    assert await phone.counts() == (1, 1)


async def test_the_programme_is_written_by_organizers_and_read_by_the_door_team(
    front_door: FrontDoor, world: World, event: Event
) -> None:
    helper, ana = await world.team(event, Role.DOOR_HELPER), await world.attendee(event)
    sessions = [{"key": world.new_key(), "session": draft(world.clock)}]

    assert await titles(front_door.as_(helper.token), event) == []
    assert await front_door.as_(helper.token).refusal(ADD, event=gid(event), sessions=sessions) == "FORBIDDEN"
    assert await front_door.as_(ana.token).refusal(SESSIONS, event=gid(event)) == "FORBIDDEN"
    assert await front_door.refusal(SESSIONS, event=gid(event)) == "UNAUTHENTICATED"
