"""Every field, every role, one table: nobody is answered anything that the matrix does not say."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from strawberry.types.base import StrawberryObjectDefinition

from schema.root import schema
from server.db import Pool
from tests.front_door import FrontDoor
from tests.live_socket import live_socket
from tests.permissions.questions import ARGUMENTS, MARKS, ROOTS, SCHEMA, WAYS, fields_of, question
from tests.permissions.snapshot import Snapshot
from tests.permissions.stage import Stage
from tests.world import World

SHARE = "mutation ($swap: ID!) { shareBack(swap: $swap, fields: [EMAIL]) { __typename } }"

CODES = {"UNAUTHENTICATED": "401", "FORBIDDEN": "403", "NOT_FOUND": "404"}
#: Answers that tell nothing and change nothing.
REFUSALS = {"401", "403", "404", "NotFound", "null"}


def read_matrix() -> tuple[list[str], dict[str, dict[str, str]]]:
    """The roles, and each row's answers by role."""
    return _read("matrix.txt")


def _read(name: str) -> tuple[list[str], dict[str, dict[str, str]]]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    roles = lines[0]
    assert all(len(cells) == len(roles) + 1 for cells in lines[1:]), "a row has a cell too few or too many"
    return roles, {name: dict(zip(roles, cells, strict=True)) for name, *cells in lines[1:]}


ROLES, MATRIX = read_matrix()
PHONES, OF_PHONES = _read("phones.txt")


def expected(row: str) -> dict[str, str]:
    """The row's answers by role. A door's phone is answered what nobody is, except where `phones.txt` says more."""
    nobody = dict.fromkeys(PHONES, MATRIX[row]["nobody"])
    return MATRIX[row] | nobody | OF_PHONES.get(row, {})


def root_fields() -> set[str]:
    return {f"{kind}.{name}" for kind in ROOTS for name in fields_of(kind)}


def fields_with_resolvers() -> set[str]:
    """Fields of types, root types apart, that are worked out when they are asked for."""
    found = set()
    for made in schema.schema_converter.type_map.values():
        definition = made.definition
        if isinstance(definition, StrawberryObjectDefinition) and definition.name not in ROOTS:
            for field in definition.fields:
                if field.base_resolver is not None:
                    found.add(f"{definition.name}.{schema.config.name_converter.get_graphql_name(field)}")
    return found


def test_every_field_has_its_row_and_every_row_its_field() -> None:
    rows = {row.partition(":")[0] for row in MATRIX}

    assert rows == root_fields() | fields_with_resolvers()
    assert set(MATRIX) == set(ARGUMENTS) | set(WAYS)
    assert set(MARKS) <= set(MATRIX)
    assert set(OF_PHONES) <= set(MATRIX)


@pytest.fixture
async def stage(front_door: FrontDoor, world: World) -> Stage:
    return await Stage.build(front_door, world)


@pytest.fixture
async def snapshot(stage: Stage, pool: Pool) -> AsyncIterator[Snapshot]:
    snapshot = await Snapshot.take(pool)
    yield snapshot
    await snapshot.drop()


def told(answer: dict[str, Any], way: tuple[str, ...], mark: str | None) -> str:
    """The cell that an answer belongs in."""
    if answer.get("errors"):
        code: str = answer["errors"][0]["extensions"]["code"]
        return CODES.get(code, code)
    found = answer["data"]
    for step in way:
        if step not in found:
            break  # a problem in place of what leads on
        found = found[step]
        if found is None:
            return "null"
    if isinstance(found, list) and found and "result" in str(found[0]):  # a queue's one answer
        found = next(value for name, value in found[0].items() if name.endswith("_result"))
    if isinstance(found, dict):
        problems = {each.name for each in SCHEMA.get_possible_types(SCHEMA.type_map["Problem"])}  # type: ignore[arg-type] # it is an interface
        if found["__typename"] in problems:
            return str(found["__typename"])
        found = next((edges for name, edges in found.items() if name.endswith("Connection_edges")), found)
    if found == []:
        return "none"
    return "yes" if mark is not None and mark in json.dumps(found) else "own"


async def test_every_cell_is_answered_as_the_matrix_says(
    front_door: FrontDoor, stage: Stage, snapshot: Snapshot
) -> None:
    """Each cell finds the stage as it was built; whoever is refused has changed nothing.

    Another role begins each row: who sends a text first is limited in how many new ones they may send.
    """
    mistakes = []
    for number, row in enumerate(MATRIX):
        if row.startswith("Subscription."):
            continue
        mark = MARKS[row](stage) if row in MARKS else None
        begins = number % len(ROLES)
        for role in ROLES[begins:] + ROLES[:begins] + PHONES:
            asked = question(row, stage)
            answer = await stage.door_of(role, front_door).answer(asked.document, **asked.variables)
            front_door.client.cookies.clear()
            cell = told(answer, asked.way, mark)
            if cell != expected(row)[role]:
                mistakes.append(f"{row} as {role}: {cell}, not {expected(row)[role]}")
            if row.startswith("Query.") or WAYS.get(row, ("Mutation.",))[0].startswith("Query."):
                continue
            if await snapshot.is_written():
                if cell in REFUSALS and (changed := await snapshot.changed()):
                    mistakes.append(f"{row} as {role} was refused and changed {sorted(changed)}")
                await snapshot.put_back()

    assert not mistakes, "\n".join(mistakes)


async def move(front_door: FrontDoor, world: World, stage: Stage) -> None:
    """Move Ana's swap and somebody else's, again and again: a phone that has just begun to watch misses the first."""
    while True:
        world.clock.advance(seconds=1)
        for token, swap in ((stage.ana.token, stage.swap), (stage.dee.token, stage.other_swap)):
            await front_door.as_(token).ask(SHARE, swap=swap)
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("row", [row for row in MATRIX if row.startswith("Subscription.")])
async def test_every_subscription_tells_whom_the_matrix_says(
    app: Starlette, front_door: FrontDoor, world: World, stage: Stage, row: str
) -> None:
    cells = {}
    moving = asyncio.create_task(move(front_door, world, stage))
    for role in ROLES + PHONES:
        asked = question(row, stage)
        phone = stage.phones[role].token if role in stage.phones else None
        async with live_socket(app, stage.tokens.get(role), phone=phone) as socket:
            await socket.subscribe(asked.document, **asked.variables)
            message = await socket.message()
        answer = {"errors": message["payload"]} if message["type"] == "error" else message["payload"]
        cells[role] = told(answer, asked.way, MARKS[row](stage))
    moving.cancel()

    assert cells == expected(row)
