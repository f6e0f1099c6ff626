"""Whatever values a client sends to whatever field: an answer or a refusal, never a bug of ours."""

import json
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from graphql import (
    GraphQLField,
    GraphQLInputType,
    GraphQLObjectType,
)
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from structlog.testing import capture_logs

from schema import admission
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.http.strategies import values
from tests.live_socket import live_socket
from tests.permissions.questions import SCHEMA, fields_of, selection
from tests.permissions.snapshot import Snapshot
from tests.permissions.stage import Stage
from tests.world import World

#: Fields of which an argument lies deeper: the way down to them. A point leads on to a field without arguments.
DEEPER = {
    "Attendance.rows": ("attendance", "event", "on"),
    "Attendance.arrivals": ("attendance", "event", "on"),
    "Attendance.lastScans": ("attendance", "event", "on"),
    "BadgePrinting.holders": ("badgePrinting", "event"),
    "EventImports.past": ("eventImports", "event"),
    "Import.findings": ("eventImports.open", "event"),
    "LastEdition.arrivals": ("attendance.lastEdition", "event", "on"),
}
#: Fields for a paired phone alone: whoever has an account is nobody to them.
OF_PHONES = {"changeDoorHelper", "leaveKiosk"}


class Asker:
    """Asks fields with values, as somebody."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def ask(self, kind: str, name: str, token: str, given: dict[str, object]) -> None:
        document = document_of(kind, name)
        response = await self._client.post(
            "/graphql",
            content=json.dumps({"query": document, "variables": given}),
            headers={"authorization": f"Bearer {token}", "content-type": "application/json"},
        )
        assert response.status_code in {200, 400}, (name, given, response.text)
        if response.status_code == 200:
            codes = {each["extensions"]["code"] for each in response.json().get("errors", ())}
            known = {"BAD_REQUEST", "REFUSED", "NOT_FOUND", "FORBIDDEN"}
            assert codes <= (known | {"UNAUTHENTICATED"} if name in OF_PHONES else known), (name, given, response.text)


def document_of(kind: str, name: str) -> str:
    """The field with all its arguments as variables; of a deeper one also those on the way."""
    if kind in {"Query", "Mutation"}:
        field = fields_of(kind)[name]
        declared, passed = _arguments(field)
        return f"{kind.lower()} ({declared}) {{ {name}({passed}) {selection(field.type, depth=2)} }}"
    root, _, on = DEEPER[f"{kind}.{name}"][0].partition(".")
    above, below = fields_of("Query")[root], fields_of(kind)[name]
    declared, passed = _arguments(above)
    declared_below, passed_below = _arguments(below)
    chosen = f"{name}({passed_below}) {selection(below.type, depth=2)}"
    chosen = f"{on} {{ {chosen} }}" if on else chosen
    return f"query ({declared}, {declared_below}) {{ {root}({passed}) {{ {chosen} }} }}"


def _arguments(field: GraphQLField) -> tuple[str, str]:
    declared = ", ".join(f"${name}: {each.type}" for name, each in field.args.items())
    return declared, ", ".join(f"{name}: ${name}" for name in field.args)


def asked_fields() -> Iterator[tuple[str, str, dict[str, GraphQLInputType]]]:
    """Every field with arguments, and their types."""
    for kind in ("Query", "Mutation"):
        for name, field in fields_of(kind).items():
            if field.args:
                yield kind, name, {each: argument.type for each, argument in field.args.items()}
    for place, (root, *on_the_way) in DEEPER.items():
        kind, _, name = place.partition(".")
        above = fields_of("Query")[root.partition(".")[0]].args
        deep = {each: argument.type for each, argument in fields_of(kind)[name].args.items()}
        yield kind, name, {each: above[each].type for each in on_the_way} | deep


@pytest.fixture
async def stage(front_door: FrontDoor, world: World) -> Stage:
    return await Stage.build(front_door, world)


@pytest.fixture
async def snapshot(stage: Stage, world: World) -> AsyncIterator[Snapshot]:
    snapshot = await Snapshot.take(world.pool)
    yield snapshot
    await snapshot.drop()


def test_every_field_with_arguments_is_asked() -> None:
    with_arguments = {
        f"{each.name}.{name}"
        for each in SCHEMA.type_map.values()
        if isinstance(each, GraphQLObjectType) and not each.name.startswith("__") and each.name != "Subscription"
        for name, field in each.fields.items()
        if field.args
    }

    assert {f"{kind}.{name}" for kind, name, _ in asked_fields()} == with_arguments


#: Not made smaller: what is answered depends on what came before.
@settings(
    max_examples=15, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None
)
@given(data=st.data())
async def test_no_value_of_any_argument_is_a_bug_of_ours(
    client: httpx.AsyncClient,
    stage: Stage,
    snapshot: Snapshot,
    monkeypatch: pytest.MonkeyPatch,
    data: st.DataObject,
) -> None:
    monkeypatch.setattr(admission, "NEW_DOCUMENTS", "600/minute")  # there are more fields than a client has documents
    asker = Asker(client)
    with capture_logs() as logs:
        for number, (kind, name, arguments) in enumerate(asked_fields()):
            given_values = {
                each: data.draw(values(each, argument, stage), label=f"{name}({each})")
                for each, argument in arguments.items()
            }
            # In turns: who sends a text first is limited in how many new ones they may send.
            for role in ("self", "organizer") if number % 2 else ("organizer", "self"):
                token = stage.tokens[role]
                assert token is not None
                await asker.ask(kind, name, token, given_values)
    await snapshot.put_back()

    assert [each for each in logs if each["log_level"] in {"error", "critical"}] == []


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
async def test_the_first_and_the_last_day_there_is_can_be_watched(app: Starlette, world: World, day: str) -> None:
    event = await world.event()
    organizer = await world.team(event)
    async with live_socket(app, organizer.token) as socket:
        await socket.subscribe(
            "subscription ($event: ID!, $on: Date) { attendanceChanged(event: $event, on: $on) {"
            " day came arrivals { startsAt } rows { totalCount } } }",
            event=id_of(event),
            on=day,
        )

        assert await socket.frame() == {"day": day, "came": 0, "arrivals": [], "rows": {"totalCount": 0}}
