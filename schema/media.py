"""How an answer is written: in which of the two media types of GraphQL over HTTP, and with which status.

`application/json` is always 200, as it was before the specification. `application/graphql-response+json` tells by the
status whether the document ran (sections 6.4.1 and 6.4.2 of the draft).
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"

#: Statuses for errors with these codes; anything else that kept the document from running is 400.
_STATUSES = {
    "INTERNAL": HTTPStatus.INTERNAL_SERVER_ERROR,
    "RATE_LIMITED": HTTPStatus.TOO_MANY_REQUESTS,
    "TOO_SLOW": HTTPStatus.SERVICE_UNAVAILABLE,
    "UNAVAILABLE": HTTPStatus.SERVICE_UNAVAILABLE,
}
#: Worth asking again, whatever part of the answer is there.
_PASSING = {"TOO_SLOW", "UNAVAILABLE"}


def chosen(accept: str | None) -> str | None:
    """The media type that a client with this `Accept` header likes best; None when it likes neither."""
    if not accept or not accept.strip():
        return JSON
    liked: dict[str, float] = {}
    for part in accept.split(","):
        name, *parameters = (each.strip().lower() for each in part.split(";"))
        media_type = JSON if name in {"*/*", "application/*"} else name
        liked[media_type] = max(liked.get(media_type, 0.0), _quality(parameters))
    best = max((GRAPHQL_RESPONSE, JSON), key=lambda media_type: liked.get(media_type, 0.0))
    return best if liked.get(best, 0.0) > 0 else None


def written(answer: Mapping[str, Any], media_type: str) -> tuple[dict[str, Any], int]:
    """The answer's JSON object and status in this media type."""
    errors = answer.get("errors") or []
    if media_type != GRAPHQL_RESPONSE:
        return dict(answer), HTTPStatus.OK
    codes = {each.get("extensions", {}).get("code") for each in errors}
    if answer.get("data") is None and not any(each.get("path") for each in errors):
        status = next((_STATUSES[code] for code in codes if code in _STATUSES), HTTPStatus.BAD_REQUEST)
        return {name: value for name, value in answer.items() if name != "data"}, status
    return dict(answer), HTTPStatus.SERVICE_UNAVAILABLE if codes & _PASSING else HTTPStatus.OK


def _quality(parameters: list[str]) -> float:
    for each in parameters:
        name, _, value = each.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
