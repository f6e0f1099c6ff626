"""The web application: GraphQL, the app's files, and the plain routes beside them. Nothing here decides anything."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from schema.context import Services
from schema.root import schema
from schema.transport import GraphQLEndpoint
from schema.trusted import load
from server import health, pages
from server.agenda.reading_ahead import read_ahead
from server.attendance import routes as attendance
from server.attendance.watching import AttendanceWatch
from server.db import open_pool
from server.exports import routes as exports
from server.faults import Faults
from server.imports import routes as imports
from server.imports.incoming import routes as incoming
from server.jobs import routes as jobs_page
from server.jobs.kinds import Post
from server.jobs.notices import post_office
from server.jobs.working import Jobs
from server.limiter import Limiter
from server.live import Live
from server.meetings import routes as meetings
from server.notifications import routes as notifications
from server.notifications.mail import mailer_of
from server.printing import routes as printing
from server.printing.making import Printer
from server.rooms.watching import RoomWatch
from server.settings import Settings
from server.tls import routes as tls
from server.vault import routes as vault
from server.vault.keeping import VaultKeeper
from server.worker import Worker


def _utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(
    settings: Settings,
    *,
    dsn: str | None = None,
    clock: Callable[[], datetime] = _utc_now,
) -> Starlette:
    """The application. `dsn` is the embedded database's address; without it `DATABASE_URL` is used.

    `clock` is where every `now` of a request comes from. The lifespan opens the pool, the live ear and, unless
    `settings.work` is off, the worker, and closes them. Raises `ValueError` at once when a trusted document does
    not fit the schema.
    """
    address = dsn or (settings.database_url.get_secret_value() if settings.database_url else None)
    if address is None:
        raise ValueError("create_app needs a database: pass dsn or set DATABASE_URL")
    documents = load(schema._schema)  # noqa: SLF001 - Strawberry offers no public way to graphql-core's schema

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        pool = await open_pool(address)
        async with contextlib.AsyncExitStack() as stack:
            stack.push_async_callback(pool.close)
            live = await stack.enter_async_context(Live(address))
            secrets = settings.secrets()
            services = Services(
                settings=settings,
                secrets=secrets,
                pool=pool,
                mailer=mailer_of(settings),
                live=live,
                attendance=AttendanceWatch(pool, live, clock),
                rooms=RoomWatch(pool, live, clock),
                vaults=VaultKeeper(pool, secrets),
                limiter=Limiter(),
                clock=clock,
            )
            app.state.services = services
            app.state.graphql = GraphQLEndpoint(services, documents)
            reading = asyncio.create_task(asyncio.to_thread(read_ahead))
            stack.push_async_callback(_ended, reading)
            if settings.work:
                post = Post(services.mailer, settings.public_url)
                printer = Printer(pool, secrets=secrets, public_url=settings.public_url, clock=clock)
                office = post_office(pool, mailer=services.mailer, secrets=secrets, settings=settings, clock=clock)
                await stack.enter_async_context(office)
                jobs = Jobs(pool, clock, secrets, post, printer=printer, office=office)
                await stack.enter_async_context(Worker(address, jobs))
            yield

    async def graphql(scope: Scope, receive: Receive, send: Send) -> None:
        await scope["app"].state.graphql(scope, receive, send)

    return Starlette(
        routes=[
            Route("/graphql", _Asgi(graphql)),
            WebSocketRoute("/graphql", _Asgi(graphql)),
            *health.routes,
            *exports.routes,
            *meetings.routes,
            *vault.routes,
            *printing.routes,
            *attendance.routes,
            *imports.routes,
            *incoming.routes,
            *notifications.routes,
            *jobs_page.routes,
            *(tls.routes(settings.tls_folder) if settings.tls else []),
            *pages.routes(settings.pwa),
        ],
        middleware=[*pages.middleware(settings), Middleware(Faults)],
        lifespan=lifespan,
    )


async def _ended(task: asyncio.Task[None]) -> None:
    """Wait for it; what it failed with is raised."""
    await task


class _Asgi:
    """Marks a callable as an ASGI app of its own, so that Starlette hands it the triple instead of a request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)
