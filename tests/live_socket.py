"""One subscription over one real WebSocket, as the app opens it."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

import httpx
from httpx_ws import AsyncWebSocketSession, aconnect_ws
from httpx_ws.transport import ASGIWebSocketTransport
from starlette.applications import Starlette

from server.sessions.tokens import PLAIN_COOKIE, PLAIN_DOOR_COOKIE

#: Long enough for any frame on a busy machine; nothing here takes that long.
PATIENCE = 30


class LiveSocket:
    """Sends one subscription and reads what comes."""

    def __init__(self, socket: AsyncWebSocketSession) -> None:
        self._socket = socket

    async def subscribe(self, document: str, **variables: Any) -> None:
        await self._socket.send_json({"type": "connection_init"})
        assert (await self.message())["type"] == "connection_ack"
        payload = {"query": document, "variables": variables}
        await self._socket.send_json({"id": "1", "type": "subscribe", "payload": payload})

    async def message(self) -> dict[str, Any]:
        message: dict[str, Any] = await self._socket.receive_json(timeout=PATIENCE)
        return message

    async def frame(self) -> dict[str, Any]:
        """The data of the next frame, without the name of its one field."""
        message = await self.message()
        assert message["type"] == "next", message
        data: dict[str, Any] = message["payload"]["data"]
        (frame,) = data.values()
        return dict(frame)

    async def refusal(self) -> str:
        """The code of the error that comes in place of a frame."""
        message = await self.message()
        errors = message["payload"] if message["type"] == "error" else message["payload"]["errors"]
        code: str = errors[0]["extensions"]["code"]
        return code


@contextlib.asynccontextmanager
async def live_socket(app: Starlette, token: str | None, *, phone: str | None = None) -> AsyncIterator[LiveSocket]:
    """A socket of somebody signed in by cookie, of a phone paired with a door, or of nobody."""
    transport = ASGIWebSocketTransport(app.state.asgi)
    held = {PLAIN_COOKIE: token, PLAIN_DOOR_COOKIE: phone}
    cookies = {name: value for name, value in held.items() if value is not None}
    async with (
        httpx.AsyncClient(transport=transport, base_url="http://handsel.test", cookies=cookies) as client,
        aconnect_ws(
            "http://handsel.test/graphql",
            client,
            subprotocols=["graphql-transport-ws"],
            session_class=AsyncWebSocketSession,
        ) as socket,
    ):
        yield LiveSocket(socket)
