"""The way to one's own export, over plain HTTP: a file is no GraphQL answer. Asked for by its owner alone."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from server.exports.operations import write_export
from server.plain_http import PRIVATE, signed_in, told_if_unavailable

#: How often one person may ask: it reads all of theirs.
EXPORTS = "6/hour"

#: Up to so many bytes an export stays in memory; a larger one waits in a file without a name until it has left.
_IN_MEMORY = 1 << 20
_PIECE = 1 << 16


async def export(request: Request) -> Response:
    """Everything kept about the viewer, as a ZIP file of a known length.

    It is whole before its first byte leaves, so that a slow phone holds no connection to the database.
    """
    viewer = await signed_in(request)
    services: Any = request.app.state.services
    if not await services.limiter.allows(EXPORTS, "export", str(viewer.person_id)):
        raise HTTPException(429, "That was asked for several times just now. Try again in an hour.", PRIVATE)
    now = services.clock()
    with ExitStack() as unless_whole:
        file = unless_whole.enter_context(tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))
        with told_if_unavailable():
            async with services.pool.acquire() as connection:
                await write_export(connection, person_id=viewer.person_id, to=file, now=now)
        unless_whole.pop_all()  # it is closed once it has left
    length = file.tell()
    file.seek(0)
    headers = {
        "content-disposition": f'attachment; filename="handsel-{now:%Y-%m-%d}.zip"',
        "content-length": str(length),
    }
    return StreamingResponse(_pieces(file), media_type="application/zip", headers=headers | PRIVATE)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


routes = [Route("/me/export", export)]
