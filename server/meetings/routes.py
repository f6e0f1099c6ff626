"""The calendar file of a 1-2-1 over plain HTTP, for calendars that take a file from an address alone. Given to the two
of it and to nobody else.
"""

from typing import Any
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.errors import NotFound
from server.meetings.calendar_file import MEDIA_TYPE
from server.meetings.reading import find_calendar_file
from server.plain_http import PRIVATE, signed_in, told_if_unavailable
from server.screens import MEETINGS


def address_of(event_id: UUID, meeting_id: UUID) -> str:
    """Where a 1-2-1's file is given, as a path."""
    return f"/me/meetings/{event_id}/{meeting_id}.ics"


async def calendar(request: Request) -> Response:
    """The file as it is now: with the time agreed on, or the one that takes it out of a calendar."""
    viewer = await signed_in(request)
    services: Any = request.app.state.services
    with told_if_unavailable():
        async with services.pool.acquire() as connection:
            try:
                file = await find_calendar_file(
                    connection,
                    event_id=request.path_params["event"],
                    meeting_id=request.path_params["meeting"],
                    person_id=viewer.person_id,
                    link=services.settings.public_url + MEETINGS,
                    now=services.clock(),
                )
            except NotFound as refusal:
                raise HTTPException(404, refusal.message, PRIVATE) from refusal
    method = "CANCEL" if "\nMETHOD:CANCEL" in file.content else "PUBLISH"
    headers = {"content-disposition": f'attachment; filename="{file.name}"'}
    return Response(file.content, media_type=f"{MEDIA_TYPE}; method={method}", headers=headers | PRIVATE)


routes = [Route("/me/meetings/{event:uuid}/{meeting:uuid}.ics", calendar)]
