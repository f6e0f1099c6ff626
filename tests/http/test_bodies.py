"""Whatever is sent to /graphql is answered in one sentence, and never by a 500."""

import json
from collections.abc import AsyncIterator

import httpx

from schema.bodies import MAX_BODY_BYTES

JSON = {"content-type": "application/json"}
ASK = '{"query": "{ me { id } }"}'


def nested(depth: int) -> bytes:
    return b'{"query": "{ me { id } }", "variables": {"x": ' + b"[" * depth + b"]" * depth + b"}}"


BODIES = {
    "nothing": (b"", 400),
    "no JSON": (b"{query", 400),
    "a list of operations": (f"[{ASK}, {ASK}]".encode(), 400),
    "text": (b'"{ me { id } }"', 400),
    "null": (b"null", 400),
    "NaN": (b'{"query": "{ me { id } }", "variables": {"x": NaN}}', 400),
    "infinity": (b'{"query": "{ me { id } }", "variables": {"x": -Infinity}}', 400),
    "a number of 5000 digits": (b'{"variables": {"x": ' + b"9" * 5000 + b"}}", 400),
    "not UTF-8": (b'{"query": "\xff\xfe"}', 400),
    "UTF-16": (ASK.encode("utf-16"), 400),
    "nested past the limit": (nested(41), 400),
    "nested without end": (nested(100_000), 400),
    "NUL": (b'{"query": "{ event(slug: \\"\\u0000\\") { id } }", "variables": {"x": "a\\u0000b"}}', 400),
    "NUL as a name": (b'{"query": "{ me { id } }", "variables": {"\\u0000": 1}}', 400),
    "half a surrogate pair": (b'{"query": "{ me { id } }", "variables": {"x": "\\ud83d"}}', 400),
    "variables that are a list": (b'{"query": "{ me { id } }", "variables": [1]}', 400),
    "too long": (b" " * MAX_BODY_BYTES + ASK.encode(), 413),
}


async def test_a_body_that_cannot_be_taken_is_answered_in_one_sentence(client: httpx.AsyncClient) -> None:
    for kind, (body, status) in BODIES.items():
        response = await client.post("/graphql", content=body, headers=JSON)

        assert response.status_code == status, kind
        assert response.headers["content-type"].startswith("text/plain"), kind
        assert response.text.count("\n") == 1, kind
        assert response.text.endswith(".\n"), kind


async def test_only_json_in_utf_8_is_read(client: httpx.AsyncClient) -> None:
    for content_type in (
        "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/graphql",
        "application/json; charset=utf-16", "application/jsonp", "text/plain; application/json", "nonsense;;;",
    ):  # fmt: skip
        response = await client.post("/graphql", content=ASK, headers={"content-type": content_type})

        assert response.status_code == 415, content_type
        assert "application/json" in response.text


async def test_json_in_utf_8_is_read_however_it_is_called(client: httpx.AsyncClient) -> None:
    for content_type in ("application/json", "application/json; charset=utf-8", "Application/JSON"):
        response = await client.post("/graphql", content=ASK, headers={"content-type": content_type})

        assert response.json() == {"data": {"me": None}}, content_type


DOCUMENTS: list[dict[str, object]] = [
        {}, {"query": None}, {"query": ""}, {"query": "  "}, {"query": 7}, {"query": {}}, {"documentId": 7},
        {"documentId": ["sha256:00"]}, {"documentId": "sha256:00"}, {"documentId": ""}, {"query": "{"},
        {"query": "{ me { id } }", "operationName": 7}, {"query": "{ me { id } }", "operationName": "Other"},
        {"query": "query A { me { id } } query B { me { id } }"}, {"query": "fragment F on Person { id }"},
        {"query": 'subscription { swapChanged(event: "x") { __typename } }'}, {"query": "type A { b: Int }"},
        {"query": "{ nothingOfTheKind }"}, {"query": "query ($x: Int) { me { id } }", "variables": {"x": "one"}},
        {"query": "query ($x: Nonsense!) { me { id } }"},
        {"query": "query ($e: ID!, $n: Int!) { swaps(event: $e, first: $n) { edges { cursor } } }",
         "variables": {"e": "x", "n": "huge"}},
        {"query": '{ event(slug: "\\u0000") { id } }'}, {"query": '{ event(slug: "\\ud800") { id } }'},
]  # fmt: skip


async def test_a_document_that_cannot_be_run_is_a_graphql_error_with_a_code(client: httpx.AsyncClient) -> None:
    for body in DOCUMENTS:
        response = await client.post("/graphql", content=json.dumps(body).replace('"huge"', "1e400"), headers=JSON)

        assert response.status_code == 200, body
        assert response.json()["data"] is None, body
        for error in response.json()["errors"]:
            assert error["extensions"]["code"] in {"BAD_REQUEST", "DOCUMENT_NOT_FOUND", "DOCUMENT_REFUSED"}, body
            assert error["message"].endswith("."), body


async def test_what_is_not_understood_in_a_request_is_passed_over(client: httpx.AsyncClient) -> None:
    body = {"query": "{ me { id } }", "extensions": "none", "more": 1, "operationName": None, "variables": None}

    assert (await client.post("/graphql", json=body)).json() == {"data": {"me": None}}


async def test_graphql_is_sent_by_post_alone(client: httpx.AsyncClient) -> None:
    for method in ("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"):
        response = await client.request(method, "/graphql", params={"query": "{ me { id } }"})

        assert (response.status_code, response.headers["allow"]) == (405, "POST"), method


async def test_a_body_without_end_is_not_read_to_its_end(client: httpx.AsyncClient) -> None:
    sent = 0

    async def without_end() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 100 * MAX_BODY_BYTES:
            sent += 65_536
            yield b" " * 65_536

    response = await client.post("/graphql", content=without_end(), headers=JSON)

    assert response.status_code == 413
    assert sent <= 2 * MAX_BODY_BYTES
