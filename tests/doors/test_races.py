"""Many doors at once, and the end of a process half-way."""

import asyncio
from collections import Counter
from typing import Any

import asyncpg
import pytest
from starlette.applications import Starlette

from server.attendance.proof import prove_counters
from server.db import Pool
from server.desk.operations import register_walk_in
from server.doors import operations
from server.doors.keepers import Keeper
from server.doors.models import CheckInDirection, DoorScan
from server.ids import new_id
from tests.clock import Clock
from tests.desk.documents import register
from tests.doors.phone import DoorPhone, figures
from tests.front_door import FrontDoor
from tests.world import World

#: Role, event, key; ticket, day, log, admission, counters, wake-up; and the answer.
STATEMENTS_OF_A_CHECK_IN = 10


@pytest.fixture
async def phones(app: Starlette, front_door: FrontDoor, world: World) -> list[DoorPhone]:
    """At twenty doors. However slow the machine, no request of hundreds at once is given up."""
    app.state.graphql.deadline = 120
    event = await world.event(scans_people_out=True)
    return [await DoorPhone.at(front_door, world, event, f"Door {number}") for number in range(20)]


async def holds(world: World, phone: DoorPhone) -> bool:
    async with world.pool.acquire() as connection:
        proof = await prove_counters(connection, event_id=phone.event.id, day=phone.event.day_of(world.clock()))
    return proof.holds


async def test_of_twenty_doors_that_scan_one_ticket_exactly_one_admits(
    phones: list[DoorPhone], front_door: FrontDoor, world: World
) -> None:
    ana = await world.attendee(phones[0].event)

    answers = await asyncio.gather(*(phone.scan(ana.ticket) for phone in phones))

    assert Counter(answer["verdict"] for answer in answers) == {"ADMITTED": 1, "ALREADY_IN": 19}
    admitted = next(phone for phone, answer in zip(phones, answers, strict=True) if answer["verdict"] == "ADMITTED")
    assert {answer["door"]["id"] for answer in answers if answer["door"]} == {admitted.door}
    assert (await figures(front_door, world, phones[0].event))["came"] == 1
    assert await holds(world, phones[0])


async def test_two_hundred_tickets_at_twenty_doors_are_counted_as_the_log_tells(
    phones: list[DoorPhone], front_door: FrontDoor, world: World
) -> None:
    people = [await world.attendee(phones[0].event) for _ in range(200)]
    scans = [phones[number % 20].scan(person.ticket) for number, person in enumerate(people)]

    answers = await asyncio.gather(*scans)

    assert {answer["verdict"] for answer in answers} == {"ADMITTED"}
    seen = await figures(front_door, world, phones[0].event)
    assert (seen["came"], seen["hereNow"], seen["noShows"]) == (200, 200, 0)
    assert {door["checkIns"] for door in seen["doors"]} == {10}
    assert await holds(world, phones[0])


async def test_people_who_go_in_and_out_at_all_doors_at_once_are_counted_as_the_log_tells(
    phones: list[DoorPhone], world: World, clock: Clock
) -> None:
    people = [await world.attendee(phones[0].event) for _ in range(4)]

    for _ in range(3):
        told = await asyncio.gather(
            *(
                phone.scan(person.ticket, direction="OUT" if number % 3 == 0 else "IN")
                for number, phone in enumerate(phones)
                for person in people
            )
        )
        clock.advance(minutes=1)
        await asyncio.gather(*(phones[0].undo(answer) for answer in told[::5]))
        clock.advance(minutes=1)

    assert await holds(world, phones[0])


async def test_one_scan_sent_twice_at_once_is_one_scan(phones: list[DoorPhone], world: World) -> None:
    phone, ana = phones[0], await world.attendee(phones[0].event)
    for code in (ana.ticket, "nothing"):
        scan = phone.made(code)

        answers = await asyncio.gather(*(phone.send(scan) for _ in range(8)))

        assert all(answer == answers[0] for answer in answers)
    assert await world.pool.fetchval("SELECT count(*) FROM check_ins") == 2


async def test_one_undo_sent_twice_at_once_is_one_undo(phones: list[DoorPhone], world: World) -> None:
    told = await phones[0].scan((await world.attendee(phones[0].event)).ticket)

    answers = await asyncio.gather(*(phone.undo(told) for phone in phones))

    assert all(answer == answers[0] for answer in answers)
    assert await holds(world, phones[0])


