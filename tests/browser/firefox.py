"""The Firefox found on this machine, driven over its own socket (WebDriver BiDi), and the push service it uses.

The push service is the small part of Mozilla's WebSocket protocol that a Firefox needs: it gives out endpoints, and
hands on what is posted to them.
"""

import asyncio
import base64
import contextlib
import json
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import websockets
from aiohttp import web
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.server import ServerConnection, serve

from tests.browser.live_server import free_port

NONE_FOUND = "No Firefox was found. Install the package firefox-esr; then run the tests again."


def find_firefox() -> str | None:
    return shutil.which("firefox-esr") or shutil.which("firefox")


class PushService:
    """One browser on a socket; what a server posts to its endpoints is handed on to it."""

    def __init__(self) -> None:
        self.address = ""
        self.port = 0
        self._browser: ServerConnection | None = None

    async def hear(self, socket: ServerConnection) -> None:
        with contextlib.suppress(websockets.ConnectionClosedError):  # it is ended without a word
            await self._converse(socket)

    async def _converse(self, socket: ServerConnection) -> None:
        async for raw in socket:
            message = json.loads(raw)
            answer = {"messageType": message.get("messageType"), "status": 200}
            if message.get("messageType") == "hello":
                self._browser = socket
                answer |= {"use_webpush": True, "uaid": message.get("uaid") or uuid.uuid4().hex, "broadcasts": {}}
            elif message.get("messageType") == "register":
                endpoint = f"http://127.0.0.1:{self.port}/{message['channelID']}"
                answer |= {"channelID": message["channelID"], "pushEndpoint": endpoint}
            elif message.get("messageType") == "unregister":
                answer |= {"channelID": message["channelID"]}
            elif message.get("messageType") is None:
                answer = {}
            else:
                continue
            await socket.send(json.dumps(answer))

    async def take(self, request: web.Request) -> web.Response:
        assert self._browser is not None
        sealed = base64.urlsafe_b64encode(await request.read()).decode().rstrip("=")
        notice = {
            "messageType": "notification", "channelID": request.match_info["channel"], "version": uuid.uuid4().hex,
            "data": sealed, "headers": {"encoding": "aes128gcm"},
        }  # fmt: skip
        await self._browser.send(json.dumps(notice))
        return web.Response(status=201)


@contextlib.asynccontextmanager
async def push_service() -> AsyncIterator[PushService]:
    service = PushService()
    app = web.Application()
    app.router.add_post("/{channel}", service.take)
    runner = web.AppRunner(app, handle_signals=False, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    service.port = runner.addresses[0][1]
    async with serve(service.hear, "127.0.0.1", 0) as sockets:
        service.address = f"ws://127.0.0.1:{next(iter(sockets.sockets)).getsockname()[1]}/"
        yield service
    await runner.cleanup()


class Firefox:
    """One page. Raises `AssertionError` for what the browser refuses."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._asked = 0
        self.page = ""

    async def ask(self, method: str, **given: Any) -> dict[str, Any]:
        self._asked += 1
        mine = self._asked
        await self._socket.send(json.dumps({"id": mine, "method": method, "params": given}))
        while (answer := json.loads(await self._socket.recv())).get("id") != mine:
            pass
        assert answer["type"] == "success", f"{method}: {answer}"
        result: dict[str, Any] = answer["result"]
        return result

    async def open(self, address: str) -> None:
        await self.ask("browsingContext.navigate", context=self.page, url=address, wait="complete")

    async def says(self, expression: str) -> Any:
        """What the page answers to an expression, as if the person had just pressed something."""
        told = await self.ask(
            "script.evaluate", expression=f"Promise.resolve({expression}).then((it) => JSON.stringify(it))",
            target={"context": self.page}, awaitPromise=True, userActivation=True,
        )  # fmt: skip
        assert told["type"] == "success", told
        return json.loads(told["result"].get("value", "null"))

    async def until(self, expression: str) -> Any:
        """Waits until the expression is true, as long as a person would."""
        async with asyncio.timeout(30):
            while not (found := await self.says(expression)):  # noqa: ASYNC110 - a page tells only when it is asked
                await asyncio.sleep(0.05)
        return found

    async def press(self, name: str) -> None:
        """Presses the button with these words once it is there."""
        found = f"[...document.querySelectorAll('button')].find((each) => each.innerText.trim() === {json.dumps(name)})"
        await self.until(f"{found} !== undefined")
        await self.says(f"{found}.click()")


@contextlib.asynccontextmanager
async def firefox(service: PushService) -> AsyncIterator[Firefox]:
    """A Firefox that takes its pushes from this service and may show them."""
    binary = find_firefox()
    assert binary is not None
    with free_port() as probe:
        port: int = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        (Path(profile) / "user.js").write_text(_preferences(service), encoding="utf-8")
        process = await asyncio.create_subprocess_exec(
            binary, "--headless", "--no-remote", "--profile", profile, f"--remote-debugging-port={port}", "about:blank",
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            async with await _connected(port) as socket:
                browser = Firefox(socket)
                await browser.ask("session.new", capabilities={})
                browser.page = (await browser.ask("browsingContext.getTree"))["contexts"][0]["context"]
                yield browser
        finally:
            process.terminate()
            await process.wait()


async def _connected(port: int) -> ClientConnection:
    async with asyncio.timeout(60):
        while True:
            try:
                return await websockets.connect(f"ws://127.0.0.1:{port}/session", max_size=None)
            except OSError:
                await asyncio.sleep(0.1)


def _preferences(service: PushService) -> str:
    nowhere = "http://127.0.0.1:9/"
    chosen = {
        "dom.push.serverURL": service.address,
        "dom.push.testing.allowInsecureServerURL": True,
        "dom.push.connection.enabled": True,
        "permissions.default.desktop-notification": 1,
        "alerts.useSystemBackend": False,  # no desktop is needed
        "network.connectivity-service.enabled": False,
        "network.captive-portal-service.enabled": False,
        "app.update.enabled": False,
        "services.settings.server": nowhere,
        "toolkit.telemetry.enabled": False,
        "browser.safebrowsing.update.enabled": False,
        "remote.prefs.recommended": False,
    }
    return "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in chosen.items())
