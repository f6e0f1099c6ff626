"""What takes too long is stopped, and a database that is gone is told in words."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from starlette.applications import Starlette
from structlog.testing import capture_logs

from server.app import create_app
from server.db import STATEMENT_TIMEOUT_MS, Pool, open_pool
from server.embedded import throw_away_postgres
from server.settings import Settings
from tests.clock import Clock
from tests.http.socket_line import socket_line
from tests.lifespan import running
from tests.world import World

NEW = "application/graphql-response+json"
EVENT = "query ($slug: String!) { event(slug: $slug) { id } }"


@pytest.fixture
async def locked(pool: Pool) -> AsyncIterator[None]:
    """Somebody holds the events' table, so that whoever reads it waits."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("LOCK TABLE events IN ACCESS EXCLUSIVE MODE")
        yield


async def ask(client: httpx.AsyncClient, token: str, accept: str) -> httpx.Response:
    headers = {"authorization": f"Bearer {token}", "accept": accept}
    return await client.post("/graphql", json={"query": EVENT, "variables": {"slug": "x"}}, headers=headers)


@pytest.fixture
async def token(world: World) -> str:
    return (await world.person()).token


async def test_a_request_that_takes_too_long_is_answered_in_words(
    app: Starlette, client: httpx.AsyncClient, token: str, locked: None
) -> None:
    app.state.graphql.deadline = 0.3

    with capture_logs() as logs:
        old, new = await asyncio.gather(ask(client, token, "*/*"), ask(client, token, NEW))

    assert (old.status_code, new.status_code) == (200, 503)
    assert new.json() == {
        "errors": [
            {
                "message": "That took longer than it may, so it was stopped. Please try again in a moment.",
                "extensions": {"code": "TOO_SLOW"},
            }
        ]
    }
    assert old.json()["errors"] == new.json()["errors"]
    assert [each["reason"] for each in logs] == ["TOO_SLOW"] * 2


async def test_what_was_stopped_leaves_its_connection_to_others(
    app: Starlette, client: httpx.AsyncClient, token: str, pool: Pool
) -> None:
    app.state.graphql.deadline = 0.3
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("LOCK TABLE events IN ACCESS EXCLUSIVE MODE")
        stopped = await asyncio.gather(*(ask(client, token, NEW) for _ in range(20)))

    app.state.graphql.deadline = 15
    after = await ask(client, token, NEW)

    assert {each.status_code for each in stopped} == {503}
    assert after.json() == {"data": {"event": None}}


async def test_a_body_that_never_ends_is_given_up_as_well(app: Starlette, client: httpx.AsyncClient) -> None:
    app.state.graphql.deadline = 0.3

    async def waiting() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    response = await client.post("/graphql", content=waiting(), headers={"content-type": "application/json"})

    assert response.json()["errors"][0]["extensions"]["code"] == "TOO_SLOW"


async def test_a_statement_that_takes_too_long_is_given_up_by_the_database(
    app: Starlette, client: httpx.AsyncClient, token: str, dsn: str, locked: None
) -> None:
    pool = await open_pool(dsn, statement_timeout_ms=200)
    app.state.graphql.services = replace(app.state.services, pool=pool)
    try:
        response = await ask(client, token, NEW)
    finally:
        await pool.close()

    assert response.status_code == 503
    assert response.json()["errors"][0]["extensions"] == {"code": "TOO_SLOW"}


async def test_every_connection_of_the_app_has_the_timeout_and_the_deadline_is_longer(app: Starlette) -> None:
    timeout = await app.state.services.pool.fetchval("SHOW statement_timeout")

    assert timeout == f"{STATEMENT_TIMEOUT_MS // 1000}s"
    assert app.state.graphql.deadline * 1000 > STATEMENT_TIMEOUT_MS


async def test_without_its_database_the_server_answers_in_words_and_is_not_ready(
    settings: Settings, clock: Clock
) -> None:
    with throw_away_postgres() as dsn:
        app = create_app(settings, dsn=dsn, clock=clock)
        manager = running(app)
        await manager.__aenter__()
        app.state.asgi = manager.app
        transport = httpx.ASGITransport(app=app.state.asgi)
        client = httpx.AsyncClient(transport=transport, base_url="http://handsel.test")
        before = await client.get("/readyz")

    after = [await client.get(path) for path in ("/readyz", "/healthz", "/metrics")]
    old, new = await ask(client, "token", "*/*"), await ask(client, "token", NEW)
    async with socket_line(app) as line:
        await line.send({"type": "connection_init", "payload": {"token": "token"}})
        closed = await _code(line.socket)
    await client.aclose()
    await manager.__aexit__(None, None, None)

    assert (before.status_code, before.text) == (200, "ready\n")
    assert [each.status_code for each in after] == [503, 200, 200]
    assert after[0].text == "the database does not answer\n"
    assert (old.status_code, new.status_code) == (200, 503)
    assert new.json()["errors"][0] == {
        "message": "The server cannot reach its database just now. Please try again in a moment.",
        "extensions": {"code": "UNAVAILABLE"},
    }
    assert closed == 1013


async def _code(socket: object) -> int:
    from httpx_ws import AsyncWebSocketSession, WebSocketDisconnect

    assert isinstance(socket, AsyncWebSocketSession)
    with pytest.raises(WebSocketDisconnect) as ended:
        await socket.receive(timeout=30)
    return ended.value.code
