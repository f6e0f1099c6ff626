"""Phones that fetch a vault over HTTP."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import httpx
import pytest
from starlette.applications import Starlette

from tests.vault.reading import Body, Phone
from tests.world import Attendee


@dataclass(slots=True)
class FetchingPhone:
    """The app on one phone of somebody: asks with its cursor and follows what it is told."""

    client: httpx.AsyncClient
    owner: Attendee
    kept: Phone = field(default_factory=Phone)
    tag: str | None = None

    async def ask(self, *, since: str | None = None, tag: str | None = None, slug: str | None = None) -> httpx.Response:
        headers = {"authorization": f"Bearer {self.owner.token}"} | ({"if-none-match": tag} if tag else {})
        parameters = {"since": since} if since is not None else {}
        path = f"/events/{slug or self.owner.event.slug}/vault"
        return await self.client.get(path, params=parameters, headers=headers)

    async def fetch(self) -> Body | None:
        """Follow what changed; None when nothing did."""
        response = await self.ask(since=self.kept.cursor, tag=self.tag)
        if response.status_code == 304:
            assert response.content == b""
            return None
        assert response.status_code == 200, response.text
        self.tag = response.headers["etag"]
        return self.kept.take(response.content)

    async def fetch_whole(self) -> Phone:
        """What a new phone of the same person holds."""
        response = await self.ask()
        assert response.status_code == 200, response.text
        anew = Phone()
        assert anew.take(response.content).header["whole"]
        return anew

    def sees(self, other: Attendee) -> str | None:
        """The name that scanning the other's badge shows without a network."""
        content = self.kept.scan(other.badge.token, other.event.id)
        return None if content is None else str(content["card"]["name"])


@pytest.fixture
async def phone_of(app: Starlette) -> AsyncIterator[Callable[[Attendee], FetchingPhone]]:
    """Makes a phone of somebody."""
    transport = httpx.ASGITransport(app=app.state.asgi)
    async with httpx.AsyncClient(transport=transport, base_url="http://handsel.test") as client:
        yield lambda owner: FetchingPhone(client, owner)
