"""Each effect exactly once: through a worker that is killed at any point, and through nights on which clocks change."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from server.db import Pool
from server.jobs.catalogue import KINDS
from server.jobs.evenings import EVENING_LISTS
from server.jobs.kinds import Queued, Timed, Tools, read_ids
from server.jobs.promises import PROMISES_DUE
from tests.clock import Clock
from tests.jobs.killing import AT_THE_LOCK, end_what_it_said, kill_at, worker_process
from tests.jobs.work import LISTS, WAITING, until, working
from tests.world import World


@pytest.fixture
async def met(world: World, clock: Clock) -> list[UUID]:
    """Forty people of whom each met two others and promised one of them something; it is evening there now."""
    clock.now = datetime.now(UTC)
    ahead = (20 - clock().hour + 9) % 24 - 9
    here = clock().astimezone(ZoneInfo(f"Etc/GMT{-ahead:+d}"))
    event = await world.event(
        timezone=str(here.tzinfo),
        starts_at=here.replace(hour=9),
        ends_at=here.replace(hour=18),
        evening_at=time(19),
    )
    people = [await world.attendee(event) for _ in range(40)]
    for one, other in zip(people, [*people[1:], people[0]], strict=True):
        swap = await world.swap(one, other, at=here.replace(hour=12))
        await world.promise(one, swap, at=here.replace(hour=12))
    return [each.registration_id for each in people]


@pytest.mark.parametrize(
    "held",
    [
        "LOCK TABLE evenings IN SHARE MODE",
        "LOCK TABLE follow_ups IN SHARE MODE",
        "LOCK TABLE pgqueuer_log IN SHARE MODE",
    ],
    ids=["before the lists", "between lists and suggestions", "at the queue itself"],
)
async def test_a_worker_killed_at_any_point_is_made_up_for_by_the_next(
    environment: dict[str, str], dsn: str, pool: Pool, clock: Clock, met: list[UUID], held: str
) -> None:
    await kill_at(pool, environment, held=held)
    await the_next_one_finishes(dsn, pool, clock, met)


async def test_a_worker_killed_when_all_was_done_and_nobody_told_the_queue_does_nothing_twice(
    environment: dict[str, str], dsn: str, pool: Pool, clock: Clock, met: list[UUID]
) -> None:
    async with pool.acquire() as noting, noting.transaction(), pool.acquire() as holding:
        async with worker_process(environment):
            async with holding.transaction():
                await holding.execute("LOCK TABLE evenings IN SHARE MODE")
                await until(pool, AT_THE_LOCK, lambda number: number > 0)
                await noting.execute("SELECT FROM pgqueuer FOR UPDATE")
            await until(pool, LISTS, lambda number: number == len(met))
            await until(pool, AT_THE_LOCK, lambda number: number > 0)
        await end_what_it_said(pool)
    assert await pool.fetchval(WAITING) == 1
    made = await pool.fetch("SELECT id FROM follow_ups ORDER BY id")

    await the_next_one_finishes(dsn, pool, clock, met)

    assert await pool.fetch("SELECT id FROM follow_ups ORDER BY id") == made


async def the_next_one_finishes(dsn: str, pool: Pool, clock: Clock, met: list[UUID]) -> None:
    """Two workers take over, as if the half minute had passed for which a silent one is waited for."""
    await pool.execute("UPDATE pgqueuer SET heartbeat = now() - interval '5 minutes' WHERE status = 'picked'")
    await pool.execute("UPDATE pgqueuer_schedules SET heartbeat = now() - interval '5 minutes'")
    async with working(dsn, pool, clock, workers=2):
        await until(pool, LISTS, lambda number: number == len(met))
        await until(pool, WAITING, lambda number: number == 0)
    promised = await pool.fetch("SELECT registration_id FROM follow_ups WHERE kind = 'KEEP_PROMISE'")
    assert sorted(row["registration_id"] for row in promised) == sorted(met)


@pytest.mark.parametrize(
    ("zone", "day", "evening_at"),
    [
        ("Pacific/Niue", date(2027, 4, 22), time(19)),
        ("Pacific/Kiritimati", date(2027, 4, 22), time(23, 30)),
        ("Asia/Kathmandu", date(2027, 4, 22), time(0, 30)),
        ("Europe/Berlin", date(2027, 3, 27), time(2, 30)),
        ("Europe/Berlin", date(2027, 10, 30), time(2, 30)),
        ("America/St_Johns", date(2027, 3, 13), time(19)),
        ("Australia/Lord_Howe", date(2027, 4, 3), time(1, 45)),
    ],
)
async def test_a_night_brings_each_evening_and_each_reminder_once_whatever_clocks_do(
    pool: Pool, world: World, clock: Clock, *, zone: str, day: date, evening_at: time
) -> None:
    def local(on: date, at: time) -> datetime:
        return datetime.combine(on, at, ZoneInfo(zone)).astimezone(UTC)

    clock.now = local(day, time(9))
    event = await world.event(
        timezone=zone, evening_at=evening_at, starts_at=clock(), ends_at=local(day + timedelta(days=1), time(17))
    )
    ana, ben = await world.attendee(event), await world.attendee(event)
    await pool.execute("UPDATE people SET timezone = $1", zone)
    for number in (0, 1):
        swap = await world.swap(ana, await world.attendee(event), at=clock() + timedelta(days=number, hours=1))
        await world.promise(ana, swap, due_on=day + timedelta(days=number), at=clock())
    await world.swap(ana, ben, at=clock() + timedelta(hours=2))

    tools = Tools(pool, clock, world.secrets)
    told_at: set[datetime] = set()
    for step in range(2 * 44):  # two days and a bit, by half hours; at half of it the clock is set back an hour
        if step == 44:
            clock.advance(hours=-1)
        await everything_due(tools)
        told_at |= {
            row["told_at"] for row in await pool.fetch("SELECT told_at FROM notices WHERE kind = 'PROMISE_DUE'")
        }
        clock.advance(minutes=30)

    evenings = await pool.fetch("SELECT day, made_at FROM evenings WHERE registration_id = $1", ana.registration_id)
    assert sorted(row["day"] for row in evenings) == [day, day + timedelta(days=1)]
    for row in evenings:
        begins = event.evening_starts_at(row["day"]).astimezone(UTC)
        assert begins <= row["made_at"] < begins + timedelta(minutes=30)
    twice = "SELECT count(*) FROM follow_ups GROUP BY registration_id, day, kind, subject_id HAVING count(*) > 1"
    assert await pool.fetch(twice) == []
    reminders = await pool.fetch("SELECT key, told_at FROM notices WHERE kind = 'PROMISE_DUE' ORDER BY key")
    assert [row["key"] for row in reminders] == [str(day), str(day + timedelta(days=1))]
    assert [row["told_at"].astimezone(ZoneInfo(zone)).hour for row in reminders] == [18, 18]
    assert told_at == {row["told_at"] for row in reminders}


async def everything_due(tools: Tools) -> None:
    """What two workers do of evenings and reminders at this moment, each all of it."""
    timed = [kind for kind in KINDS if isinstance(kind, Timed) and kind.name in {"evening lists due", PROMISES_DUE}]
    (lists,) = [kind for kind in KINDS if isinstance(kind, Queued) and kind.name == EVENING_LISTS]
    await asyncio.gather(*(kind.work(tools) for kind in timed * 2))
    queued = await tools.pool.fetch("DELETE FROM pgqueuer RETURNING payload")
    await asyncio.gather(*(lists.work(tools, read_ids(row["payload"])) for row in [*queued, *queued]))
