"""Conflicts as doors and desk see them, the log as organizers read it, and the word that something changed."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from starlette.applications import Starlette

from server.doors.operations import topic_of
from server.events.models import Event, Role
from server.live import CHANNEL, wake
from tests.clock import Clock
from tests.doors.paired import Paired, paired
from tests.doors.phone import DoorPhone
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.live_socket import live_socket
from tests.world import World

CONFLICTS = """
    query ($event: ID!) { doorConflicts(event: $event) {
        id name foundAt seenAt seenBy scans { door helper scannedAt receivedAt offline shown verdict } } }
"""
CONFLICTS_ON = "query ($event: ID!, $on: Date) { doorConflicts(event: $event, on: $on) { name } }"
SEEN = """
    mutation ($conflict: ID!) { markConflictSeen(conflict: $conflict) {
        __typename ... on DoorConflict { seenAt seenBy } } }
"""
LOG = """
    query ($event: ID!, $show: DoorLogFilter, $door: ID, $first: Int! = 50, $after: String) {
        doorLog(event: $event, show: $show, door: $door, first: $first, after: $after) {
            edges { node { verdict shown offline undone direction name door helper phone scannedAt receivedAt } }
            pageInfo { hasNextPage endCursor } } }
"""
CHANGED = "subscription ($event: ID!) { doorChanged(event: $event) { event } }"
REVOKE = "mutation ($phone: ID!) { revokeDoorPhone(phone: $phone) { __typename } }"


@pytest.fixture
async def event(world: World) -> Event:
    return await world.event(scans_people_out=True)


class Doors:
    """Three doors, each with a paired phone."""

    def __init__(self, phones: dict[str, DoorPhone], held: dict[str, Paired]) -> None:
        self.phones, self.held = phones, held

    async def conflicts(self, name: str) -> list[dict[str, Any]]:
        phone = self.phones[name]
        found: list[dict[str, Any]] = (await phone.front_door.ask(CONFLICTS, event=phone.event_gid))["doorConflicts"]
        return found


@pytest.fixture
async def doors(front_door: FrontDoor, world: World, event: Event) -> Doors:
    phones, held = {}, {}
    for name in ("Main", "Garden", "Cellar"):
        door = await world.door(event, name)
        held[name] = await paired(world, event, door, helper=f"{name} helper")
        phones[name] = DoorPhone(front_door.as_phone(held[name].token), event, door, world.clock)
    return Doors(phones, held)


@contextlib.asynccontextmanager
async def heard(world: World) -> AsyncIterator[list[str]]:
    """The topics that are woken meanwhile."""
    topics: list[str] = []
    ended = asyncio.Event()

    def hear(*told: object) -> None:
        topics.append(str(told[-1]))
        if told[-1] == "end":
            ended.set()

    async with world.pool.acquire() as connection:
        await connection.add_listener(CHANNEL, hear)
        yield topics
        await wake(connection, "end")
        await ended.wait()
        await connection.remove_listener(CHANNEL, hear)


async def let_in_twice(doors: Doors, ticket: str, clock: Clock) -> None:
    """The garden had no network and let them in; then the main door did; then the garden's scan came."""
    kept = doors.phones["Garden"].made(ticket, offline=True, shown="ADMITTED")
    clock.advance(minutes=1)
    await doors.phones["Main"].scan(ticket)
    clock.advance(minutes=1)
    await doors.phones["Garden"].replay(kept | {"sentAt": doors.phones["Garden"].shown(clock())})


async def test_both_doors_and_the_desk_are_shown_it_and_no_other_door(
    doors: Doors, front_door: FrontDoor, world: World, event: Event, clock: Clock
) -> None:
    ana, ben = await world.attendee(event, "Ana"), await world.attendee(event, "Ben")
    await doors.phones["Main"].scan(ben.ticket)
    await let_in_twice(doors, ana.ticket, clock)
    desk = front_door.as_((await world.team(event, Role.DOOR_HELPER)).token)

    seen_by = [*[await doors.conflicts(name) for name in ("Main", "Garden")]]
    seen_by.append((await desk.ask(CONFLICTS, event=id_of(event)))["doorConflicts"])

    assert seen_by[0] == seen_by[1] == seen_by[2]
    [conflict] = seen_by[0]
    assert (conflict["name"], conflict["foundAt"], conflict["seenAt"]) == ("Ana", "2027-04-22T09:02:00Z", None)
    assert [(each["door"], each["helper"], each["offline"], each["shown"]) for each in conflict["scans"]] == [
        ("Garden", "Garden helper", True, "ADMITTED"), ("Main", "Main helper", False, None),
    ]  # fmt: skip
    assert await doors.conflicts("Cellar") == []


