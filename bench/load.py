"""Puts load on a real server over real HTTP, for the benches that measure operations: `serving` starts the product on a
throw-away PostgreSQL that syncs to disk, `load` sends requests over so many connections, `table` prints the figures.

Nothing here asserts; a request that is answered wrongly ends the bench.
"""

import asyncio
import contextlib
import hashlib
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent
DOCUMENTS = ROOT / "schema" / "documents"

CONNECTIONS = (1, 8, 32)
START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: where it listens, its data folder, which holds the secret, and its process."""

    host: str
    port: int
    data: Path
    pid: int


@dataclass(frozen=True, slots=True)
class Request:
    """One operation of the app, by the name of its document, for the holder of a session token."""

    document: str
    variables: dict[str, Any]
    token: str

    def sent(self) -> bytes:
        """The whole HTTP request, as a phone's keep-alive connection carries it."""
        body = json.dumps({"documentId": document_id(self.document), "variables": self.variables}).encode()
        head = (
            f"POST /graphql HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nHandsel-Client: bench\r\n"
            f"Authorization: Bearer {self.token}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


@dataclass(frozen=True, slots=True)
class Figures:
    """What a load came to; `seconds` are of the clock on the wall, the others of single requests in milliseconds."""

    what: str
    connections: int
    requests: int
    seconds: float
    median: float
    p99: float

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


def document_id(name: str) -> str:
    """The trusted document's id."""
    return f"sha256:{hashlib.sha256((DOCUMENTS / f'{name}.graphql').read_bytes()).hexdigest()}"


@contextlib.contextmanager
def serving(dsn: str) -> Iterator[Served]:
    """The product in a process of its own on this database, without jobs, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="handsel-bench-") as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("HANDSEL_")} | {
            "DATABASE_URL": dsn,
            "HANDSEL_PORT": str(port),
            "HANDSEL_DATA": folder,
            "HANDSEL_WORK": "false",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "server", "serve"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
        )
        served = Served("127.0.0.1", port, Path(folder), process.pid)
        try:
            _wait_until_ready(served, process)
            yield served
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(START_SECONDS)


async def load(
    served: Served, what: str, requests: Sequence[Request], *, connections: int, at_most_seconds: float = 20
) -> Figures:
    """Send the requests in order over so many connections, each waiting for its answer before it sends the next.

    Ends when all are sent or the time is over. Raises `RuntimeError` for an answer with errors or problems.
    """
    waiting = iter([request.sent() for request in requests])
    taken: list[float] = []
    began = time.perf_counter()

    async def connection() -> None:
        reader, writer = await asyncio.open_connection(served.host, served.port)
        for request in waiting:
            sent_at = time.perf_counter()
            writer.write(request)
            answer = await _answer(reader)
            taken.append((time.perf_counter() - sent_at) * 1000)
            _refuse_wrong(answer)
            if time.perf_counter() - began > at_most_seconds:
                break
        writer.close()

    await asyncio.gather(*(connection() for _ in range(connections)))
    seconds = time.perf_counter() - began
    p99 = statistics.quantiles(taken, n=100)[98] if len(taken) > 1 else taken[0]
    return Figures(what, connections, len(taken), seconds, statistics.median(taken), p99)


def table(title: str, figures: Sequence[Figures]) -> None:
    """Print the figures."""
    shown = Table(title=title)
    for heading in ("operation", "connections", "requests", "per second", "median ms", "p99 ms"):
        shown.add_column(heading, justify="left" if heading == "operation" else "right")
    for each in figures:
        shown.add_row(
            each.what, str(each.connections), str(each.requests), f"{each.per_second:.0f}", f"{each.median:.1f}",
            f"{each.p99:.1f}",
        )  # fmt: skip
    Console().print(shown)


async def _answer(reader: asyncio.StreamReader) -> bytes:
    """The body of one answer; the product always tells its length."""
    status = await reader.readline()
    length = 0
    while (line := await reader.readline()) not in {b"\r\n", b""}:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    body = await reader.readexactly(length)
    if b" 200 " not in status:
        raise RuntimeError(f"answered {status.decode().strip()}: {body[:500].decode()}")
    return body


def _refuse_wrong(answer: bytes) -> None:
    told = json.loads(answer)
    if told.get("errors") or any(isinstance(each, dict) and "message" in each for each in told["data"].values()):
        raise RuntimeError(f"answered wrongly: {answer[:500].decode()}")


def _wait_until_ready(served: Served, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://{served.host}:{served.port}/readyz", timeout=1).close()
            return
        time.sleep(0.05)
    raise RuntimeError("the server did not start")
