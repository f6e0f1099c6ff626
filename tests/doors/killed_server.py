"""The product in a process of its own that is killed while it works, and started again on the same port."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
START_SECONDS = 90


class KilledServer:
    """A server without jobs. `data` is its folder, which holds the secret."""

    def __init__(self, dsn: str, data: Path, port: int) -> None:
        self.data = data
        self.address = f"http://127.0.0.1:{port}"
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("HANDSEL_")} | {
            "DATABASE_URL": dsn,
            "HANDSEL_PORT": str(port),
            "HANDSEL_DATA": str(data),
            "HANDSEL_WORK": "false",
        }
        self._process = self._start()

    @classmethod
    @contextlib.contextmanager
    def serving(cls, dsn: str) -> Iterator["KilledServer"]:
        """It serves until the block ends."""
        with tempfile.TemporaryDirectory(prefix="handsel-doors-") as folder, socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
            free.close()
            server = cls(dsn, Path(folder), port)
            try:
                yield server
            finally:
                server._process.kill()
                server._process.wait(START_SECONDS)

    @staticmethod
    def now() -> datetime:
        """What its clock says: it is a process of its own, and no test moves that."""
        return datetime.now(UTC)

    def kill_and_start(self) -> None:
        """End it without a warning, in the middle of whatever it does, and start it again."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(START_SECONDS)
        self._process = self._start()

    def _start(self) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, "-m", "server", "serve"], cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and process.poll() is None:
            with contextlib.suppress(httpx.HTTPError):
                httpx.get(f"{self.address}/readyz", timeout=1).raise_for_status()
                return process
            time.sleep(0.05)
        raise RuntimeError("the server did not start")
