"""Raw HTTP to the app in development, and the same app as it runs in production."""

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from server.app import create_app
from server.db import Pool
from server.settings import Environment, Settings
from tests.clock import Clock
from tests.lifespan import running


@pytest.fixture
async def client(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app.state.asgi)
    async with httpx.AsyncClient(transport=transport, base_url="http://handsel.test") as client:
        yield client


@pytest.fixture
async def production(settings: Settings, dsn: str, pool: Pool, clock: Clock) -> AsyncIterator[Starlette]:
    """With an https address and the app's own documents."""
    changes = {"public_url": "https://handsel.test", "env": Environment.PRODUCTION}
    application = create_app(settings.model_copy(update=changes), dsn=dsn, clock=clock)
    async with running(application) as manager:
        application.state.asgi = manager.app
        yield application


@pytest.fixture
async def production_client(production: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    """The app's page in production: its headers, and no session yet."""
    transport = httpx.ASGITransport(app=production.state.asgi)
    async with httpx.AsyncClient(
        transport=transport, base_url="https://handsel.test", headers={"handsel-client": "tests"}
    ) as client:
        yield client
