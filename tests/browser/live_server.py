"""The product as people meet it: the real application on a real port, with the built app."""

import fcntl
import os
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn

from server.app import create_app
from server.settings import Settings

PWA = Path(__file__).parents[2] / "pwa"
DOCUMENTS = Path(__file__).parents[2] / "schema" / "documents"
GUIDE = Path(__file__).parents[2] / "docs" / "door-guide.md"
START_SECONDS = 20


def build_app() -> None:
    """Build pwa/dist where it is missing or older than what it is made of. Raises `LookupError` without npm.

    Several test workers may ask at once: the first builds, the others wait and find it done.
    """
    with (PWA / "package.json").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        _build_if_old()


def _build_if_old() -> None:
    built = PWA / "dist" / "sw.js"
    sources = [GUIDE, PWA / "index.html", PWA / "package-lock.json", PWA / "vite.config.ts"]
    sources += [
        path for folder in (PWA / "src", PWA / "build", PWA / "public", DOCUMENTS) for path in folder.rglob("*")
    ]
    newest = max(path.stat().st_mtime for path in sources if path.is_file() and ".generated." not in path.name)
    if built.exists() and built.stat().st_mtime >= newest:
        return
    npm = shutil.which("npm")
    if npm is None:
        raise LookupError("pwa/dist is missing or old, and npm was not found to build it. Build it with ./run.")
    if not (PWA / "node_modules").exists():
        subprocess.run([npm, "ci"], cwd=PWA, check=True, capture_output=True)
    subprocess.run([npm, "run", "build"], cwd=PWA, check=True, capture_output=True)


def free_port(port: int = 0) -> socket.socket:
    """A socket that listens on `port`, or on one that nobody uses; its number is in `getsockname()`."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    return listening


class LiveServer:
    """Serves in a thread of its own, with its own event loop, until the `with` block ends."""

    def __init__(self, settings: Settings, dsn: str, listening: socket.socket) -> None:
        self.url = settings.public_url
        self._settings = settings
        self._dsn = dsn
        self._listening = listening

    def __enter__(self) -> Self:
        config = uvicorn.Config(
            create_app(self._settings, dsn=self._dsn), log_config=None, access_log=False, ws="websockets-sansio",
            lifespan="on", timeout_graceful_shutdown=1,
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._listening]}, daemon=True)
        self._thread.start()
        end = time.monotonic() + START_SECONDS
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > end:
                raise RuntimeError("the server did not start")
            time.sleep(0.02)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._listening.close()

    def restart(self) -> None:
        """Ends the server and starts another one in its place, at the same address."""
        port = self._listening.getsockname()[1]
        self.__exit__(None, None, None)
        self._listening = free_port(port)
        self.__enter__()


def in_ci() -> bool:
    """Whether a missing browser is a failure instead of a reason to skip."""
    return bool(os.environ.get("CI"))
