"""Counts what was asked and how it ended, for the host. Labels are words of ours alone: names of trusted documents
and outcomes, never a client's text.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from graphql import GraphQLError
from prometheus_client import Counter, Histogram

from schema.admission import OTHER

REQUESTS = Counter("handsel_requests", "GraphQL requests by document and outcome.", ["operation", "outcome"])
SECONDS = Histogram(
    "handsel_request_seconds",
    "How long GraphQL requests took, by document.",
    ["operation"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15),
)

#: Answered: no error. Refused: by a rule, with a code. Unavailable: too slow, or no database. Failed: a bug of ours.
_OUTCOMES = {"INTERNAL": "failed", "TOO_SLOW": "unavailable", "UNAVAILABLE": "unavailable"}
_WORST_FIRST = ("failed", "unavailable", "refused")


@dataclass(slots=True)
class Metered:
    """One request while it is being answered. Whoever answers it says which operation it is and how it ended."""

    operation: str = OTHER
    outcome: str = "failed"

    def ended(self, errors: Iterable[GraphQLError] | None) -> None:
        """Say how it ended: by the worst of its errors, as they leave."""
        outcomes = {_OUTCOMES.get((each.extensions or {}).get("code", ""), "refused") for each in errors or ()}
        self.outcome = next((each for each in _WORST_FIRST if each in outcomes), "answered")


@contextmanager
def metered() -> Iterator[Metered]:
    """Counts and times what happens within; what is left by an exception counts as failed."""
    request = Metered()
    began = time.perf_counter()
    try:
        yield request
    finally:
        REQUESTS.labels(request.operation, request.outcome).inc()
        SECONDS.labels(request.operation).observe(time.perf_counter() - began)
