"""The app's files and the headers every answer carries. Any unknown path is the app's: it has its own routes."""

from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.settings import Settings

#: No inline script or style, nothing from elsewhere. `wasm-unsafe-eval` lets the code reader run.
_POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'self'; object-src 'none'"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",  # addresses can hold a badge's token
    "permissions-policy": "camera=(self), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
}


def routes(folder: Path) -> list[BaseRoute]:
    """The built app in `folder`; a sentence instead while it has not been built."""

    async def shell(_: Request) -> Response:
        index = folder / "index.html"
        if not index.exists():
            return PlainTextResponse("The app has not been built yet. Start Handsel with ./run.\n", status_code=503)
        return FileResponse(index, headers={"cache-control": "no-cache"})

    async def top_level_file(request: Request) -> Response:
        """Icons, the manifest and the service worker lie at the top; anything else there is a route of the app."""
        path = _file_named(request.path_params["name"], folder)
        return await shell(request) if path is None else FileResponse(path, headers={"cache-control": "no-cache"})

    return [
        Mount("/assets", _Hashed(folder / "assets"), name="assets"),
        Route("/", shell),
        Route("/{name:str}", top_level_file),
        Route("/{path:path}", shell),
    ]


def _file_named(name: str, folder: Path) -> Path | None:
    """The file of that name in the folder itself; hidden ones are not there."""
    if "." not in name or name.startswith("."):
        return None
    try:
        return folder / name if (folder / name).is_file() else None
    except (OSError, ValueError):  # no file can have such a name
        return None


class _Hashed:
    """Files whose names hold a hash of their content: kept by browsers for ever."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = StaticFiles(directory=folder, check_dir=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._folder.is_dir():  # not built yet
            await PlainTextResponse("Not Found", 404)(scope, receive, send)
            return

        async def send_kept(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in {200, 304}:
                MutableHeaders(scope=message)["cache-control"] = "public, max-age=31536000, immutable"
            await send(message)

        await self._files(scope, receive, send_kept)


def middleware(settings: Settings) -> list[Middleware]:
    """Security headers on every answer; HSTS only where people come by https."""
    return [Middleware(_SecurityHeaders, is_secure=settings.is_secure)]


class _SecurityHeaders:
    def __init__(self, app: ASGIApp, *, is_secure: bool) -> None:
        self._app = app
        self._is_secure = is_secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("content-security-policy", _POLICY)
                if self._is_secure:
                    headers.setdefault("strict-transport-security", "max-age=31536000")
            await send(message)

        await self._app(scope, receive, send_with_headers)
