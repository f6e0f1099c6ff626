"""Asking for everything: every root field of the contract, with every argument that names something of the town."""

import itertools
import json
from collections.abc import Iterable, Iterator
from typing import Any

from graphql import GraphQLField, is_required_argument

from schema.ids import Kind, read_any
from tests.encounters.documents import id_of
from tests.front_door import FrontDoor
from tests.permissions.questions import SCHEMA, fields_of, selection
from tests.privacy.town import Town, ids_in

#: So deep that attendance's rows are reached.
DEPTH = 4
#: Nodes asked for in one request.
AT_ONCE = 4


def arguments(field: GraphQLField, town: Town) -> Iterator[dict[str, Any]]:
    """Every set of required arguments; a page is as large as it may be."""
    known: dict[str, list[Any]] = {
        "id": [each.ids[of] for each in town.residents.values() for of in ("swap", "scan") if of in each.ids],
        "swap": [each.ids["swap"] for each in town.residents.values() if "swap" in each.ids],
        "event": [id_of(town.here), id_of(town.there)],
        "slug": [town.here.slug, town.there.slug],
        "search": ["cnry"],
        "language": ["en", "de"],
    }
    required = [name for name, each in field.args.items() if is_required_argument(each)]
    for values in itertools.product(*(known[name] for name in required)):
        yield dict(zip(required, values, strict=True))


def roots(town: Town) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every root field but `node`: documents with their variables."""
    largest = {
        "swaps": 100,
        "relationships": 100,
        "evening": 5,
        "findRegistrations": 20,
        "reports": 100,
        "attendanceExports": 100,
    }
    for name, field in fields_of("Query").items():
        if name == "node":
            continue
        chosen = selection(field.type, DEPTH)
        for required in arguments(field, town):
            asked = required | ({"first": largest[name]} if name in largest else {})
            declared = ", ".join(f"${each}: {field.args[each].type}" for each in asked)
            passed = ", ".join(f"{each}: ${each}" for each in asked)
            yield (
                f"query {f'({declared})' if asked else ''} {{ {name}{f'({passed})' if asked else ''} {chosen} }}",
                asked,
            )


def nodes(ids: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each thing by its id."""
    node = selection(SCHEMA.type_map["Node"], depth=1)  # type: ignore[arg-type] # an interface can be asked for
    for first in range(0, len(ids), AT_ONCE):
        some = {f"id{number}": each for number, each in enumerate(ids[first : first + AT_ONCE])}
        declared = ", ".join(f"${each}: ID!" for each in some)
        aliased = " ".join(f"{each}: node(id: ${each}) {node}" for each in some)
        yield f"query ({declared}) {{ {aliased} }}", some


Answers = list[dict[str, Any]]


async def ask_all(
    front_door: FrontDoor, town: Town, who: str, questions: Iterable[tuple[str, dict[str, Any]]]
) -> Answers:
    """The answers that somebody gets, refusals too."""
    token = town.tokens[who]
    door = front_door if token is None else front_door.as_(token)
    return [await door.answer(document, **variables) for document, variables in questions]


async def everything(front_door: FrontDoor, town: Town) -> dict[str, Answers]:
    """What each viewer is answered when everybody asks for everything, and for all things that anybody else sees."""
    answers = {who: await ask_all(front_door, town, who, roots(town)) for who in town.tokens}
    some = [each for own in answers.values() for each in a_few_of_each_kind(own)]
    ids = list(dict.fromkeys([*some, *town.things]))
    assert {read_any(each).kind for each in ids} == set(Kind)
    for who in town.tokens:
        answers[who] += await ask_all(front_door, town, who, nodes(ids))
    return answers


def a_few_of_each_kind(answers: Answers) -> list[str]:
    """At most three ids of each kind."""
    by_kind: dict[Kind, dict[str, None]] = {}
    for each in ids_in(answers):
        of_kind = by_kind.setdefault(read_any(each).kind, {})
        if len(of_kind) < 3:
            of_kind[each] = None
    return [each for of_kind in by_kind.values() for each in of_kind]


def words_of(answers: Answers) -> str:
    """All that the answers say, as it is read."""
    return json.dumps(answers, ensure_ascii=False)
