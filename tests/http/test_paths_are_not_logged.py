"""A real server at its most talkative: no address that was asked for, and no token, is in what it writes."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import websockets

BADGE = "0123456789CANARYBADGE23456"
TICKET = "CANARYTICK"
CODE = "CANARYCODE23"


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server process, what it has written, and where it listens."""

    port: int
    written: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def running(dsn: str, folder: Path) -> AsyncIterator[RunningServer]:
    server = RunningServer(free_port(), folder / "written.txt")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HANDSEL_")}
    changes = {"DATABASE_URL": dsn, "HANDSEL_DATA": str(folder), "HANDSEL_LOG_LEVEL": "debug"}
    with server.written.open("wb") as written:
        process = subprocess.Popen(  # noqa: ASYNC220 - it runs beside the test until it is told to end
            [sys.executable, "-m", "server", "serve", "--port", str(server.port)],
            env=kept | changes, stdout=written, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            async with httpx.AsyncClient(base_url=server.address) as client, asyncio.timeout(60):
                while True:
                    try:
                        if (await client.get("/readyz")).status_code == 200:
                            break
                    except httpx.TransportError:
                        await asyncio.sleep(0.1)
            yield server
        finally:
            process.send_signal(signal.SIGTERM)
            await asyncio.to_thread(process.wait, 30)


async def test_no_address_and_no_token_is_in_what_the_server_writes(dsn: str, pool: object, tmp_path: Path) -> None:
    paths = [
        f"/B/{BADGE}", f"/b/{BADGE}?x={CODE}", f"/T/{TICKET}", f"/sign-in?code={CODE}", f"/graphql?query={CODE}",
        f"/assets/{BADGE}.js", f"/{CODE}.txt", f"/healthz?{CODE}", f"/B/{BADGE}%00", f"/%ff{BADGE}",
        f"/assets/..%2f{BADGE}",
    ]  # fmt: skip
    async with running(dsn, tmp_path) as server:
        async with httpx.AsyncClient(base_url=server.address, headers={"authorization": f"Bearer {CODE}"}) as client:
            for path in paths:
                response = await client.get(path, headers={"referer": f"{server.address}/B/{BADGE}"})
                assert response.status_code < 500 or response.text.startswith("The app has not been built"), path
                assert response.headers["referrer-policy"] == "no-referrer", path
                assert "server" not in response.headers
            for body in (f'{{"query": "{{ {CODE} }}"}}', CODE, f'["{CODE}"]'):
                await client.post("/graphql", content=body, headers={"content-type": "application/json"})
            await client.post("/graphql", content=CODE * 100_000, headers={"content-type": "application/json"})
        for path in (f"/B/{BADGE}", f"/graphql?token={CODE}"):
            with pytest.raises(websockets.WebSocketException):
                async with websockets.connect(f"ws://127.0.0.1:{server.port}{path}", origin=f"https://{CODE}.example"):  # type: ignore[arg-type] # any text may come
                    pass
        async with websockets.connect(
            f"ws://127.0.0.1:{server.port}/graphql?token={CODE}",
            subprotocols=["graphql-transport-ws"],  # type: ignore[list-item] # the library's own type of text
        ) as line:
            await line.send(f'{{"type": "connection_init", "payload": {{"token": "{CODE}"}}}}')
            await line.recv()
            await line.send(f'{{"type": "subscribe", "id": "{CODE}", "payload": {{"query": "{CODE}"}}}}')
            await line.recv()
            await line.send(CODE)
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(f"NONSENSE /B/{BADGE} {CODE}\r\n\r\n".encode())
        await reader.read()
        writer.close()

    written = server.written.read_text()
    assert "Handsel has ended." in written
    assert "canary" not in written.lower()
