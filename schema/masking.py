"""What leaves as a top-level error: refusals with a code, the client's mistakes as they are, bugs as a reference."""

import secrets

import structlog
from graphql import GraphQLError
from strawberry.extensions import MaskErrors

from server.errors import DomainError, NotAllowed, NotFound, NotSignedIn
from server.traces import places

log = structlog.get_logger(__name__)

_CODES: dict[type[DomainError], str] = {
    NotSignedIn: "UNAUTHENTICATED",
    NotAllowed: "FORBIDDEN",
    NotFound: "NOT_FOUND",
}


class ExpectedErrorsOnly(MaskErrors):
    """Lets refusals through with `extensions.code`; anything unforeseen is logged and answered by a reference."""

    def __init__(self) -> None:
        super().__init__(should_mask_error=lambda _: True)

    def anonymise_error(self, error: GraphQLError) -> GraphQLError:
        """The error as the client may see it. A bug's text never leaves: it could hold somebody's words."""
        cause = error.original_error
        if cause is None:
            return error
        if isinstance(cause, DomainError):
            code = _CODES.get(type(cause), "REFUSED")
            return GraphQLError(cause.message, nodes=error.nodes, path=error.path, extensions={"code": code})
        reference = secrets.token_hex(4)
        log.error(
            "unexpected error",
            reference=reference,
            path=error.path,
            kind=type(cause).__name__,
            traceback=places(cause),
        )
        return GraphQLError(
            f"Something went wrong on our side. Nothing of yours was lost. If it happens again, tell us {reference}.",
            nodes=error.nodes,
            path=error.path,
            extensions={"code": "INTERNAL", "reference": reference},
        )
