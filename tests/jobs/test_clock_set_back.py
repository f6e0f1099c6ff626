"""When the machine's clock is set back an hour, nothing waits for that hour to pass again."""

from server.db import Pool
from server.jobs.evenings import EveningJob
from tests.clock import Clock
from tests.jobs.work import EVENING, LISTS, put_into_queue, until, working
from tests.world import Attendee


async def test_schedules_go_on(dsn: str, pool: Pool, clock: Clock, ana: Attendee) -> None:
    clock.advance(hours=-5)
    async with working(dsn, pool, clock):
        await until(pool, "SELECT count(*) FROM pgqueuer_schedules", lambda number: number > 0)
    await pool.execute(
        "UPDATE pgqueuer_schedules SET next_run = now() + interval '1 hour 20 seconds',"
        " status = 'picked', heartbeat = now() + interval '1 hour'"
    )

    async with working(dsn, pool, clock):
        await until(
            pool,
            "SELECT count(*) FROM pgqueuer_schedules"
            " WHERE heartbeat > now() OR next_run > now() + interval '61 minutes'",
            lambda number: number == 0,
        )


async def test_a_job_that_waits_for_its_next_try_is_tried(dsn: str, pool: Pool, clock: Clock, ana: Attendee) -> None:
    await put_into_queue(pool, EveningJob(ana.event.id, ana.event.day_of(EVENING)))
    await pool.execute("UPDATE pgqueuer SET attempts = 1, execute_after = now() + interval '1 hour'")

    async with working(dsn, pool, clock):
        await until(pool, LISTS, lambda number: number == 2)


async def test_a_job_that_a_killed_worker_left_is_not_held_for_the_hour(
    dsn: str, pool: Pool, clock: Clock, ana: Attendee
) -> None:
    await put_into_queue(pool, EveningJob(ana.event.id, ana.event.day_of(EVENING)))
    await pool.execute("UPDATE pgqueuer SET status = 'picked', heartbeat = now() + interval '1 hour'")

    async with working(dsn, pool, clock):
        await until(pool, "SELECT count(*) FROM pgqueuer WHERE heartbeat > now()", lambda number: number == 0)
