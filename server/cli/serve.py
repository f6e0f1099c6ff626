"""Runs the server until Ctrl-C: database, migrations, demo event, application, in this order, and back."""

import asyncio
import os
import signal
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import typer
import uvicorn
import uvloop
from rich.console import Console
from rich.status import Status

from server import logs
from server.cli.database import running_database
from server.cli.help_screen import help_screen
from server.cli.listening import listen
from server.cli.options import Options
from server.migrations import migrate
from server.settings import Settings
from server.start_up import StartUpError

if TYPE_CHECKING:
    from server.tls.certificates import Certificates

#: Seconds that open requests and sockets get when the server ends.
GRACE_SECONDS = 3
#: No message of the socket's clients comes near; a larger one is an attack on memory.
LARGEST_SOCKET_MESSAGE = 256 * 1024


class ServerNotStarted(StartUpError):
    """The application failed while starting, for a reason it has logged."""

    def __init__(self) -> None:
        super().__init__("The server could not start: the lines above say why.")


def serve(context: typer.Context) -> None:
    """Start the server, without the demo event."""
    start(context.obj, demo=False)


def start(options: Options, *, demo: bool) -> None:
    """Serve until Ctrl-C or SIGTERM. `demo` asks for the demo event, which only the embedded database gets.

    Raises `StartUpError`, and leaves nothing running.
    """
    settings = options.settings()
    logs.configure(settings.log_level)
    lost: list[StartUpError] = []

    def end(error: StartUpError) -> None:
        lost.append(error)
        os.kill(os.getpid(), signal.SIGTERM)

    console = Console(highlight=False)
    try:
        with (
            listen(settings.host, settings.port) as listening,
            console.status("Starting the database") as status,
            running_database(settings, on_lost=end) as dsn,
        ):
            uvloop.run(_serve(settings, dsn, listening, status, console, demo=demo and not settings.database_url))
    except (KeyboardInterrupt, SystemExit):
        pass  # that is how it is ended
    if lost:
        raise lost[0]
    console.print("Handsel has ended.")


async def _serve(
    settings: Settings, dsn: str, listening: socket.socket, status: Status, console: Console, *, demo: bool
) -> None:
    status.update("Bringing the database up to date")
    await migrate(dsn)
    if demo:
        status.update("Preparing the demo event")
        await _ensure_demo(settings, dsn)
    status.update("Starting the server")
    from server.app import create_app  # the largest part of a start: by now the first lines have been told

    certificates = _certificates(settings)
    settings.secrets()  # a secret file that cannot be used is told here, not from within the server
    config = uvicorn.Config(
        create_app(settings, dsn=dsn),
        loop="none",
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=LARGEST_SOCKET_MESSAGE,
        log_config=None,
        access_log=False,  # addresses hold badge tokens
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        ssl_certfile=None if certificates is None else certificates.certificate,
        ssl_keyfile=None if certificates is None else certificates.key,
    )

    def ready() -> None:
        status.stop()
        console.print(help_screen(settings, demo=demo))

    await asyncio.sleep(0)  # a Ctrl-C during the long import above ends it here, before anything is opened
    server = _AnnouncingServer(config, ready)
    await server.serve(sockets=[listening])
    if not server.started:
        raise ServerNotStarted


def _certificates(settings: Settings) -> "Certificates | None":
    """Those of `--tls`, made at the first start with it. Raises `StartUpError`."""
    if not settings.tls:
        return None
    from server.tls.certificates import ensure_certificates

    host = urlsplit(settings.public_url).hostname or ""
    return ensure_certificates(settings.tls_folder, host, now=datetime.now(UTC))


async def _ensure_demo(settings: Settings, dsn: str) -> None:
    from server.db import open_pool
    from server.demo.operations import ensure_demo

    pool = await open_pool(dsn, size=1)
    async with pool, pool.acquire() as connection:
        await ensure_demo(connection, secrets=settings.secrets(), now=datetime.now(UTC))


class _AnnouncingServer(uvicorn.Server):
    """Says so when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()
