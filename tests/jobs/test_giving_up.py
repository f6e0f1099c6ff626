"""A job that cannot succeed ends, is kept where the host sees it, and comes back only when they ask."""

import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from server.db import Pool
from server.jobs.errors import NoSuchFailedJob
from server.jobs.evenings import EVENING_LISTS, EveningJob
from server.jobs.models import JobState
from server.jobs.status import read_status, retry
from tests.clock import Clock
from tests.jobs.work import EVENING, FAILED, LISTS, WAITING, evenings_broken, put_into_queue, until, working
from tests.world import Attendee


def given_up() -> float:
    return REGISTRY.get_sample_value("handsel_jobs_total", {"job": EVENING_LISTS, "outcome": "given up"}) or 0.0


pytestmark = pytest.mark.usefixtures("two_tries")


async def test_a_job_that_keeps_failing_is_kept_as_failed_with_an_alarm(
    dsn: str, pool: Pool, clock: Clock, ana: Attendee
) -> None:
    before = given_up()

    with capture_logs() as logs:
        async with evenings_broken(pool), working(dsn, pool, clock):
            await until(pool, FAILED, lambda number: number == 1)

    assert given_up() == before + 1
    assert [each["log_level"] for each in logs if "given up" in each["event"]] == ["critical"]
    async with pool.acquire() as connection:
        (job,) = (await read_status(connection)).queued
    assert (job.name, job.state, job.tries, job.failure) == (
        EVENING_LISTS, JobState.FAILED, 2, "CheckViolationError",
    )  # fmt: skip
    assert job.event == ana.event.slug


async def test_what_was_given_up_is_not_queued_anew_by_whoever_looks_for_work(
    dsn: str, pool: Pool, clock: Clock, ana: Attendee, failed: int
) -> None:
    await put_into_queue(pool, EveningJob(ana.event.id, ana.event.day_of(EVENING)))

    assert [row["id"] for row in await pool.fetch("SELECT id FROM pgqueuer")] == [failed]


async def test_the_host_may_have_it_tried_again(dsn: str, pool: Pool, clock: Clock, ana: Attendee, failed: int) -> None:
    async with pool.acquire() as connection:
        await retry(connection, job_id=failed)
        (job,) = (await read_status(connection)).queued
    assert (job.state, job.tries) == (JobState.WAITING, 0)

    async with working(dsn, pool, clock):
        await until(pool, LISTS, lambda number: number == 2)
        await until(pool, WAITING, lambda number: number == 0)


async def test_only_a_failed_job_can_be_asked_for_again(pool: Pool, ana: Attendee) -> None:
    await put_into_queue(pool, EveningJob(ana.event.id, ana.event.day_of(EVENING)))
    waiting = await pool.fetchval("SELECT id FROM pgqueuer")

    for number in (waiting, waiting + 1, 0, -1, 1 << 63):
        async with pool.acquire() as connection:
            with pytest.raises(NoSuchFailedJob):
                await retry(connection, job_id=number)


async def test_a_job_that_takes_its_worker_along_each_time_is_given_up_too(
    dsn: str, pool: Pool, clock: Clock, ana: Attendee
) -> None:
    await put_into_queue(pool, EveningJob(ana.event.id, ana.event.day_of(EVENING)))
    await pool.execute(
        "INSERT INTO pgqueuer_log (job_id, status, entrypoint, priority)"
        " SELECT id, 'picked', entrypoint, 0 FROM pgqueuer, generate_series(1, 2)"
    )
    await pool.execute("UPDATE pgqueuer SET status = 'picked', heartbeat = now() - interval '5 minutes'")

    async with working(dsn, pool, clock):
        await until(pool, FAILED, lambda number: number == 1)

    assert await pool.fetchval(LISTS) == 0


async def test_being_handed_back_counts_as_no_try(dsn: str, pool: Pool, clock: Clock, ana: Attendee) -> None:
    async with pool.acquire() as holding, holding.transaction():
        await holding.execute("LOCK TABLE evenings IN SHARE MODE")
        async with working(dsn, pool, clock):
            await until(
                pool,
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%INTO evenings%'",
                lambda number: number == 1,
            )

    async with pool.acquire() as connection:
        (job,) = (await read_status(connection)).queued
    assert (job.state, job.tries) == (JobState.WAITING, 0)
