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
from server.db import is_unreachable, took_too_long
from server.errors import NotSignedIn
from server.sessions.models import Viewer

log = structlog.get_logger(__name__)

UNAVAILABLE = "The server cannot reach its database just now. Please try again in a moment."
TOO_SLOW = "That took longer than it may, so it was stopped. Please try again in a moment."
#: When it is worth asking again.
_RETRY_AFTER = {"retry-after": "10"}
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
        raise HTTPException(401, NotSignedIn().message, PRIVATE)
    return viewer


@contextmanager
def told_if_unavailable() -> Iterator[None]:
    """Raises `HTTPException` 503, in words, where what happens within meets no database or one that is too slow."""
    try:
        yield
    except Exception as error:
        if took_too_long(error):
            reason, sentence = "TOO_SLOW", TOO_SLOW
        elif is_unreachable(error):
            reason, sentence = "UNAVAILABLE", UNAVAILABLE
        else:
            raise
        log.warning("request given up", reason=reason, kind=type(error).__name__)
        raise HTTPException(503, sentence, PRIVATE | _RETRY_AFTER) from error
