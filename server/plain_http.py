"""What the plain routes beside GraphQL share: who asks, under the rules that hold for every request, and words for a
database that is away. Raised as Starlette's `HTTPException`, whose sentence is the answer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from server.callers import find_viewer, session_token, why_foreign
from server.db import is_unreachable
from server.sessions.models import Viewer

log = structlog.get_logger(__name__)

UNAVAILABLE = "The server cannot reach its database just now. Please try again in a moment."
#: What every answer of a plain route carries: it is one person's, and no cache may hand it to another.
PRIVATE = {"cache-control": "no-store"}


async def signed_in(request: HTTPConnection) -> Viewer:
    """The viewer of a request to a plain route.

    Raises `HTTPException`: 403 for what another site's page could have sent, 401 without a live session, 503 without
    a database.
    """
    services: Any = request.app.state.services
    if (sentence := why_foreign(request, services.settings)) is not None:
        raise HTTPException(403, sentence, PRIVATE)
    with told_if_unavailable():
        token = session_token(request, services.settings)
        viewer = await find_viewer(services.pool, token=token, now=services.clock())
    if viewer is None:
        raise HTTPException(401, "Sign in first.", PRIVATE)
    return viewer


@contextmanager
def told_if_unavailable() -> Iterator[None]:
    """Raises `HTTPException` 503, in words, where what happens within meets no database."""
    try:
        yield
    except Exception as error:
        if not is_unreachable(error):
            raise
        log.warning("request given up", reason="UNAVAILABLE", kind=type(error).__name__)
        raise HTTPException(503, UNAVAILABLE, PRIVATE) from error
