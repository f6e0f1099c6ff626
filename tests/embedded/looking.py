"""What the tests of the embedded database look at: a value from a server, whether a process lives, one to kill."""

import asyncio
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import asyncpg


def ask(dsn: str, statement: str) -> Any:
    """The one value that `statement` answers."""

    async def asked() -> Any:
        connection = await asyncpg.connect(dsn)
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    return asyncio.run(asked())


def answers(dsn: str) -> bool:
    """Whether the server takes connections now."""
    try:
        return bool(ask(dsn, "SELECT true"))
    except (OSError, asyncpg.PostgresError):
        return False


def is_running(pid: int) -> bool:
    """Whether a process with this number lives; one that ended and was not reaped does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


class WritingApp:
    """A process that holds the database of `data` and commits rows without end; see `writing_app.py`.

    `server` is the pid of the server it runs, None if it joined one.
    """

    def __init__(self, data: Path) -> None:
        script = str(Path(__file__).with_name("writing_app.py"))
        self._process = subprocess.Popen(
            [sys.executable, script, str(data)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout is not None
        self._output = self._process.stdout
        self.last = 0

    def server(self) -> int | None:
        """Wait until the database answers it. Ask once, before anything else."""
        said = self._output.readline().strip()
        return None if said == "None" else int(said)

    def run_until(self, number: int) -> None:
        """Wait until it has committed row `number`."""
        while self.last < number:
            self.last = int(self._output.readline())

    def kill(self) -> int:
        """kill -9. The number of the last row that it said was committed."""
        self._process.kill()
        self._process.wait()
        if not self._output.closed:
            said = [int(line) for line in self._output.read().splitlines(keepends=True) if line.endswith("\n")]
            self.last = max(said, default=self.last)
            self._output.close()
        return self.last


def wait_for_end(data: Path) -> None:
    """Wait until a server that follows its killed app down has left the data folder."""
    pid_file = data / "postmaster.pid"
    while pid_file.exists() and is_running(int(pid_file.read_text().partition("\n")[0])):
        time.sleep(0.02)
