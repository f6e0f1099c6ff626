"""The contract that clients rely on: printed, committed, described, and never below its floor."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    DocumentNode,
    FieldDefinitionNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    InputValueDefinitionNode,
    build_schema,
    parse,
    print_ast,
)

import server
from schema import problems, trusted
from schema.printing import committed_path, printed
from schema.root import schema
from server import errors
from server.doors.errors import DoorPhoneExpired, DoorPhoneRevoked, HelperNeeded, TooManyRequests

FLOOR = Path(__file__).parent / "floor.graphql"


@pytest.fixture(scope="module")
def built() -> GraphQLSchema:
    return build_schema(printed())


@pytest.fixture(scope="module")
def floor() -> DocumentNode:
    return parse(FLOOR.read_text(encoding="utf-8"))


def fields_of(definition: Any) -> list[FieldDefinitionNode | InputValueDefinitionNode]:
    return list(getattr(definition, "fields", None) or ())


def test_the_committed_schema_is_the_printed_one() -> None:
    assert committed_path().read_text(encoding="utf-8") == printed(), "run ./run schema --write"


def test_every_name_of_the_floor_is_there(built: GraphQLSchema, floor: DocumentNode) -> None:
    missing = set()
    for definition in floor.definitions:
        name = definition.name.value  # type: ignore[attr-defined] # every definition of the floor has a name
        there = built.get_type(name)
        if there is None:
            missing.add(name)
            continue
        known = getattr(there, "fields", {})
        missing |= {f"{name}.{each.name.value}" for each in fields_of(definition) if each.name.value not in known}

    assert missing == set()


def test_every_field_of_the_floor_has_its_very_type_and_arguments(built: GraphQLSchema, floor: DocumentNode) -> None:
    for definition in floor.definitions:
        there = built.get_type(definition.name.value)  # type: ignore[attr-defined] # as above
        if not isinstance(there, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            continue
        for field in fields_of(definition):
            if field.name.value not in there.fields:
                continue
            place = f"{there.name}.{field.name.value}"
            found = there.fields[field.name.value]
            assert str(found.type) == print_ast(field.type), place
            for argument in getattr(field, "arguments", None) or ():
                assert argument.name.value in found.args, place
                assert str(found.args[argument.name.value].type) == print_ast(argument.type), place


def test_every_enum_and_union_of_the_floor_has_its_members(built: GraphQLSchema, floor: DocumentNode) -> None:
    for definition in floor.definitions:
        there = built.get_type(definition.name.value)  # type: ignore[attr-defined] # as above
        if isinstance(there, GraphQLEnumType):
            assert {value.name.value for value in definition.values} <= set(there.values), there.name  # type: ignore[attr-defined] # an enum has values
        if isinstance(there, GraphQLUnionType):
            wanted = {member.name.value for member in definition.types}  # type: ignore[attr-defined] # a union has types
            assert wanted <= {member.name for member in there.types}, there.name


def described(built: GraphQLSchema) -> Iterator[tuple[str, str | None]]:
    for name, each in built.type_map.items():
        if name.startswith("__"):
            continue
        if name not in {"Query", "Mutation", "Subscription", "String", "Int", "Float", "Boolean", "ID"}:
            yield name, each.description
        if isinstance(each, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for field_name, field in each.fields.items():
                yield f"{name}.{field_name}", field.description


def test_every_type_and_field_is_described(built: GraphQLSchema) -> None:
    assert [name for name, description in described(built) if not description] == []


def test_every_mutation_answers_a_named_union_or_says_the_same_to_everybody(built: GraphQLSchema) -> None:
    mutations = built.mutation_type
    assert mutations is not None
    plain = {
        name for name, field in mutations.fields.items()
        if not isinstance(getattr(field.type, "of_type", None), GraphQLUnionType)
    }  # fmt: skip

    assert plain <= {
        "requestSignIn", "claimBadge", "signOut", "leaveDoor", "replayCheckIns", "replayRoomCheckIns", "replayScans",
    }  # fmt: skip


def test_every_problem_of_a_union_tells_of_a_refusal() -> None:
    known = {problem.__name__ for problem in problems.mapped().values()}
    for name, each in build_schema(printed()).type_map.items():
        if isinstance(each, GraphQLObjectType) and any(one.name == "Problem" for one in each.interfaces):
            assert name in known, name


#: Refusals of operations that have no mutation; the command line, or a plain answer over HTTP, shows their sentence.
IN_NO_MUTATION = {
    "server.imports.errors",
    "server.imports.incoming.errors.KeyNotValid",
    "server.imports.incoming.errors.BodyNotValid",
    "server.imports.uploads.errors.TooManyUploads",
    "server.imports.uploads.errors.UploadTooLarge",
    "server.sheets.errors.BadgesChanged",
    "server.jobs.errors",
    "server.retention.errors",
    "server.printing.errors.SheetsNotReady",
    "server.attendance.exporting.errors.ExportNotReady",
    "server.vault.errors",
    "server.events.errors.MadeBefore",
}

#: What ends a door phone or slows it down: told with a code of its own, whatever it asked.
OF_A_DOOR_PHONE = {DoorPhoneRevoked, DoorPhoneExpired, HelperNeeded, TooManyRequests}


def refusals() -> set[type[errors.DomainError]]:
    """Every one there is, whichever modules other tests have loaded."""
    for module in pkgutil.walk_packages(server.__path__, "server."):
        if module.name.endswith(".errors"):
            importlib.import_module(module.name)

    def below(kind: type[errors.DomainError]) -> Iterator[type[errors.DomainError]]:
        for each in kind.__subclasses__():
            yield each
            yield from below(each)

    return {
        each
        for each in below(errors.DomainError)
        if each.__module__.startswith("server.") and not each.__module__.startswith("server.cli.")
    }


def test_every_refusal_is_told_by_a_problem_or_a_code() -> None:
    at_the_top = {errors.NotSignedIn, errors.NotAllowed} | OF_A_DOOR_PHONE
    shown = {
        each for each in refusals() if not IN_NO_MUTATION & {each.__module__, f"{each.__module__}.{each.__name__}"}
    }

    assert shown - at_the_top == set(problems.mapped())


def test_every_trusted_document_fits_the_schema_and_is_used_by_its_own_id() -> None:
    documents = trusted.load(schema._schema)  # noqa: SLF001 - Strawberry offers no public way to graphql-core's schema

    assert len(documents.by_id) == len(list(trusted.DOCUMENTS.glob("*.graphql")))
