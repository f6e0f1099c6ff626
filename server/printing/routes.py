"""`POST /events/{slug}/badge-sheets/{key}`: finished sheets, over plain HTTP because they are a file. Decides nothing.

By POST, since fetching them for the first time is logged as a print.
"""

from typing import Any
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.errors import DomainError, NotAllowed, NotFound
from server.plain_http import PRIVATE, signed_in, told_if_unavailable
from server.printing.errors import SheetsNotReady
from server.printing.operations import hand_over
from server.sheets.errors import BadgesChanged

_STATUS: dict[type[DomainError], int] = {NotAllowed: 403, NotFound: 404, SheetsNotReady: 409, BadgesChanged: 409}


async def sheets(request: Request) -> Response:
    """The file for the organizer who asked for it, or a sentence."""
    viewer = await signed_in(request)
    services: Any = request.app.state.services
    slug = request.path_params["slug"]
    try:
        with told_if_unavailable():
            async with services.pool.acquire() as connection:
                pdf = await hand_over(
                    connection,
                    slug=slug,
                    person_id=viewer.person_id,
                    key=_key(request.path_params["key"]),
                    secrets=services.secrets,
                    now=services.clock(),
                )
    except (NotAllowed, NotFound, SheetsNotReady, BadgesChanged) as refusal:
        raise HTTPException(_STATUS[type(refusal)], refusal.message, PRIVATE) from refusal
    headers = PRIVATE | {"content-disposition": f'attachment; filename="badges-{slug}.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


def _key(text: str) -> UUID:
    """Raises `NotFound` for what no phone has made."""
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error


routes = [Route("/events/{slug}/badge-sheets/{key}", sheets, methods=["POST"])]
