"""Is it alive, is it ready, how busy is it. No personal value is in any of the answers.

The figures are the host's alone: counted live, they could tell whoever stands beside two people that they just met.
"""

import contextlib

import asyncpg
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from server.db import Pool
from server.host import is_the_host
from server.jobs.status import count_queued

JOBS_IN_QUEUE = Gauge("handsel_jobs_in_queue", "Jobs in the queue, by state; failed ones wait for the host.", ["state"])

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
    if not is_the_host(request, request.app.state.services.settings):
        return PlainTextResponse("These figures are for the host of this server.\n", 403, headers=_FRESH)
    await _count_jobs(request.app.state.services.pool)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST, headers=_FRESH)


async def _count_jobs(pool: Pool) -> None:
    """Whichever process is asked tells of the whole queue; while the database is away, of none."""
    JOBS_IN_QUEUE.clear()
    with contextlib.suppress(OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        async with pool.acquire(timeout=2) as connection:
            for state, number in (await count_queued(connection)).items():
                JOBS_IN_QUEUE.labels(state).set(number)


routes = [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]
