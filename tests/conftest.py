"""A real PostgreSQL for every test: one migrated database per run (or per worker), emptied before each test."""

import contextlib
import os
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import hypothesis
import pytest
from starlette.applications import Starlette

from server.app import create_app
from server.db import Connection, Pool, open_pool
from server.embedded import throw_away_postgres
from server.migrations import migrate
from server.settings import Settings
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.lifespan import running
from tests.mailbox import Mailbox
from tests.world import World

# A busy machine may stall on any example; the tests assert no times.
hypothesis.settings.register_profile("handsel", deadline=None)
hypothesis.settings.load_profile("handsel")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The DSN of an empty server that ends with the run."""
    with throw_away_postgres() as dsn:
        yield dsn


@pytest.fixture(scope="session")
async def dsn(postgres_server: str) -> str:
    """The DSN of a migrated database."""
    await migrate(postgres_server)
    return postgres_server


@pytest.fixture
async def pool(dsn: str) -> AsyncIterator[Pool]:
    """A pool on an empty database."""
    pool = await open_pool(dsn)
    async with pool.acquire() as connection:
        await connection.execute(
            "DELETE FROM events; DELETE FROM people; DELETE FROM sign_in_attempts; "
            "DELETE FROM pgqueuer; DELETE FROM pgqueuer_log; DELETE FROM pgqueuer_schedules; DELETE FROM timed_jobs"
        )
    yield pool
    await pool.close()


@pytest.fixture
async def connection(pool: Pool) -> AsyncIterator[Connection]:
    async with pool.acquire() as connection:
        yield connection


@pytest.fixture
def clock() -> Clock:
    """What the app takes for now; a test moves it."""
    return Clock(datetime(2027, 4, 22, 9, 0, tzinfo=UTC))


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name in [name for name in os.environ if name.startswith("HANDSEL_") or name == "DATABASE_URL"]:
        monkeypatch.delenv(name)
    return Settings(data=tmp_path, public_url="http://handsel.test", work=False)  # jobs have tests of their own


@pytest.fixture
def environment(settings: Settings, dsn: str) -> dict[str, str]:
    """What a host's shell hands on to the `handsel` command, see `tests.cli.typed`."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parent.parent),
        "DATABASE_URL": dsn,
        "HANDSEL_DATA": str(settings.data),
        "HANDSEL_PUBLIC_URL": settings.public_url,
    }


@pytest.fixture
async def app(settings: Settings, dsn: str, pool: Pool, clock: Clock) -> AsyncIterator[Starlette]:
    """The running application; `app.state.services` are its own."""
    application = create_app(settings, dsn=dsn, clock=clock)
    async with running(application) as manager:
        application.state.asgi = manager.app
        yield application


@pytest.fixture
async def front_door(app: Starlette) -> AsyncIterator[FrontDoor]:
    """GraphQL over HTTP, as nobody until `as_` is asked."""
    transport = httpx.ASGITransport(app=app.state.asgi)
    async with httpx.AsyncClient(transport=transport, base_url="http://handsel.test") as client:
        yield FrontDoor(client)


@pytest.fixture
async def new_phone(app: Starlette) -> AsyncIterator[Callable[[], FrontDoor]]:
    """Makes the app on one more phone: a front door with cookies of its own."""
    async with contextlib.AsyncExitStack() as stack:

        def make() -> FrontDoor:
            client = httpx.AsyncClient(
                transport=httpx.ASGITransport(app=app.state.asgi),
                base_url="http://handsel.test",
                headers={"handsel-client": "tests"},
            )
            stack.push_async_callback(client.aclose)
            return FrontDoor(client)

        yield make


@pytest.fixture
def mailbox(settings: Settings) -> Mailbox:
    """What was mailed."""
    return Mailbox(settings.outbox)


@pytest.fixture
def world(pool: Pool, settings: Settings, clock: Clock) -> World:
    """Makes people and things; a test names only what it is about."""
    return World(pool, settings.secrets(), clock)
