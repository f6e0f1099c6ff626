"""Domain errors as GraphQL problems. One type and one line here for each refusal that a person can act on."""

import dataclasses
from typing import Any

import strawberry
from strawberry.types.field import StrawberryField

from schema.nodes import Problem
from server import errors


@strawberry.type(description="A value that cannot be taken as it is. Nothing was stored.")
class InputNotValid(Problem):
    field: str = strawberry.field(description="The argument or input field to correct, such as `card.name`.")


@strawberry.type(description="Nothing there for you: missing and not yours to know of are the same answer.")
class NotFound(Problem):
    pass


@strawberry.type(description="The event is not, or no longer, open for this.")
class EventClosed(Problem):
    may_count_later: bool = strawberry.field(
        description="Nothing was kept: the same scan may be sent again with the same key, after a check-in at a door."
    )


@strawberry.type(description="There is already a place at this event for the same person.")
class AlreadyRegistered(Problem):
    pass


@strawberry.type(description="The key was used before for something else.")
class KeyReused(Problem):
    pass


#: Which problem type tells of which refusal. A feature adds its own in `schema/<feature>.py` through `register`.
_PROBLEMS: dict[type[errors.DomainError], type[Problem]] = {
    errors.InputNotValid: InputNotValid,
    errors.NotFound: NotFound,
    errors.KeyReused: KeyReused,
}


def register(error: type[errors.DomainError], problem: type[Problem]) -> None:
    """Tell that `error`, raised in a mutation whose union holds `problem`, is answered by it."""
    _PROBLEMS[error] = problem


def problem_of(error: errors.DomainError) -> Problem | None:
    """The problem that tells of `error`; its fields are filled from the error's attributes of the same name."""
    problem = _PROBLEMS.get(type(error))
    if problem is None:
        return None
    names = (each.name for each in dataclasses.fields(problem))
    return problem(**{name: getattr(error, name) for name in names})


def handlers() -> list[strawberry.ExceptionHandler[Any, Any]]:
    """One handler per registered refusal. Call it when the schema is made, after every feature has registered."""
    return [_handler(error, problem) for error, problem in _PROBLEMS.items()]


def mapped() -> dict[type[errors.DomainError], type[Problem]]:
    """The whole table, for the test that no refusal is forgotten."""
    return dict(_PROBLEMS)


def _handler(error: type[errors.DomainError], problem: type[Problem]) -> strawberry.ExceptionHandler[Any, Any]:
    class Handler(strawberry.ExceptionHandler):  # type: ignore[type-arg] # the types are only known here, at run time
        exception_type = error
        error_type = problem

        def handle(self, exception: errors.DomainError, *, field: StrawberryField, info: Any) -> Problem | None:  # noqa: ARG002 - the protocol's names
            return problem_of(exception)

    return Handler()
