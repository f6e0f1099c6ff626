"""The way to the jobs' page, which is the host's alone."""

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from server.callers import is_from_elsewhere
from server.host import is_the_host
from server.jobs import status
from server.jobs.errors import NoSuchFailedJob
from server.jobs.page import STYLES_PATH, page, refusal
from server.plain_http import PRIVATE, told_if_unavailable

#: A browser tells where a form comes from only to a site that lets it.
_HEADERS = PRIVATE | {"referrer-policy": "same-origin"}
_STYLES = Path(__file__).parent / "page.css"


async def show(request: Request) -> Response:
    """How the jobs stand."""
    if (refused := _refused(request)) is not None:
        return refused
    services: Any = request.app.state.services
    with told_if_unavailable():
        async with services.pool.acquire() as connection:
            found = await status.read_status(connection)
    return HTMLResponse(page(found), headers=_HEADERS)


async def retry(request: Request) -> Response:
    """Have one failed job tried again, and lead back."""
    if (refused := _refused(request)) is not None:
        return refused
    services: Any = request.app.state.services
    if is_from_elsewhere(request, services.settings):
        return HTMLResponse(refusal("This request comes from a page of another site."), 403, _HEADERS)
    try:
        with told_if_unavailable():
            async with services.pool.acquire() as connection:
                await status.retry(connection, job_id=request.path_params["number"])
    except NoSuchFailedJob as gone:
        return HTMLResponse(refusal(gone.message), 404, _HEADERS)
    return RedirectResponse("/jobs", 303, _HEADERS)


async def styles(_: Request) -> Response:
    """How the page looks; it tells nothing."""
    return FileResponse(_STYLES, headers={"cache-control": "no-cache"})


def _refused(request: Request) -> Response | None:
    """None for the host."""
    settings = request.app.state.services.settings
    if is_the_host(request, settings):
        return None
    sentence = refusal("This page is for the host of this server, on the machine it runs on.")
    if settings.metrics_token is None:
        return HTMLResponse(sentence, 403, _HEADERS)
    return HTMLResponse(sentence, 401, _HEADERS | {"www-authenticate": 'Basic realm="Handsel", charset="UTF-8"'})


routes = [
    Route("/jobs", show),
    Route("/jobs/{number:int}/retry", retry, methods=["POST"]),
    Route(STYLES_PATH, styles),
]