async def test_a_double_is_found_where_only_the_answer_was_lost(
    doors: Doors, world: World, event: Event, clock: Clock
) -> None:
    """The main door had let them in; the garden's phone never heard that, judged by itself, and sends the same key."""
    ana = await world.attendee(event, "Ana")
    await doors.phones["Main"].scan(ana.ticket)
    clock.advance(minutes=1)
    unheard = doors.phones["Garden"].made(ana.ticket)
    answered = await doors.phones["Garden"].send(unheard)

    [again] = await doors.phones["Garden"].replay(unheard | {"offline": True, "shown": "ADMITTED"})

    assert (again["result"], again["result"]["verdict"]) == (answered, "ALREADY_IN")
    [conflict] = await doors.conflicts("Garden")
    assert [(each["door"], each["shown"]) for each in conflict["scans"]] == [("Main", None), ("Garden", "ADMITTED")]


async def test_the_desk_says_once_that_it_saw_it_and_a_further_scan_is_news_again(
    doors: Doors, front_door: FrontDoor, world: World, event: Event, clock: Clock
) -> None:
    ana = await world.attendee(event, "Ana")
    kept = doors.phones["Cellar"].made(ana.ticket, offline=True, shown="ADMITTED")
    await let_in_twice(doors, ana.ticket, clock)
    desk = front_door.as_((await world.team(event)).token)
    [conflict] = await doors.conflicts("Main")

    told = (await desk.ask(SEEN, conflict=conflict["id"]))["markConflictSeen"]
    [after] = await doors.conflicts("Main")
    await doors.phones["Cellar"].replay(kept | {"sentAt": doors.phones["Cellar"].shown(clock())})
    [again] = await doors.conflicts("Main")

    assert told["seenAt"] == after["seenAt"] == "2027-04-22T09:02:00Z"
    assert (len(again["scans"]), again["seenAt"]) == (3, None)


async def test_a_double_of_the_day_before_is_shown_until_the_desk_has_seen_it(
    front_door: FrontDoor, world: World, clock: Clock
) -> None:
    """The garden's phone found a network only the next morning."""
    event = await world.event(ends_at=clock() + timedelta(days=2))
    phones = [await DoorPhone.at(front_door, world, event, name) for name in ("Main", "Garden")]
    ana, ben = await world.attendee(event, "Ana"), await world.attendee(event, "Ben")
    kept = [phones[1].made(each.ticket, offline=True, shown="ADMITTED") for each in (ana, ben)]
    for each in (ana, ben):
        await phones[0].scan(each.ticket)
    clock.advance(hours=22)
    await phones[1].replay(*(each | {"sentAt": phones[1].shown(clock())} for each in kept))
    desk = front_door.as_((await world.team(event)).token)

    before = (await desk.ask(CONFLICTS, event=id_of(event)))["doorConflicts"]
    await desk.ask(SEEN, conflict=next(each["id"] for each in before if each["name"] == "Ana"))
    after = (await desk.ask(CONFLICTS, event=id_of(event)))["doorConflicts"]
    yesterday = (await desk.ask(CONFLICTS_ON, event=id_of(event), on="2027-04-22"))["doorConflicts"]

    assert sorted(each["name"] for each in before) == ["Ana", "Ben"]
    assert [each["name"] for each in after] == ["Ben"]
    assert sorted(each["name"] for each in yesterday) == ["Ana", "Ben"]


