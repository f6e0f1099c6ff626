"""What leaves as a top-level error: refusals with a code, the client's mistakes without its values, bugs as a
reference. No text of an unforeseen error leaves or is logged: it could hold somebody's words.
"""

import re

from graphql import FieldNode, GraphQLError, GraphQLSyntaxError, VariableDefinitionNode
from graphql import print_ast as written
from graphql.language import ValueNode
from strawberry.extensions import MaskErrors

from schema.scalars import NotWrittenSo
from server.db import is_unreachable, took_too_long
from server.doors.errors import DoorPhoneExpired, DoorPhoneRevoked, HelperNeeded, TooManyRequests
from server.errors import DomainError, NotAllowed, NotFound, NotSignedIn
from server.plain_http import TOO_SLOW, UNAVAILABLE
from server.traces import report

_CODES: dict[type[DomainError], str] = {
    NotSignedIn: "UNAUTHENTICATED",
    NotAllowed: "FORBIDDEN",
    NotFound: "NOT_FOUND",
    DoorPhoneRevoked: "DOOR_PHONE_REVOKED",
    DoorPhoneExpired: "DOOR_PHONE_EXPIRED",
    HelperNeeded: "DOOR_HELPER_NEEDED",
    TooManyRequests: "RATE_LIMITED",
}

#: Where in a variable's value a mistake is: names of the contract and numbers, never the client's words.
_PLACE = re.compile(r"Variable '\$\w+' has invalid value at (?P<place>[\w.\[\]]+): ")


class Told(GraphQLError):
    """An error as the client may see it."""


class ExpectedErrorsOnly(MaskErrors):
    """Lets refusals through with `extensions.code`; anything unforeseen is logged and answered by a reference."""

    def __init__(self) -> None:
        super().__init__(should_mask_error=lambda _: True)

    def anonymise_error(self, error: GraphQLError) -> GraphQLError:
        """The error as the client may see it."""
        return masked(error)


def masked(error: GraphQLError) -> Told:
    """The error as the client may see it; a bug is logged here, once."""
    if isinstance(error, Told):
        return error
    cause = _cause(error)
    if cause is None:
        return _mistake(error)
    if isinstance(cause, DomainError):
        return _told(error, cause.message, code=_CODES.get(type(cause), "REFUSED"))
    if took_too_long(cause):
        return _told(error, TOO_SLOW, code="TOO_SLOW")
    if is_unreachable(cause):
        return _told(error, UNAVAILABLE, code="UNAVAILABLE")
    reference = report(cause, field=_field(error))
    sentence = f"Something went wrong on our side. Nothing of yours was lost. If it happens again, tell us {reference}."
    return _told(error, sentence, code="INTERNAL", reference=reference)


def _field(error: GraphQLError) -> str | None:
    """The field where it happened, as the contract calls it: in its path a client's own names may stand."""
    node = error.nodes[0] if error.nodes else None
    return node.name.value if isinstance(node, FieldNode) else None


def _cause(error: GraphQLError) -> Exception | None:
    """What was raised by our own code; None for a mistake that was found in what the client sent."""
    cause: Exception | None = error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause


def _mistake(error: GraphQLError) -> Told:
    """A client's mistake, in words that quote nothing but names: values may be personal, and errors get around."""
    node = error.nodes[0] if error.nodes else None
    if isinstance(error, GraphQLSyntaxError):
        places = ", ".join(f"line {each.line}, column {each.column}" for each in error.locations or ())
        return _told(error, f"This document cannot be read: look at {places}.", code="BAD_REQUEST")
    if isinstance(node, VariableDefinitionNode):
        place = _PLACE.match(error.message)
        where = f"${node.variable.name.value}{place['place'] if place else ''}"
        reason = _reason(error) or f"It is declared as {written(node.type)}."
        return _told(error, f"The value of {where} does not fit. {reason}", code="BAD_REQUEST")
    if isinstance(node, ValueNode):
        reason = _reason(error) or "Look at the type of its place."
        return _told(error, f"A value in this document does not fit. {reason}", code="BAD_REQUEST")
    return _told(error, error.message, code="BAD_REQUEST")


def _reason(error: GraphQLError) -> str:
    """The sentence of one of our own scalars, if it was that which refused."""
    cause: BaseException | None = error
    while isinstance(cause, GraphQLError):
        if isinstance(cause, NotWrittenSo):
            return cause.message
        cause = cause.original_error
    return ""


def _told(error: GraphQLError, message: str, **extensions: object) -> Told:
    return Told(
        message, nodes=error.nodes, source=error.source, positions=error.positions, path=error.path,
        extensions=dict(extensions),
    )  # fmt: skip
