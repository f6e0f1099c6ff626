"""Hands the authority's certificate to phones that are to trust it. It is public, and nothing else of it is served."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from server.tls import AUTHORITY_FILE, AUTHORITY_PATH


def routes(folder: Path) -> list[Route]:
    """The one file, from the folder with the certificates."""

    async def authority(_: Request) -> Response:
        headers = {"cache-control": "no-store"}
        return FileResponse(folder / AUTHORITY_FILE, media_type="application/x-x509-ca-cert", headers=headers)

    return [Route(AUTHORITY_PATH, authority)]
