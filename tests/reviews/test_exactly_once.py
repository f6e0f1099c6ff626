"""Each week's review exactly once: through a worker that is killed half-way, two at once, and clocks that are set."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from server.db import Pool
from server.people.models import Weekday
from server.reviews.making import make_due
from server.reviews.weeks import ReviewTime
from tests.clock import Clock
from tests.jobs.killing import kill_at
from tests.jobs.work import until, working
from tests.reviews.people_known import meet
from tests.world import World

REVIEWS = "SELECT count(*) FROM review_weeks"


@pytest.fixture
async def due(world: World, clock: Clock) -> list[UUID]:
    """Six people whose review is due by the clock of the machine; each knows the next two and hears of both."""
    clock.now = datetime.now(UTC)
    event = await world.event()
    people = [await world.attendee(event) for _ in range(6)]
    for one, other in zip(people, [*people[1:], people[0]], strict=True):
        await meet(world, one, other, days_ago=60)
    yesterday = list(Weekday)[(clock() - timedelta(days=1)).weekday()]
    await world.pool.execute(
        "UPDATE people SET timezone = 'UTC', review_weekday = $1, review_due_at = $2", yesterday, clock()
    )
    return [each.person.id for each in people]


@pytest.mark.parametrize(
    "table", ["review_follow_ups", "notices"], ids=["between week and people", "before the notice"]
)
async def test_a_worker_killed_half_way_is_made_up_for_by_the_next(
    environment: dict[str, str], dsn: str, pool: Pool, clock: Clock, due: list[UUID], table: str
) -> None:
    await kill_at(pool, environment, held=f"LOCK TABLE {table} IN SHARE MODE")
    assert await pool.fetchval(REVIEWS) == 0

    async with working(dsn, pool, clock, workers=2):
        await until(pool, REVIEWS, lambda number: number == len(due))

    await each_has_one(pool, due)


async def test_two_workers_and_clocks_that_are_set_make_each_once(pool: Pool, clock: Clock, due: list[UUID]) -> None:
    async def work() -> int:
        async with pool.acquire() as connection:
            return await make_due(connection, now=clock())

    made = 0
    for hours in (0, -1, 1, 1, -1, 0):
        clock.advance(hours=hours)
        made += sum(await asyncio.gather(work(), work()))

    assert made == len(due)
    await each_has_one(pool, due)


async def each_has_one(pool: Pool, due: list[UUID]) -> None:
    """One review with two people in it, and one notice of it."""
    weeks = await pool.fetch("SELECT person_id FROM review_weeks")
    named = await pool.fetch("SELECT count(*) AS people FROM review_follow_ups GROUP BY person_id")
    told = await pool.fetch("SELECT person_id FROM notices WHERE kind = 'REVIEW_READY'")
    assert sorted(row["person_id"] for row in weeks) == sorted(due)
    assert [row["people"] for row in named] == [2] * len(due)
    assert sorted(row["person_id"] for row in told) == sorted(due)


#: The clock by so many hours, in between two workers at once.
hours = st.lists(st.sampled_from((-1, 1, 24, 30, 150)), min_size=1, max_size=4)


async def test_whatever_the_clock_does_each_week_that_came_has_one_review_and_one_notice(
    world: World, pool: Pool, clock: Clock
) -> None:
    event = await world.event()
    known = [await world.attendee(event) for _ in range(12)]
    begins = clock()
    weekly = ReviewTime(Weekday.FRIDAY, time(16), "UTC")
    loop = asyncio.get_running_loop()

    async def work() -> None:
        async with pool.acquire() as connection:
            await make_due(connection, now=clock())

    async def any_weeks(hours: list[int]) -> None:
        clock.now = begins
        await pool.execute("UPDATE people SET review_weekday = NULL")
        ana = await world.attendee(event)
        for each in known:
            await meet(world, ana, each, days_ago=300)
        await pool.execute(
            "UPDATE people SET timezone = 'UTC', review_weekday = $2, review_at = $3 WHERE id = $1",
            ana.person.id, weekly.weekday, weekly.at,
        )  # fmt: skip
        await work()
        came: set[date] = set()
        for step in hours:
            clock.advance(hours=step)
            await asyncio.gather(work(), work())
            week = weekly.week_at(clock())
            came |= {week} if begins < weekly.ready_at(week) else set()

        of = ana.person.id
        weeks = await pool.fetch("SELECT week_of FROM review_weeks WHERE person_id = $1", of)
        told = await pool.fetch("SELECT key FROM notices WHERE person_id = $1 AND kind = 'REVIEW_READY'", of)
        assert {row["week_of"] for row in weeks} == came
        assert sorted(row["key"] for row in told) == sorted(map(str, came))

    @settings(max_examples=12, deadline=None, phases=(Phase.generate,), suppress_health_check=[*HealthCheck])
    @given(hours)
    def holds(hours: list[int]) -> None:
        asyncio.run_coroutine_threadsafe(any_weeks(hours), loop).result(timeout=60)

    await asyncio.to_thread(holds)
