"""Attendance as it moves, over a real WebSocket."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette

from server import frames
from server.events.models import Event, Role
from tests.attendance.documents import id_of
from tests.doors.phone import DoorPhone
from tests.front_door import FrontDoor
from tests.live_socket import PATIENCE, LiveSocket, live_socket
from tests.world import Somebody, World

CHANGED = """
    subscription ($event: ID!, $on: Date) { attendanceChanged(event: $event, on: $on) {
        came expected day arrivals { arrivals } } }
"""


class Screen:
    """An attendance screen: one subscription over one socket."""

    def __init__(self, socket: LiveSocket) -> None:
        self._socket = socket
        self.message, self.frame, self.refusal = socket.message, socket.frame, socket.refusal

    async def watch(self, event: Event, on: str | None = None) -> None:
        await self._socket.subscribe(CHANGED, event=id_of(event), on=on)

    async def until_came(self, count: int) -> list[int]:
        """What frames said of how many came, up to `count`."""
        said = [(await self.frame())["came"]]
        while said[-1] != count:
            said.append((await self.frame())["came"])
        return said


@contextlib.asynccontextmanager
async def screen(app: Starlette, somebody: Somebody | None) -> AsyncIterator[Screen]:
    """A screen of somebody who is signed in by cookie."""
    async with live_socket(app, somebody.token if somebody else None) as socket:
        yield Screen(socket)


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event()


@pytest.fixture
async def phone(front_door: FrontDoor, world: World, event: Event) -> DoorPhone:
    return await DoorPhone.at(front_door, world, event)


async def test_a_check_in_at_another_phone_is_seen_without_asking(
    app: Starlette, phone: DoorPhone, world: World, event: Event
) -> None:
    ana = await world.attendee(event)
    async with screen(app, await world.team(event)) as organizer:
        await organizer.watch(event)
        assert await organizer.frame() == {"came": 0, "expected": 1, "day": "2027-04-22", "arrivals": []}

        told = await phone.scan(ana.ticket)
        assert await organizer.frame() == {
            "came": 1, "expected": 1, "day": "2027-04-22", "arrivals": [{"arrivals": 1}],
        }  # fmt: skip

        await phone.undo(told)
        assert (await organizer.frame())["came"] == 0


async def test_however_busy_the_doors_few_frames_are_sent_and_the_last_one_always(
    app: Starlette, phone: DoorPhone, world: World, event: Event
) -> None:
    people = [await world.attendee(event) for _ in range(60)]
    loop = asyncio.get_running_loop()
    async with screen(app, await world.team(event)) as organizer:
        await organizer.watch(event)
        await organizer.frame()
        began = loop.time()

        scanning = asyncio.gather(*(phone.scan(person.ticket) for person in people))
        said = await organizer.until_came(60)
        seconds = loop.time() - began
        await scanning

    assert len(said) <= 2 + seconds / frames.FRAME_SECONDS
    assert said == sorted(said)


async def test_all_who_watch_one_day_share_its_frames(
    app: Starlette, phone: DoorPhone, world: World, event: Event
) -> None:
    ana = await world.attendee(event)
    async with contextlib.AsyncExitStack() as stack:
        screens = [await stack.enter_async_context(screen(app, await world.team(event))) for _ in range(3)]
        for each in screens:
            await each.watch(event)
            await each.frame()
        assert app.state.services.attendance.watched == 1

        await phone.scan(ana.ticket)

        assert [(await each.frame())["came"] for each in screens] == [1, 1, 1]
    async with asyncio.timeout(PATIENCE):
        while app.state.services.attendance.watched:  # noqa: ASYNC110 - the sockets' ends are noticed one by one
            await asyncio.sleep(0.01)


async def test_a_refused_scan_and_a_repeat_are_told_of_though_no_figure_moves(
    app: Starlette, phone: DoorPhone, world: World, event: Event
) -> None:
    ana = await world.attendee(event)
    async with screen(app, await world.team(event)) as organizer:
        await organizer.watch(event)
        await organizer.frame()
        await phone.scan(ana.ticket)
        assert await organizer.until_came(1) == [1]

        for code, verdict in (("NOBODYS000", "NOT_RECOGNISED"), (ana.ticket, "ALREADY_IN")):
            assert (await phone.scan(code))["verdict"] == verdict
            assert (await organizer.frame())["came"] == 1


async def test_another_day_does_not_move(app: Starlette, phone: DoorPhone, world: World, event: Event) -> None:
    organizer = await world.team(event)
    async with screen(app, organizer) as today, screen(app, organizer) as tomorrow:
        await today.watch(event)
        await tomorrow.watch(event, on="2027-04-23")
        await today.frame()
        assert (await tomorrow.frame())["day"] == "2027-04-23"

        await phone.scan((await world.attendee(event)).ticket)
        await today.until_came(1)
        await world.door(event, "One more door")
        await phone.scan((await world.attendee(event)).ticket)

        assert (await tomorrow.frame())["came"] == 0


@pytest.mark.parametrize("role", [None, Role.DOOR_HELPER])
async def test_only_organizers_watch(app: Starlette, world: World, event: Event, role: Role | None) -> None:
    somebody = (await world.attendee(event)).person if role is None else await world.team(event, role)
    async with screen(app, somebody) as refused:
        await refused.watch(event)
        assert await refused.refusal() == "FORBIDDEN"
        assert (await refused.message())["type"] == "complete"


async def test_strangers_and_the_signed_out_watch_nothing(app: Starlette, world: World, event: Event) -> None:
    for somebody, code in ((None, "UNAUTHENTICATED"), (await world.team(await world.event()), "NOT_FOUND")):
        async with screen(app, somebody) as refused:
            await refused.watch(event)
            assert await refused.refusal() == code


@pytest.mark.parametrize(
    "ending",
    [
        "DELETE FROM event_roles WHERE person_id = $1",
        "UPDATE event_roles SET role = 'DOOR_HELPER' WHERE person_id = $1",
        "UPDATE sessions SET ended_at = now() WHERE person_id = $1",
    ],
)
async def test_whoever_loses_role_or_session_sees_nothing_more(
    app: Starlette, phone: DoorPhone, world: World, event: Event, ending: str
) -> None:
    organizer = await world.team(event)
    async with screen(app, organizer) as watching_on:
        await watching_on.watch(event)
        await watching_on.frame()

        await world.pool.execute(ending, organizer.id)
        await phone.scan((await world.attendee(event)).ticket)

        assert (await watching_on.message())["type"] == "complete"


async def test_a_lost_role_is_noticed_even_while_nothing_moves(
    app: Starlette, world: World, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "LOOK_AGAIN_SECONDS", 0.05)
    organizer = await world.team(event)
    async with screen(app, organizer) as watching_on:
        await watching_on.watch(event)
        await watching_on.frame()

        await world.pool.execute("DELETE FROM event_roles WHERE person_id = $1", organizer.id)

        assert (await watching_on.message())["type"] == "complete"


async def test_an_event_that_is_forgotten_ends_the_watching(
    app: Starlette, phone: DoorPhone, world: World, event: Event
) -> None:
    async with screen(app, await world.team(event)) as organizer:
        await organizer.watch(event)
        await organizer.frame()

        await world.pool.execute("DELETE FROM events WHERE id = $1", event.id)
        await world.pool.execute("SELECT pg_notify('handsel_live', $1)", f"attendance:{event.id}")

        assert (await organizer.message())["type"] == "complete"