async def test_the_log_holds_every_scan_refused_ones_too_with_helper_phone_and_both_times(
    doors: Doors, front_door: FrontDoor, world: World, event: Event, clock: Clock
) -> None:
    ana = await world.attendee(event, "Ana")
    kept = doors.phones["Garden"].made("nothing", offline=True, shown="NOT_RECOGNISED")
    clock.advance(minutes=5)
    told = await doors.phones["Main"].scan(ana.ticket)
    clock.advance(minutes=1)
    await doors.phones["Garden"].replay(kept | {"sentAt": doors.phones["Garden"].shown(clock())})
    clock.advance(minutes=1)
    await doors.phones["Main"].undo(told)
    organizer = front_door.as_((await world.team(event)).token)

    page = (await organizer.ask(LOG, event=id_of(event), first=2))["doorLog"]
    rest = (await organizer.ask(LOG, event=id_of(event), after=page["pageInfo"]["endCursor"]))["doorLog"]
    lines = [each["node"] for each in page["edges"] + rest["edges"]]

    assert [(line["verdict"], line["helper"], line["door"]) for line in lines] == [
        ("UNDONE", "Main helper", "Main"), ("NOT_RECOGNISED", "Garden helper", "Garden"),
        ("ADMITTED", "Main helper", "Main"),
    ]  # fmt: skip
    assert (lines[1]["scannedAt"], lines[1]["receivedAt"]) == ("2027-04-22T09:00:00Z", "2027-04-22T09:06:00Z")
    assert (lines[2]["undone"], lines[2]["phone"], lines[0]["direction"]) == (True, doors.held["Main"].id, None)
    for show, expected in (("REFUSED", ["NOT_RECOGNISED"]), ("OFFLINE", ["NOT_RECOGNISED"]), ("UNDONE", ["UNDONE"])):
        some = (await organizer.ask(LOG, event=id_of(event), show=show))["doorLog"]["edges"]
        assert [each["node"]["verdict"] for each in some] == expected
    at_garden = (await organizer.ask(LOG, event=id_of(event), door=doors.phones["Garden"].door))["doorLog"]["edges"]
    assert len(at_garden) == 1


async def test_a_phone_hears_of_changes_and_is_cut_off_the_moment_it_is_revoked(
    doors: Doors, app: Starlette, front_door: FrontDoor, world: World, event: Event
) -> None:
    ana = await world.attendee(event)
    organizer = front_door.as_((await world.team(event)).token)
    async with live_socket(app, None, phone=doors.held["Garden"].token) as socket:
        await socket.subscribe(CHANGED, event=id_of(event))
        first = await socket.frame()
        await doors.phones["Main"].scan(ana.ticket)
        second = await socket.frame()
        await organizer.ask(REVOKE, phone=doors.held["Garden"].id)

        refused = await socket.refusal()

    assert first == second == {"event": id_of(event)}
    assert refused == "DOOR_PHONE_REVOKED"


async def test_scans_at_once_at_all_doors_leave_every_double_in_the_list(
    doors: Doors, world: World, event: Event, clock: Clock
) -> None:
    people = [await world.attendee(event) for _ in range(10)]
    queues = {
        name: [phone.made(each.ticket, offline=True, shown="ADMITTED") for each in people]
        for name, phone in doors.phones.items()
    }
    clock.advance(minutes=10)
    await asyncio.gather(*(doors.phones[name].replay(*queue) for name, queue in queues.items()))

    for name in doors.phones:
        assert [len(each["scans"]) for each in await doors.conflicts(name)] == [3] * 10


async def test_doors_hear_of_a_double_at_once_that_moves_no_figure(
    doors: Doors, world: World, event: Event, clock: Clock
) -> None:
    ana = await world.attendee(event)
    await doors.phones["Main"].scan(ana.ticket)
    clock.advance(minutes=1)
    kept = doors.phones["Garden"].made(ana.ticket, offline=True, shown="ADMITTED")
    clock.advance(minutes=1)
    await doors.phones["Main"].scan(ana.ticket)

    async with heard(world) as topics:
        await doors.phones["Garden"].replay(kept | {"sentAt": doors.phones["Garden"].shown(clock())})

    assert topic_of(event.id) in topics
    assert len(await doors.conflicts("Garden")) == 1
