import asyncio

import pytest

from server.app import create_app
from server.db import Pool
from server.jobs.evenings import EveningJob
from server.jobs.kinds import Post, read_ids
from server.jobs.reports import REPORTS_TOLD
from server.jobs.working import Jobs
from server.notifications.mail import mailer_of
from server.secrets import Secrets
from server.settings import Settings
from server.worker import Worker
from tests.clock import Clock
from tests.jobs.work import EVENING, FOLLOW_UPS, LISTS, WAITING, put_into_queue, until, working
from tests.lifespan import running
from tests.world import Attendee


async def test_the_evening_comes_by_itself(dsn: str, pool: Pool, clock: Clock, ana: Attendee) -> None:
    async with working(dsn, pool, clock):
        await until(pool, LISTS, lambda number: number == 2)
        await until(pool, WAITING, lambda number: number == 0)

    assert await pool.fetchval(FOLLOW_UPS) == 1


async def test_nothing_is_queued_before_the_hour(dsn: str, pool: Pool, clock: Clock, ana: Attendee) -> None:
    clock.advance(minutes=-1)

    async with working(dsn, pool, clock):
        await until(pool, "SELECT count(*) FROM pgqueuer_schedules", lambda number: number > 0)

    assert await pool.fetchval("SELECT count(*) FROM pgqueuer_log") == 0
    assert await pool.fetchval(LISTS) == 0


async def test_two_workers_have_the_effect_of_one(dsn: str, pool: Pool, clock: Clock, ana: Attendee) -> None:
    async with working(dsn, pool, clock, workers=2):
        await until(pool, LISTS, lambda number: number == 2)
        await until(pool, WAITING, lambda number: number == 0)

    assert await pool.fetchval(FOLLOW_UPS) == 1


async def test_a_worker_that_leaves_half_way_hands_its_job_back(
    dsn: str, pool: Pool, clock: Clock, ana: Attendee
) -> None:
    async with pool.acquire() as holding, holding.transaction():
        await holding.execute("LOCK TABLE evenings IN SHARE MODE")
        async with working(dsn, pool, clock):
            await until(pool, "SELECT count(*) FROM pgqueuer WHERE status = 'picked'", lambda number: number == 1)
            await until(
                pool,
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%INTO evenings%'",
                lambda number: number == 1,
            )
    assert await pool.fetchval(LISTS) == 0
    assert await pool.fetchval("SELECT count(*) FROM pgqueuer WHERE status = 'queued'") == 1

    async with working(dsn, pool, clock):
        await until(pool, LISTS, lambda number: number == 2)
        await until(pool, WAITING, lambda number: number == 0)

    assert await pool.fetchval(FOLLOW_UPS) == 1


async def test_a_job_whose_worker_was_killed_is_taken_over(dsn: str, pool: Pool, clock: Clock, ana: Attendee) -> None:
    job = EveningJob(ana.event.id, ana.event.day_of(EVENING))
    await put_into_queue(pool, job)
    await pool.execute(
        "UPDATE pgqueuer SET status = 'picked', queue_manager_id = gen_random_uuid(),"
        " heartbeat = now() - interval '5 minutes'"
    )

    async with working(dsn, pool, clock):
        await until(pool, LISTS, lambda number: number == 2)


async def test_a_lost_database_connection_only_makes_the_worker_wait(
    dsn: str, pool: Pool, clock: Clock, ana: Attendee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.worker.RECONNECT_SECONDS", 0.01)
    clock.advance(hours=-5)
    async with working(dsn, pool, clock):
        await until(pool, "SELECT count(*) FROM pgqueuer_schedules", lambda number: number > 0)
        await pool.fetchval(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'handsel jobs'"
        )
        clock.advance(hours=5)

        await until(pool, LISTS, lambda number: number == 2)


async def test_a_worker_can_be_left_while_no_database_answers(pool: Pool, clock: Clock) -> None:
    async with asyncio.timeout(30):
        async with working("postgresql://127.0.0.1:1/nowhere", pool, clock):
            await asyncio.sleep(0.1)


async def test_a_forgotten_event_leaves_its_job_nothing_to_do(
    dsn: str, pool: Pool, clock: Clock, ana: Attendee
) -> None:
    job = EveningJob(ana.event.id, ana.event.day_of(EVENING))
    await pool.execute("DELETE FROM events")
    await put_into_queue(pool, job)

    async with working(dsn, pool, clock):
        await until(pool, WAITING, lambda number: number == 0)


async def test_the_queue_holds_ids_and_never_a_word(dsn: str, pool: Pool, clock: Clock, ana: Attendee) -> None:
    async with working(dsn, pool, clock):
        await until(pool, LISTS, lambda number: number == 2)
        await until(pool, WAITING, lambda number: number == 0)

    held = await pool.fetchval("SELECT string_agg(concat(entrypoint, traceback::text), ' ') FROM pgqueuer_log")
    assert "soil" not in held


async def test_a_job_is_queued_with_ids_alone(pool: Pool, ana: Attendee) -> None:
    job = EveningJob(ana.event.id, ana.event.day_of(EVENING))
    await put_into_queue(pool, job)

    ids = read_ids(await pool.fetchval("SELECT payload FROM pgqueuer"))
    assert ids == {"event": str(ana.event.id), "day": "2027-04-22"}
    assert EveningJob.read(ids) == job


async def test_the_server_works_by_default_and_leaves_it_to_others_when_asked(
    settings: Settings, dsn: str, pool: Pool, clock: Clock, ana: Attendee
) -> None:
    async with running(create_app(settings.model_copy(update={"work": False}), dsn=dsn, clock=clock)):
        await asyncio.sleep(0.3)
    assert await pool.fetchval(LISTS) == 0

    async with running(create_app(settings.model_copy(update={"work": True}), dsn=dsn, clock=clock)):
        await until(pool, LISTS, lambda number: number == 2)


async def test_organizers_are_written_to_only_where_mail_can_leave(
    dsn: str, pool: Pool, clock: Clock, settings: Settings, ana: Attendee
) -> None:
    post = Post(mailer_of(settings), settings.public_url)

    async with Worker(dsn, Jobs(pool, clock, Secrets(b"secret" * 6), post)):
        await until(pool, "SELECT count(*) FROM pgqueuer_schedules", lambda number: number > 0)

    told = await pool.fetch("SELECT entrypoint FROM pgqueuer_schedules")
    assert REPORTS_TOLD in {row["entrypoint"] for row in told}
