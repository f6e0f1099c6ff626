"""A socket by hand, message by message, for what the app itself would never send."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
from httpx_ws import AsyncWebSocketSession, aconnect_ws
from httpx_ws.transport import ASGIWebSocketTransport
from starlette.applications import Starlette

#: Seconds. Long enough for any frame on a busy machine; nothing takes that long.
PATIENCE = 30


@dataclass(frozen=True, slots=True)
class SocketLine:
    """One open socket."""

    socket: AsyncWebSocketSession

    async def send(self, message: object) -> None:
        await self.socket.send_json(message)

    async def receive(self) -> dict[str, Any]:
        message: dict[str, Any] = await self.socket.receive_json(timeout=PATIENCE)
        return message

    async def begin(self, **payload: object) -> None:
        """Introduce oneself, by a token in the payload or by the cookie that came along."""
        await self.send({"type": "connection_init", "payload": payload})
        assert (await self.receive())["type"] == "connection_ack"

    async def subscribe(self, name: str = "1", **payload: object) -> None:
        await self.send({"id": name, "type": "subscribe", "payload": payload})

    async def refusal(self) -> str:
        """The code of the error that comes in place of a frame."""
        message = await self.receive()
        assert message["type"] in {"error", "next"}, message
        errors = message["payload"] if message["type"] == "error" else message["payload"]["errors"]
        code: str = errors[0]["extensions"]["code"]
        return code


@contextlib.asynccontextmanager
async def socket_line(
    app: Starlette,
    *,
    token: str | None = None,
    cookie: str | None = None,
    page: str | None = None,
    host: str = "http://handsel.test",
) -> AsyncIterator[SocketLine]:
    """A socket to the app, from a page of that origin where it is one's; introduced with `token` where there is one."""
    headers = {name: value for name, value in (("cookie", cookie), ("origin", page)) if value is not None}
    async with (
        httpx.AsyncClient(transport=ASGIWebSocketTransport(app.state.asgi), base_url=host) as client,
        aconnect_ws(
            f"{host}/graphql",
            client,
            subprotocols=["graphql-transport-ws"],
            headers=headers,
            session_class=AsyncWebSocketSession,
        ) as socket,
    ):
        line = SocketLine(socket)
        if token is not None:
            await line.begin(token=token)
        yield line
