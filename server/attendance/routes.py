"""`POST /events/{slug}/attendance-exports/{key}`: a finished export, over plain HTTP because it is a file. Decides
nothing. By POST, since the first fetch is noted in the log.
"""

from typing import Any
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.attendance.exporting.errors import ExportNotReady
from server.attendance.exporting.models import ExportFormat, ExportRequest
from server.attendance.exporting.operations import hand_over
from server.errors import DomainError, NotAllowed, NotFound
from server.plain_http import PRIVATE, signed_in, told_if_unavailable

_STATUS: dict[type[DomainError], int] = {NotAllowed: 403, NotFound: 404, ExportNotReady: 409}
_TYPES = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


async def export(request: Request) -> Response:
    """The file for the organizer who asked for it, or a sentence."""
    viewer = await signed_in(request)
    services: Any = request.app.state.services
    slug = request.path_params["slug"]
    try:
        with told_if_unavailable():
            async with services.pool.acquire() as connection:
                file, asked = await hand_over(
                    connection,
                    slug=slug,
                    person_id=viewer.person_id,
                    export_id=_key(request.path_params["key"]),
                    secrets=services.secrets,
                    now=services.clock(),
                )
    except (NotAllowed, NotFound, ExportNotReady) as refusal:
        raise HTTPException(_STATUS[type(refusal)], refusal.message, PRIVATE) from refusal
    headers = PRIVATE | {"content-disposition": f'attachment; filename="{_file_name(slug, asked)}"'}
    return Response(file, media_type=_TYPES[asked.format], headers=headers)


def _file_name(slug: str, asked: ExportRequest) -> str:
    """Made of the event's address, which is small letters, digits and hyphens, and of words of our own."""
    parts = ["attendance", slug, asked.contents.lower(), asked.day.isoformat() if asked.day else ""]
    return f"{'-'.join(part for part in parts if part)}.{asked.format.lower()}"


def _key(text: str) -> UUID:
    """Raises `NotFound` for what no phone has made."""
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error


routes = [Route("/events/{slug}/attendance-exports/{key}", export, methods=["POST"])]
