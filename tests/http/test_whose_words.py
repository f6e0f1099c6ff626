"""A phone's outbox says whose words it sends: after somebody else signed in there, they go out in nobody's name."""

import httpx
import pytest
from starlette.applications import Starlette

from schema.ids import Kind, global_id
from tests.world import Somebody, World

ME = "{ me { name } }"


@pytest.fixture
async def ana(world: World) -> Somebody:
    return await world.person(name="Ana")


async def ask(app: Starlette, token: str, person: str | None) -> dict[str, object]:
    headers = {"authorization": f"Bearer {token}"} | ({"handsel-person": person} if person is not None else {})
    transport = httpx.ASGITransport(app=app.state.asgi)
    async with httpx.AsyncClient(transport=transport, base_url="http://handsel.test") as client:
        response = await client.post("/graphql", json={"query": ME}, headers=headers)
    data: dict[str, object] = response.json()["data"]
    return data


async def test_words_of_the_one_who_is_signed_in_are_taken(app: Starlette, ana: Somebody) -> None:
    assert await ask(app, ana.token, global_id(Kind.PERSON, ana.id)) == {"me": {"name": "Ana"}}
    assert await ask(app, ana.token, None) == {"me": {"name": "Ana"}}


async def test_words_of_somebody_else_are_answered_as_to_nobody(app: Starlette, world: World, ana: Somebody) -> None:
    ben = await world.person(name="Ben")

    assert await ask(app, ben.token, global_id(Kind.PERSON, ana.id)) == {"me": None}
    assert await ask(app, ben.token, "nonsense") == {"me": None}
