"""Which documents are run: in production the app's own, others only from those who organize, all within limits."""

from typing import Any

import httpx
import pytest
from graphql import GraphQLError, get_introspection_query, parse
from starlette.applications import Starlette

from schema import limits
from schema.root import schema
from schema.trusted import TrustedDocuments, load
from server.events.models import Role
from server.sessions.tokens import SECURE_COOKIE
from tests.http.socket_line import socket_line
from tests.world import Somebody, World

MINE = "{ me { id } }"


@pytest.fixture(scope="module")
def documents() -> TrustedDocuments:
    return load(schema._schema)  # noqa: SLF001 - as in server.app


def id_of(documents: TrustedDocuments, name: str) -> str:
    return next(key for key, each in documents.by_id.items() if each.name == name)


async def send(client: httpx.AsyncClient, somebody: Somebody | None = None, **body: Any) -> dict[str, Any]:
    headers = {} if somebody is None else {"authorization": f"Bearer {somebody.token}"}
    response = await client.post("/graphql", json=body, headers=headers)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def code_of(answer: dict[str, Any]) -> str | None:
    return answer["errors"][0]["extensions"]["code"] if "errors" in answer else None


async def test_the_apps_documents_are_found_by_their_id(
    production_client: httpx.AsyncClient, documents: TrustedDocuments, world: World
) -> None:
    somebody = await world.person()

    answer = await send(production_client, somebody, documentId=id_of(documents, "Me"))

    assert answer["data"]["me"]["email"] == somebody.email


async def test_an_unknown_id_says_that_the_app_is_not_of_this_version(production_client: httpx.AsyncClient) -> None:
    for document_id in ("sha256:" + "0" * 64, "sha256:", "", "Me", 7, ["Me"], {"sha256": "0"}, True):
        answer = await send(production_client, documentId=document_id, query=MINE)

        assert code_of(answer) == "DOCUMENT_NOT_FOUND", document_id
        assert answer["errors"][0]["message"].startswith("This version of the app is older or newer than the server.")


async def test_with_an_id_the_text_beside_it_is_not_looked_at(
    production_client: httpx.AsyncClient, documents: TrustedDocuments
) -> None:
    answer = await send(production_client, documentId=id_of(documents, "Me"), query="{", operationName="Other")

    assert answer == {"data": {"me": None}}


async def test_a_cookie_session_sends_the_apps_documents_only(
    production_client: httpx.AsyncClient, world: World
) -> None:
    organizer = await world.team(await world.event(), Role.OWNER)
    production_client.cookies.set(SECURE_COOKIE, organizer.token)
    await world.pool.execute("UPDATE sessions SET kind = 'COOKIE'")

    assert code_of(await send(production_client, query=MINE)) == "DOCUMENT_NOT_TRUSTED"


async def test_text_is_taken_of_those_who_organize_and_of_nobody_else(
    production_client: httpx.AsyncClient, world: World
) -> None:
    event = await world.event()
    host = await world.person()
    await world.pool.execute("UPDATE people SET may_create_events = true WHERE id = $1", host.id)
    organizers = [await world.team(event, role) for role in Role]
    others = [None, await world.person(), (await world.attendee(event)).person]

    assert [code_of(await send(production_client, each, query=MINE)) for each in [*organizers, host]] == [None] * 4
    assert [code_of(await send(production_client, each, query=MINE)) for each in others] == ["DOCUMENT_NOT_TRUSTED"] * 3

    await world.pool.execute("DELETE FROM event_roles")
    assert code_of(await send(production_client, organizers[0], query=MINE)) == "DOCUMENT_NOT_TRUSTED"


async def test_the_socket_takes_text_of_the_same_people(production: Starlette, world: World) -> None:
    event = await world.event()
    changed = 'subscription { swapChanged(event: "x") { __typename } }'

    async def code(somebody: Somebody) -> str:
        async with socket_line(production, token=somebody.token, host="https://handsel.test") as line:
            await line.subscribe(query=changed)
            return await line.refusal()

    assert await code(await world.team(event)) == "NOT_FOUND"
    assert await code((await world.attendee(event)).person) == "DOCUMENT_NOT_TRUSTED"


def spreading(fragments: int, times: int, last: str) -> str:
    """Fragments that each spread the next one so many times: `times ** fragments` selections when all are spread."""
    chain = [f"fragment f{each} on Query {{ {f'...f{each + 1} ' * times}}}" for each in range(fragments)]
    return f"{{ ...f0 }} {' '.join(chain)} fragment f{fragments} on Query {{ {last} }}"