async def test_queues_replayed_by_all_doors_at_once_neither_wait_in_a_circle_nor_count_twice(
    phones: list[DoorPhone], front_door: FrontDoor, world: World
) -> None:
    people = [await world.attendee(phones[0].event) for _ in range(10)]

    def queue(phone: DoorPhone, number: int) -> list[dict[str, Any]]:
        mine = people[number % 10 :] + people[: number % 10]
        return [phone.made(person.ticket, offline=True) for person in (mine if number % 2 else reversed(mine))]

    await asyncio.gather(*(phone.replay(*queue(phone, number)) for number, phone in enumerate(phones)))

    assert (await figures(front_door, world, phones[0].event))["came"] == 10
    assert await holds(world, phones[0])


async def test_a_check_in_cut_off_half_way_leaves_log_and_counters_equal(
    phones: list[DoorPhone], front_door: FrontDoor, world: World, dsn: str
) -> None:
    """The database ends the connection before each statement in turn; then the phone sends the scan again."""
    phone, helper = phones[0], await world.team(phones[0].event)
    door = await world.pool.fetchval("SELECT id FROM doors WHERE event_id = $1 LIMIT 1", phone.event.id)

    for statements in range(1, STATEMENTS_OF_A_CHECK_IN):
        ana = await world.attendee(phone.event)
        scan = DoorScan(
            door_id=door, key=new_id(), code=ana.ticket, registration_id=None, direction=CheckInDirection.IN,
            is_offline=False, scanned_at=world.clock(), sent_at=world.clock(),
        )  # fmt: skip
        connection = Doomed(await asyncpg.connect(dsn), world.pool, statements)
        with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)):
            await operations.check_in(
                connection,  # type: ignore[arg-type] # it passes everything on to a real connection
                event_id=phone.event.id, keeper=Keeper(person_id=helper.id), scan=scan, now=world.clock(),
            )  # fmt: skip
        assert await holds(world, phone)
        async with world.pool.acquire() as healthy:
            told = await operations.check_in(
                healthy, event_id=phone.event.id, keeper=Keeper(person_id=helper.id), scan=scan, now=world.clock()
            )
        assert told.verdict == "ADMITTED"
        assert await holds(world, phone)
    assert (await figures(front_door, world, phone.event))["came"] == STATEMENTS_OF_A_CHECK_IN - 1


async def test_two_desks_that_register_the_same_person_make_one_place(phones: list[DoorPhone], world: World) -> None:
    helper, secrets = await world.team(phones[0].event), world.secrets

    async def register() -> object:
        async with world.pool.acquire() as connection:
            return await register_walk_in(
                connection, event_id=phones[0].event.id, keeper=Keeper(person_id=helper.id), name="Zoë Brandt",
                email="zoe@example.org", key=None, secrets=secrets, now=world.clock(),
            )  # fmt: skip

    answers = await asyncio.gather(*(register() for _ in range(8)), return_exceptions=True)

    assert Counter(type(answer).__name__ for answer in answers) == {"WalkIn": 1, "AlreadyRegistered": 7}


async def test_one_walk_in_sent_twice_at_once_is_one_place(phones: list[DoorPhone], world: World) -> None:
    phone, key = phones[0], world.new_key()

    answers = await asyncio.gather(
        *(register(phone.front_door, phone.event, "Zoë Brandt", email="zoe@example.org", key=key) for _ in range(8))
    )

    assert answers[0]["__typename"] == "WalkIn"
    assert all(answer == answers[0] for answer in answers)


class Doomed:
    """A connection that the database ends when it has carried so many statements."""

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]", pool: Pool, statements: int) -> None:
        self._connection = connection
        self._pool = pool
        self._left = statements

    def transaction(self) -> object:
        return self._connection.transaction()

    async def fetch(self, *arguments: Any) -> Any:
        await self._carry()
        return await self._connection.fetch(*arguments)

    async def fetchrow(self, *arguments: Any) -> Any:
        await self._carry()
        return await self._connection.fetchrow(*arguments)

    async def execute(self, *arguments: Any) -> Any:
        await self._carry()
        return await self._connection.execute(*arguments)

    async def _carry(self) -> None:
        if self._left == 0:
            ended = asyncio.Event()
            self._connection.add_termination_listener(lambda _: ended.set())
            await self._pool.execute("SELECT pg_terminate_backend($1)", self._connection.get_server_pid())
            await ended.wait()
        self._left -= 1
