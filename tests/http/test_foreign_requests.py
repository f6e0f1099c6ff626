"""A page of another site can neither act with somebody's cookie nor listen with it."""

import httpx
import pytest
from httpx_ws import WebSocketDisconnect
from starlette.applications import Starlette

from schema.root import schema
from schema.trusted import load
from server.sessions.tokens import PLAIN_COOKIE, SECURE_COOKIE
from tests.http.socket_line import socket_line
from tests.world import World

ASK = {"query": "{ me { id } }"}
OWN = "http://handsel.test"


async def test_a_cookie_needs_the_header_that_no_other_page_can_send(client: httpx.AsyncClient, world: World) -> None:
    client.cookies.set(PLAIN_COOKIE, (await world.person()).token)

    without = await client.post("/graphql", json=ASK)
    with_it = await client.post("/graphql", json=ASK, headers={"handsel-client": "pwa"})

    assert without.status_code == 403
    assert without.text == "A request with a session cookie needs the header Handsel-Client.\n"
    assert with_it.json()["data"]["me"] is not None


@pytest.mark.parametrize(
    "origin",
    ["https://elsewhere.example", "null", "http://handsel.test.elsewhere.example", "http://handsel.test:81", "file://"],
)
async def test_a_request_of_another_origin_is_refused_whatever_it_carries(
    client: httpx.AsyncClient, world: World, origin: str
) -> None:
    cookies = {PLAIN_COOKIE: (await world.person()).token}
    headers = {"origin": origin, "handsel-client": "pwa"}

    signed_out = await client.post("/graphql", json=ASK, headers=headers)
    client.cookies.update(cookies)
    signed_in = await client.post("/graphql", json=ASK, headers=headers)

    assert (signed_out.status_code, signed_in.status_code) == (403, 403)
    assert "access-control-allow-origin" not in signed_in.headers


async def test_the_app_and_a_program_with_a_bearer_token_are_taken(client: httpx.AsyncClient, world: World) -> None:
    somebody = await world.person()
    bearer = {"authorization": f"Bearer {somebody.token}", "origin": "https://elsewhere.example"}

    assert (await client.post("/graphql", json=ASK, headers={"origin": OWN})).status_code == 200
    assert (await client.post("/graphql", json=ASK, headers=bearer)).json()["data"]["me"] is not None


async def test_a_bearer_header_never_lends_its_leave_to_the_cookie(client: httpx.AsyncClient, world: World) -> None:
    client.cookies.set(PLAIN_COOKIE, (await world.person()).token)

    response = await client.post("/graphql", json=ASK, headers={"authorization": "Bearer nothing"})

    assert response.json() == {"data": {"me": None}}


async def test_a_preflight_of_another_origin_gets_no_leave(client: httpx.AsyncClient) -> None:
    response = await client.options(
        "/graphql",
        headers={
            "origin": "https://elsewhere.example",
            "access-control-request-method": "POST",
            "access-control-request-headers": "handsel-client",
        },
    )

    assert response.status_code == 405
    assert not [name for name in response.headers if name.startswith("access-control")]


async def test_a_socket_from_another_origin_is_not_opened(app: Starlette, world: World) -> None:
    cookie = f"{PLAIN_COOKIE}={(await world.person()).token}"
    with pytest.RaisesGroup(WebSocketDisconnect, flatten_subgroups=True, allow_unwrapped=True):
        async with socket_line(app, page="https://elsewhere.example", cookie=cookie):
            pass


async def test_a_socket_from_our_own_pages_knows_the_cookie(app: Starlette, world: World) -> None:
    event = await world.event()
    organizer = await world.team(event)
    cookie = f"{PLAIN_COOKIE}={organizer.token}"
    async with socket_line(app, page=OWN, cookie=cookie) as line:
        await line.begin()
        await line.subscribe(query='subscription { attendanceChanged(event: "x") { day } }')
        assert await line.refusal() == "NOT_FOUND"  # and not UNAUTHENTICATED


async def test_production_takes_only_the_cookie_that_is_bound_to_this_origin(
    production: Starlette, production_client: httpx.AsyncClient, world: World
) -> None:
    me = next(key for key, each in load(schema._schema).by_id.items() if each.name == "Me")  # noqa: SLF001 - as in server.app
    token = (await world.person()).token

    async def me_with(cookie: str) -> object:
        headers = {"cookie": f"{cookie}={token}", "origin": "https://handsel.test"}
        response = await production_client.post("/graphql", json={"documentId": me}, headers=headers)
        return response.json()["data"]["me"]

    assert await me_with(SECURE_COOKIE) is not None
    assert await me_with(PLAIN_COOKIE) is None