#: What would take 2^40 steps and more if fragments were spread to be measured: ending at all is the proof.
BOMBS = {
    "fragments that double": spreading(40, 2, "me { id }"),
    "fragments that spread wide": spreading(14, 8, "me { id }"),
    "fragments that end in nothing": spreading(14, 8, "...nowhere"),
    "fragments in a small document": spreading(13, 3, "me { id }"),
    "fragments that nothing spreads": "{ me { id } } " + spreading(14, 8, "me { id }").removeprefix("{ ...f0 } "),
    "inline fragments": "{ " + "... { " * 60 + "me { id }" + " }" * 61,
    "a circle": "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }",
    "a circle of one": "{ ...a } fragment a on Query { me { id } ...a }",
    "a circle that nothing spreads": "{ me { id } } fragment a on Query { ...b } fragment b on Query { ...a }",
    "a long chain": spreading(400, 1, "me { id }"),
    "aliases": "{ " + " ".join(f"a{each}: me {{ id }}" for each in range(400)) + " }",
    "one field again and again": "{ me { " + "id " * 400 + "} }",
    "one field with arguments again and again": "{ " + 'swaps(event: "x", first: 3) { edges { cursor } } ' * 100 + "}",
    "one field in many fragments": "{ ...a ...b } "
    + "".join(f"fragment {each} on Query {{ {'me { id } ' * 15}}} " for each in "ab"),
    "repeats in a fragment that nothing spreads": "{ me { id } } fragment a on Query { " + "me { id } " * 100 + "}",
    "directives": "{ me { id " + "@skip(if: true) " * 300 + "} }",
    "directives on fragments": "{ ...a " + "@include(if: true) " * 30 + "} fragment a on Query { me { id } }",
    "deep selections": "{ me { registrations { event { myRegistration { " * 8 + "id" + " } } } }" * 8,
    "deeper than can be read": "{ a " * 3000 + "}" * 3000,
    "deep lists": "{ event(slug: " + "[" * 3000 + "]" * 3000 + ") { id } }",
    "deep lists within tokens": "{ event(slug: " + "[" * 1900 + "]" * 1900 + ") { id } }",
    "deep types": "query ($x: " + "[" * 1900 + "Int" + "]" * 1900 + ") { me { id } }",
    "many operations": " ".join(f"query Q{each} {{ me {{ id name email }} }}" for each in range(200)),
    "many tokens": "{ me { id } }" + " fragment a on Query { me { id } }" * 600,
    "many characters": "{ me { id } } " + "#" * 20_000,
}


def test_the_bombs_are_as_large_as_they_say() -> None:
    assert len(BOMBS["fragments in a small document"]) <= 655
    assert 8**14 > 2**40


async def test_a_document_that_is_too_much_is_refused(client: httpx.AsyncClient) -> None:
    for kind, bomb in BOMBS.items():
        answer = await send(client, query=bomb)

        assert code_of(answer) == "DOCUMENT_REFUSED", kind
        assert answer["data"] is None, kind


async def test_the_socket_refuses_them_too_and_stays_open(app: Starlette) -> None:
    async with socket_line(app, token="") as line:
        for number, document in enumerate(BOMBS.values()):
            await line.subscribe(f"{number}", query=document)
            assert await line.refusal() == "DOCUMENT_REFUSED"
        await line.send({"type": "ping"})
        assert (await line.receive())["type"] == "pong"


def test_each_fragment_is_measured_once() -> None:
    """Every selection of the text is visited a bounded number of times, however often its fragment is spread."""
    visited = 0

    class Counting(limits._Measure):  # noqa: SLF001 - how it measures is what is asked
        def _size(self, selections: Any, level: int) -> limits.Size:
            nonlocal visited
            visited += 1
            return super()._size(selections, level)

    text = spreading(14, 8, "me { id }")
    measure = Counting(parse(text))
    with pytest.raises(GraphQLError, match="more than"):
        measure.check()

    assert visited <= 14 * 9 + 10


async def test_an_honest_document_is_within_the_limits(client: httpx.AsyncClient) -> None:
    asked = get_introspection_query(
        descriptions=True, specified_by_url=True, directive_is_repeatable=True, schema_description=True,
        input_value_deprecation=True,
    )  # fmt: skip

    answer = await send(client, query=asked)

    assert "errors" not in answer
    assert answer["data"]["__schema"]["queryType"]["name"] == "Query"


async def test_new_documents_are_limited_for_each_session_and_known_ones_are_not(
    production_client: httpx.AsyncClient, documents: TrustedDocuments, world: World
) -> None:
    event = await world.event()
    busy, other = await world.team(event), await world.team(event)

    codes = [
        code_of(await send(production_client, busy, query=f"{{ me {{ id{number}: id }} }}")) for number in range(61)
    ]

    assert codes == [None] * 60 + ["RATE_LIMITED"]
    assert code_of(await send(production_client, busy, query="{ me { id7: id } }")) is None
    assert code_of(await send(production_client, busy, documentId=id_of(documents, "Me"))) is None
    assert code_of(await send(production_client, other, query="{ me { id99: id } }")) is None


async def test_a_refused_document_counts_as_a_new_one_each_time(client: httpx.AsyncClient) -> None:
    codes = [code_of(await send(client, query=BOMBS["a circle"])) for _ in range(61)]

    assert codes == ["DOCUMENT_REFUSED"] * 60 + ["RATE_LIMITED"]
