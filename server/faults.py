"""The last net: a bug outside GraphQL is logged without its text and answered with a reference, never with itself."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.traces import report

#: RFC 6455: something unforeseen kept the server from going on.
_UNFORESEEN = 1011


class Faults:
    """Stands inside the middleware of the headers, so that its answers carry them too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def send_noting(message: Message) -> None:
            nonlocal has_begun
            has_begun = has_begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        except Exception as bug:
            sentence = f"Something went wrong on our side. If it happens again, tell us {report(bug)}."
            if has_begun:
                raise  # half an answer has left: the connection has to break
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": _UNFORESEEN, "reason": sentence})
            else:
                await PlainTextResponse(f"{sentence}\n", 500)(scope, receive, send)
