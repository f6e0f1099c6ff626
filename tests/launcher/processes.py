"""The `handsel` command as a user runs it: a process of its own with an environment of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]


def environment(data: Path, **settings: str) -> dict[str, str]:
    """What the user's shell would hand on, with these settings and no others."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"PYTHONPATH": str(ROOT), "HANDSEL_DATA": str(data), "COLUMNS": "200", **settings}


def handsel(*words: str, data: Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "server", *words],
        env=environment(data, **settings), cwd="/", capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def free_port() -> int:
    """A port that nobody listens on right now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def processes_of(data: Path) -> list[int]:
    """Everything that still runs for this data folder: servers of the database and `handsel` commands."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            if bytes(data) in words or (entry / "cwd").readlink() == data / "postgres":
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def _hear_as_in_a_terminal() -> None:
    """Also where the tests run under nohup or in the background of a script, whose children inherit the deafness: a
    shell without job control starts those with SIGINT ignored.
    """
    for each in (signal.SIGHUP, signal.SIGINT):
        signal.signal(each, signal.SIG_DFL)


class Serving:
    """A running server. `output` is all it said, once it has ended."""

    def __init__(self, *words: str, data: Path, **settings: str) -> None:
        self.port = free_port()
        self.output = ""
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "server", "--port", str(self.port), *words],
            env=environment(data, **settings), cwd="/",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
            preexec_fn=_hear_as_in_a_terminal,  # noqa: PLW1509 - it sets two signals and takes no lock
        )  # fmt: skip

    def wait_until_ready(self) -> None:
        """Until it says that it and its database are ready."""
        while not self.is_ready():
            if self._process.poll() is not None:
                raise AssertionError(self._process.communicate()[0])
            time.sleep(0.05)

    def is_ready(self) -> bool:
        """Whether it and its database answer."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.HTTPError):
            return False

    def end(self, how: signal.Signals) -> int:
        """Send it this signal, as a terminal does: to all in its group. The exit code."""
        os.killpg(self._process.pid, how)
        return self.wait()

    def wait(self) -> int:
        """Until it has ended by itself. The exit code."""
        self.output += self._process.communicate()[0]
        return self._process.returncode

    def close(self) -> None:
        """Make sure that nothing of it is left."""
        if self._process.poll() is None:
            self._process.kill()
        if self._process.stdout is not None and not self._process.stdout.closed:
            self._process.communicate()
