"""The host sees how the jobs stand, in the terminal and on a page, and nobody else does."""

import re
from dataclasses import replace
from pathlib import Path

import httpx
from pydantic import SecretStr
from starlette.applications import Starlette

from server.db import Pool
from server.jobs.evenings import EVENING_LISTS_DUE
from server.jobs.status import read_status
from tests.cli.typed import handsel
from tests.clock import Clock
from tests.jobs.work import FAILED, WAITING, evenings_broken, until, working
from tests.world import Attendee, World

#: How often in a row whatever failed most has failed.
FAILURES = "SELECT coalesce(max(failures), 0) FROM timed_jobs"
ROOT = Path(__file__).parents[2]


def browser(app: Starlette, address: str = "127.0.0.1", url: str = "http://localhost:8765") -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app.state.asgi, client=(address, 4000))
    return httpx.AsyncClient(transport=transport, base_url=url)


async def test_a_failed_job_is_told_and_tried_again_from_the_terminal(
    environment: dict[str, str], pool: Pool, ana: Attendee, failed: int
) -> None:
    code, told = await handsel(environment, "jobs")
    assert code == 1
    assert "1 job failed and waits for you." in told
    assert re.search(rf"{failed} +evening lists +{ana.event.slug} +2 +given up", told)

    assert await handsel(environment, "jobs", "retry", failed) == (0, "It is in the queue again.\n")

    code, told = await handsel(environment, "jobs", "retry", failed)
    assert code == 1
    assert told.startswith("No failed job has that number.")


async def test_the_page_tells_it_too_and_has_it_tried_again(app: Starlette, pool: Pool, failed: int) -> None:
    async with browser(app) as host:
        page = (await host.get("/jobs")).text
        assert "1 job failed and waits for you." in page
        assert f'aria-label="Try again: evening lists, number {failed}"' in page

        foreign = await host.post(f"/jobs/{failed}/retry", headers={"origin": "http://elsewhere.example"})
        assert foreign.status_code == 403
        assert await pool.fetchval(FAILED) == 1

        answer = await host.post(f"/jobs/{failed}/retry", headers={"origin": "http://localhost:8765"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/jobs")
        assert await pool.fetchval(FAILED) == 0
        assert (await host.post(f"/jobs/{failed}/retry")).status_code == 404


async def test_nobody_but_the_host_sees_the_page(app: Starlette, world: World, failed: int) -> None:
    owner = await world.team(await world.event())

    async def status(address: str, url: str = "http://localhost:8765", **headers: str) -> int:
        async with browser(app, address, url) as client:
            seen = await client.get("/jobs", headers=headers)
            tried = await client.post(f"/jobs/{failed}/retry", headers=headers)
        assert "evening lists" not in seen.text
        assert seen.status_code == tried.status_code
        return seen.status_code

    assert await status("192.168.1.7", authorization=f"Bearer {owner.token}") == 403
    assert await status("127.0.0.1", **{"x-forwarded-for": "192.0.2.1"}) == 403
    assert await status("127.0.0.1", "http://rebound.example") == 403

    services = app.state.services
    settings = services.settings.model_copy(update={"metrics_token": SecretStr("spell")})
    app.state.services = replace(services, settings=settings)
    assert await status("127.0.0.1") == 401
    assert await status("127.0.0.1", authorization="Basic c3BlbGw=") == 401
    async with browser(app, "192.0.2.1") as client:
        assert (await client.get("/jobs", auth=("host", "spell"))).status_code == 200
        assert (await client.get("/jobs", headers={"authorization": "Bearer spell"})).status_code == 200


async def test_what_failed_by_the_clock_is_told_with_how_often_in_a_row(
    dsn: str, pool: Pool, clock: Clock, ana: Attendee
) -> None:
    await pool.execute("ALTER TABLE events RENAME COLUMN evening_at TO evening_away")
    try:
        async with working(dsn, pool, clock):
            await until(pool, FAILURES, lambda number: number == 1)
        async with working(dsn, pool, clock):
            await until(pool, FAILURES, lambda number: number == 2)
    finally:
        await pool.execute("ALTER TABLE events RENAME COLUMN evening_away TO evening_at")

    async with pool.acquire() as connection:
        (run,) = [each for each in (await read_status(connection)).timed if each.name == EVENING_LISTS_DUE]
    assert (run.failures, run.failure, run.last_done_at) == (2, "UndefinedColumnError", None)

    async with working(dsn, pool, clock):
        await until(pool, FAILURES, lambda number: number == 0)


async def test_the_figures_count_what_failed(app: Starlette, failed: int) -> None:
    async with browser(app) as host:
        assert 'handsel_jobs_in_queue{state="failed"} 1.0' in (await host.get("/metrics")).text


async def test_neither_holds_a_word_or_a_name(
    dsn: str, app: Starlette, environment: dict[str, str], pool: Pool, clock: Clock, ana: Attendee
) -> None:
    await pool.execute("UPDATE registrations SET name = 'Canary9f3a'")
    async with evenings_broken(pool), working(dsn, pool, clock):
        await until(pool, "SELECT count(*) FROM pgqueuer WHERE attempts > 0", lambda number: number == 1)
    async with working(dsn, pool, clock):
        async with browser(app) as host:
            page = (await host.get("/jobs")).text
        await until(pool, WAITING, lambda number: number == 0)

    code, told = await handsel(environment, "jobs")
    assert code == 0
    assert "Nothing has failed. 0 running, 0 waiting." in told
    for secret in ("Canary9f3a", "soil", ana.person.email, str(ana.person.id)):
        assert secret not in page + told


def test_the_pages_colours_are_those_of_the_app() -> None:
    token = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})")
    own = set(token.findall((ROOT / "server/jobs/page.css").read_text(encoding="utf-8")))

    assert own
    assert own <= set(token.findall((ROOT / "pwa/src/ui/tokens.css").read_text(encoding="utf-8")))
