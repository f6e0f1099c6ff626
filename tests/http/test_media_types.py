"""Both media types of GraphQL over HTTP, and the statuses of the newer one."""

from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from schema import media
from tests.world import World

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"


async def post(client: httpx.AsyncClient, query: str, accept: str = GRAPHQL, **variables: Any) -> httpx.Response:
    body = {"query": query, "variables": variables}
    return await client.post("/graphql", json=body, headers={"accept": accept})


#: What a client likes, and what it is answered in; None when it likes neither.
LIKED = {
    "": JSON, "*/*": JSON, "application/*": JSON, JSON: JSON, GRAPHQL: GRAPHQL, f"{GRAPHQL}, {JSON};q=0.9": GRAPHQL,
    f"{JSON}, {GRAPHQL};q=0.5": JSON, f"{JSON}, {GRAPHQL}": GRAPHQL, f"{GRAPHQL};charset=utf-8": GRAPHQL,
    "Application/GraphQL-Response+JSON": GRAPHQL, f"text/html, {GRAPHQL};q=0.1": GRAPHQL,
    f"{GRAPHQL};q=0, */*;q=0.1": JSON, f"{GRAPHQL};q=nonsense, */*;q=0.1": JSON, "text/html": None, ";;,,": None,
}  # fmt: skip


async def test_the_answer_is_in_the_media_type_the_client_likes_best(client: httpx.AsyncClient) -> None:
    for accept, answered in LIKED.items():
        response = await post(client, "{ me { id } }", accept)

        assert media.chosen(accept) == answered, accept
        if answered is None:
            assert response.status_code == 406, accept
        else:
            assert response.headers["content-type"] == f"{answered}; charset=utf-8", accept
            assert response.json() == {"data": {"me": None}}, accept


async def test_a_client_that_likes_nothing_in_particular_gets_json(client: httpx.AsyncClient) -> None:
    del client.headers["accept"]

    response = await client.post("/graphql", json={"query": "{ me { id } }"})

    assert response.headers["content-type"] == f"{JSON}; charset=utf-8"


async def test_data_is_200_also_where_a_part_of_it_failed(client: httpx.AsyncClient, world: World) -> None:
    event = await world.event()

    whole = await post(client, "{ me { id } }")
    part = await post(client, "query ($slug: String!) { me { id } event(slug: $slug) { id } }", slug=event.slug)

    assert (whole.status_code, whole.json()) == (200, {"data": {"me": None}})
    assert part.status_code == 200
    assert part.json()["data"] == {"me": None, "event": None}
    assert part.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_a_document_that_cannot_be_run_is_400_without_data(client: httpx.AsyncClient) -> None:
    of_event = "query ($slug: String!) { event(slug: $slug) { id } }"
    documents: tuple[tuple[str, dict[str, Any]], ...] = (
        ("{ me {", {}), ("{ nothingOfTheKind }", {}), (of_event, {}), (of_event, {"slug": 7}),
        ("query A { me { id } } query B { me { id } }", {}), ("{ " * 21 + "}" * 21, {}),
    )  # fmt: skip
    for query, variables in documents:
        new = await post(client, query, **variables)
        old = await post(client, query, JSON, **variables)

        assert (new.status_code, old.status_code) == (400, 200), query
        assert "data" not in new.json(), query
        assert old.json() == {"data": None, "errors": new.json()["errors"]}, query


async def test_a_bug_while_reading_a_document_is_masked_in_both(
    app: Starlette, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise ValueError("Canary9f3a")

    graphql = app.state.graphql
    monkeypatch.setattr(graphql.admission, "admit", fail)

    response = await post(client, "{ me { id } }")

    assert response.status_code == 500
    assert "Canary" not in response.text
    assert "tell us" in response.text


async def test_too_many_new_documents_is_429(client: httpx.AsyncClient) -> None:
    statuses = [(await post(client, f"{{ me {{ id{number}: id }} }}")).status_code for number in range(61)]

    assert statuses == [200] * 60 + [429]
    assert (await post(client, "{ me { id7: id } }")).status_code == 200
