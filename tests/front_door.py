"""GraphQL as a client speaks it."""

from dataclasses import dataclass, replace
from typing import Any

import httpx

from schema.context import PHONE_HEADER
from server.callers import CLIENT_HEADER
from server.sessions.tokens import PLAIN_DOOR_COOKIE


@dataclass(frozen=True, slots=True)
class FrontDoor:
    """Sends documents over HTTP, signed in with `token` when there is one."""

    client: httpx.AsyncClient
    token: str | None = None
    phone: str | None = None
    pairing: str | None = None

    def as_(self, token: str) -> "FrontDoor":
        """The same door for somebody with a session."""
        return replace(self, token=token, phone=None)

    def as_phone(self, token: str) -> "FrontDoor":
        """The same door for a phone that is paired with a door of an event."""
        return replace(self, token=None, phone=token)

    def with_phone(self, token: str) -> "FrontDoor":
        """Somebody with a session whose browser is paired with a door of an event as well."""
        return replace(self, phone=token)

    def under(self, pairing: str) -> "FrontDoor":
        """The same phone, sending what it made while it was paired so: `pairing` is the id that it had then."""
        return replace(self, pairing=pairing)

    def headers(self) -> dict[str, str]:
        """Who asks."""
        person = {} if self.token is None else {"authorization": f"Bearer {self.token}"}
        if self.pairing is not None:
            person |= {PHONE_HEADER: self.pairing}
        if self.phone is None:
            return person
        return person | {"cookie": f"{PLAIN_DOOR_COOKIE}={self.phone}", CLIENT_HEADER: "tests"}

    async def answer(self, document: str, **variables: Any) -> dict[str, Any]:
        """The whole answer, `data` and `errors`."""
        response = await self.client.post(
            "/graphql", json={"query": document, "variables": variables}, headers=self.headers()
        )
        assert response.status_code == 200, response.text
        body: dict[str, Any] = response.json()
        return body

    async def ask(self, document: str, **variables: Any) -> dict[str, Any]:
        """The data of an answer without errors."""
        body = await self.answer(document, **variables)
        assert "errors" not in body, body["errors"]
        data: dict[str, Any] = body["data"]
        return data

    async def refusal(self, document: str, **variables: Any) -> str:
        """The code of the first top-level error."""
        body = await self.answer(document, **variables)
        assert body.get("errors"), body
        code: str = body["errors"][0].get("extensions", {}).get("code", body["errors"][0]["message"])
        return code
