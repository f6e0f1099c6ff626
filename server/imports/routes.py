"""Lists over plain HTTP, because they are files: `POST /events/{slug}/imports/{key}` takes one to be read, and
`GET …/bad-rows.csv` gives the rows of it that could not be. Decides nothing.

The key is a UUID made by the phone. The file's name comes in a header, percent-encoded, since addresses are logged.
"""

import csv
import io
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.cells import safe
from server.errors import DomainError, KeyReused, NotAllowed, NotFound
from server.events.operations import find_event_by_slug
from server.imports.models import BadRow
from server.imports.uploads.errors import TooManyUploads, UploadTooLarge
from server.imports.uploads.models import ImportWay
from server.imports.uploads.operations import MOST_MEGABYTES, expect_list, find_findings, find_import, take_list
from server.plain_http import PRIVATE, signed_in, told_if_unavailable

FILE_NAME = "handsel-file-name"
_STATUS: dict[type[DomainError], int] = {
    NotAllowed: 403, NotFound: 404, KeyReused: 409, TooManyUploads: 429, UploadTooLarge: 413,
}  # fmt: skip


async def upload(request: Request) -> Response:
    """Takes a list in the body, to be read by a job. Without a file's name it counts as pasted.

    Of whoever may send none, no byte of the body is read. No connection is held while it comes.
    """
    viewer = await signed_in(request)
    services: Any = request.app.state.services
    name = unquote(request.headers.get(FILE_NAME, ""))
    try:
        import_id = _key(request)
        with told_if_unavailable():
            async with services.pool.acquire() as connection:
                event = await expect_list(
                    connection, slug=request.path_params["slug"], person_id=viewer.person_id,
                    limiter=services.limiter, now=services.clock(),
                )  # fmt: skip
        data = await body_of(request, most=MOST_MEGABYTES * 1024 * 1024)
        with told_if_unavailable():
            async with services.pool.acquire() as connection:
                await take_list(
                    connection,
                    event=event,
                    person_id=viewer.person_id,
                    import_id=import_id,
                    way=ImportWay.FILE if name else ImportWay.PASTED,
                    file_name=name or None,
                    data=data,
                    secrets=services.secrets,
                    now=services.clock(),
                )
    except DomainError as refusal:
        raise _answered(refusal) from refusal
    return JSONResponse({"state": "READING"}, 202, PRIVATE)


async def bad_rows(request: Request) -> Response:
    """The rows that could not be read, as CSV: line, column, reason, and nothing that stands in them."""
    viewer = await signed_in(request)
    services: Any = request.app.state.services
    slug = request.path_params["slug"]
    try:
        with told_if_unavailable():
            async with services.pool.acquire() as connection:
                event = await find_event_by_slug(connection, slug=slug)
                if event is None:
                    raise NotFound
                now = services.clock()
                stored = await find_import(
                    connection, event_id=event.id, import_id=_key(request), person_id=viewer.person_id, now=now
                )
                found = await find_findings(
                    connection, stored=stored, person_id=viewer.person_id, secrets=services.secrets, now=now
                )
                if found is None:
                    raise NotFound
    except DomainError as refusal:
        raise _answered(refusal) from refusal
    headers = PRIVATE | {"content-disposition": f'attachment; filename="rows-to-correct-{slug}.csv"'}
    return Response(_as_csv(found.bad_rows), media_type="text/csv", headers=headers)


async def body_of(request: Request, *, most: int) -> bytes:
    """The body, given up as soon as it is longer than `most` bytes. Raises `UploadTooLarge`."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            raise UploadTooLarge(most // (1024 * 1024))
    return bytes(body)


def _as_csv(rows: Iterable[BadRow]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("Line", "Column", "Reason"))
    writer.writerows((row.line, safe(row.column), row.reason) for row in rows)
    return "\ufeff" + text.getvalue()


def _answered(refusal: DomainError) -> HTTPException:
    """Raises what is none of these: a bug of ours."""
    status = _STATUS.get(type(refusal))
    if status is None:
        raise refusal
    return HTTPException(status, refusal.message, PRIVATE)


def _key(request: Request) -> UUID:
    """Raises `NotFound` for what no phone has made."""
    try:
        return UUID(request.path_params["key"])
    except ValueError as error:
        raise NotFound from error


routes = [
    Route("/events/{slug}/imports/{key}", upload, methods=["POST"]),
    Route("/events/{slug}/imports/{key}/bad-rows.csv", bad_rows),
]
