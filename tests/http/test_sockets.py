"""The socket: messages that are none of the protocol's end it with a sentence; nothing ends the server."""

import json
from typing import Any

import httpx
import pytest
from httpx_ws import AsyncWebSocketSession, WebSocketDisconnect, aconnect_ws
from httpx_ws.transport import ASGIWebSocketTransport
from starlette.applications import Starlette

from tests.encounters.documents import id_of
from tests.http.socket_line import PATIENCE, SocketLine, socket_line
from tests.world import World

CHANGED = "subscription ($event: ID!) { swapChanged(event: $event) { __typename } }"

#: Each ends the socket with 4400.
NONSENSE: list[str] = [
    "", "no JSON", "null", "7", "[]", '"connection_init"', "{}", '{"type": 7}', '{"type": null}', '{"type": "unknown"}',
    '{"type": "connection_init", "payload": 7}', '{"type": "connection_init", "payload": []}',
    '{"type": "connection_init", "payload": {"token": "\\ud800"}}',
    '{"type": "connection_init", "payload": {"token": "\\u0000"}}',
    '{"type": "subscribe"}', '{"type": "subscribe", "id": 7, "payload": {"query": "{ me { id } }"}}',
    '{"type": "subscribe", "id": ["1"], "payload": {"query": "{ me { id } }"}}',
    '{"type": "subscribe", "id": "", "payload": {"query": "{ me { id } }"}}',
    '{"type": "subscribe", "id": "' + "1" * 101 + '", "payload": {"query": "{ me { id } }"}}',
    '{"type": "subscribe", "id": "1"}', '{"type": "subscribe", "id": "1", "payload": null}',
    '{"type": "subscribe", "id": "1", "payload": []}', '{"type": "complete"}', '{"type": "complete", "id": {}}',
    '{"type": "ping", "payload": 7}', '{"type": "ping", "payload": {"x": NaN}}', "[" * 100_000,
    '{"x": ' + "9" * 5000 + "}",
    '{"type": "next", "id": "1", "payload": {}}',
]  # fmt: skip

#: Each is answered by an error; the socket stays.
REFUSED: list[dict[str, Any]] = [
    {}, {"query": None}, {"query": 7}, {"query": ""}, {"query": "{"}, {"documentId": "sha256:0"}, {"documentId": 7},
    {"query": CHANGED, "variables": []}, {"query": CHANGED, "variables": "x"}, {"query": CHANGED, "operationName": 7},
    {"query": CHANGED, "operationName": "Other"}, {"query": "{ me { id } }"},
    {"query": "mutation { signOut { message } }"},
    {"query": CHANGED + " query Q { me { id } }"}, {"query": "fragment F on Person { id }"},
    {"query": CHANGED, "variables": {"event": "\0"}}, {"query": CHANGED, "variables": {"\0": 1}},
    {"query": CHANGED, "variables": {"event": [[[1]]]}}, {"query": CHANGED}, {"query": "subscription { nothing }"},
    {"query": 'subscription { swapChanged(event: "\\u0000") { __typename } }'},
    {"query": CHANGED, "variables": {"x": json.loads("[" * 60 + "]" * 60)}},
]  # fmt: skip


async def ended_by(line: SocketLine) -> int:
    """The code with which the socket was closed."""
    with pytest.raises(WebSocketDisconnect) as ended:
        await line.socket.receive(timeout=PATIENCE)
    assert len((ended.value.reason or "").encode()) <= 123  # RFC 6455, section 5.5
    return ended.value.code


async def test_a_message_that_is_none_of_the_protocols_ends_the_socket(app: Starlette) -> None:
    for text in NONSENSE:
        async with socket_line(app, token=None if "connection_init" in text else "") as line:
            await line.socket.send_text(text)
            assert await ended_by(line) == 4400, text[:80]


async def test_bytes_end_the_socket(app: Starlette) -> None:
    async with socket_line(app) as line:
        await line.socket.send_bytes(b'{"type": "connection_init"}')
        assert await ended_by(line) == 4400


async def test_what_cannot_be_watched_is_answered_by_an_error_and_the_socket_stays(
    app: Starlette, world: World
) -> None:
    async with socket_line(app, token=(await world.person()).token) as line:
        for number, payload in enumerate(REFUSED):
            await line.subscribe(f"{number}", **payload)
            message = await line.receive()
            assert (message["type"], message["id"]) == ("error", f"{number}"), payload
            assert all(error["message"].endswith(".") for error in message["payload"]), message
        await line.send({"type": "ping"})
        assert await line.receive() == {"type": "pong"}


async def test_without_introducing_itself_a_client_watches_nothing(app: Starlette) -> None:
    async with socket_line(app) as line:
        await line.subscribe(query=CHANGED, variables={"event": "x"})
        assert await ended_by(line) == 4401


async def test_introducing_itself_twice_ends_the_socket(app: Starlette) -> None:
    async with socket_line(app, token="") as line:
        await line.send({"type": "connection_init"})
        assert await ended_by(line) == 4429


async def test_a_ninth_subscription_over_one_socket_is_refused(app: Starlette, world: World) -> None:
    event = await world.event()
    ana = await world.attendee(event)
    async with socket_line(app, token=ana.token) as line:
        for number in range(9):
            await line.subscribe(f"{number}", query=CHANGED, variables={"event": id_of(event)})
        message = await line.receive()

    assert (message["type"], message["id"]) == ("error", "8")


async def test_another_protocol_is_not_spoken(app: Starlette) -> None:
    transport = ASGIWebSocketTransport(app.state.asgi)
    async with httpx.AsyncClient(transport=transport, base_url="http://handsel.test") as client:
        with pytest.RaisesGroup(WebSocketDisconnect, flatten_subgroups=True, allow_unwrapped=True):
            async with aconnect_ws(
                "http://handsel.test/graphql", client, subprotocols=["graphql-ws"], session_class=AsyncWebSocketSession
            ) as socket:
                await socket.receive(timeout=PATIENCE)
