"""Is it alive, is it ready, how busy is it. No personal value is in any of the answers.

The figures are the host's alone: counted live, they could tell whoever stands beside two people that they just met.
"""

import hmac
import ipaddress

import asyncpg
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from server.settings import Settings

_FRESH = {"cache-control": "no-store"}


async def healthz(_: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("ok\n", headers=_FRESH)


async def readyz(request: Request) -> Response:
    """The database answers too; 503 while it does not."""
    try:
        async with request.app.state.services.pool.acquire(timeout=2) as connection:
            await connection.fetchval("SELECT 1")
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return PlainTextResponse("the database does not answer\n", status_code=503, headers=_FRESH)
    return PlainTextResponse("ready\n", headers=_FRESH)


async def metrics(request: Request) -> Response:
    """Prometheus' text format, for this machine itself and for whoever bears `HANDSEL_METRICS_TOKEN`."""
    if not _is_the_host(request, request.app.state.services.settings):
        return PlainTextResponse("These figures are for the host of this server.\n", 403, headers=_FRESH)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST, headers=_FRESH)


def _is_the_host(request: Request, settings: Settings) -> bool:
    if settings.metrics_token is not None:
        expected = f"Bearer {settings.metrics_token.get_secret_value()}"
        return hmac.compare_digest(request.headers.get("authorization", "").encode(), expected.encode())
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return False  # a proxy on this machine asks for somebody elsewhere
    try:
        return ipaddress.ip_address(request.client.host if request.client else "").is_loopback
    except ValueError:
        return False


routes = [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]
