"""A push service on this machine: it opens what it is handed as a browser would, and answers as it is told to."""

import asyncio
import hashlib
import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import http_ece
from aiohttp import web
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

from server.ids import new_id
from server.notifications.push.hosts import PushHosts
from tests.world import Somebody, World

#: Endpoints whose path begins so are answered with that status; `hang` with nothing, `moved` elsewhere, `late` when the
#: silence ends.
STATUSES = {"ok": 201, "gone": 410, "unknown": 404, "denied": 403, "busy": 429, "broken": 500}


@dataclass
class PushPeer:
    """`received` are the opened messages in order, `asked` the paths of all that came."""

    port: int = 0
    received: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    retry_after: str | None = None
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))
    silence: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def p256dh(self) -> bytes:
        return self.private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def endpoint(self, answer: str = "ok") -> str:
        """A new endpoint that is answered so."""
        return f"{self.origin}/{answer}/{new_id()}"

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        body, kind = await request.read(), request.path.split("/")[1]
        assert Vapid02.verify(request.headers["authorization"])
        if kind == "moved":
            return web.Response(status=307, headers={"location": f"{self.origin}/ok/elsewhere"})
        if kind in {"ok", "late"}:
            opened = http_ece.decrypt(body, private_key=self.private, auth_secret=self.auth, version="aes128gcm")
            self.received.append(json.loads(opened))
            self.headers.append({name.lower(): value for name, value in request.headers.items()})
        if kind in {"hang", "late"}:
            await self.silence.wait()
        headers = {"retry-after": self.retry_after} if self.retry_after and kind == "busy" else {}
        return web.Response(status=STATUSES.get(kind, 201), headers=headers)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until enough has come."""
        async with asyncio.timeout(30):
            while not holds():  # noqa: ASYNC110 - what comes in fills lists
                await asyncio.sleep(0.01)

    async def device(self, world: World, person: Somebody, answer: str = "ok", name: str = "Firefox") -> UUID:
        """The id of a browser of this person that is signed in and subscribed here."""
        device_id, endpoint = new_id(), self.endpoint(answer)
        await world.pool.execute(
            "INSERT INTO push_subscriptions (person_id, id, session_id, endpoint, endpoint_hash, origin, p256dh, auth,"
            " device, subscribed_at, seen_at) SELECT $1, $2, sessions.id, $3, $9, $4, $5, $6, $7, $8, $8"
            " FROM sessions WHERE person_id = $1 LIMIT 1",
            person.id, device_id, endpoint, PushHosts(loopback=True).origin_of(endpoint), self.p256dh, self.auth,
            name, world.clock(), hashlib.sha256(endpoint.encode()).digest(),
        )  # fmt: skip
        return device_id


@asynccontextmanager
async def push_peer() -> AsyncIterator[PushPeer]:
    peer = PushPeer()
    app = web.Application()
    app.router.add_post("/{path:.*}", peer.answer)
    runner = web.AppRunner(app, handle_signals=False, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    peer.port = runner.addresses[0][1]
    yield peer
    peer.silence.set()
    await runner.cleanup()
