"""Ends what a killed Handsel left of its server. Signals no process but the servers of this very folder.

The pid in a stale `postmaster.pid` may by now be anybody's, so a process counts as ours only when it is
PostgreSQL and works in the data folder.
"""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from server.embedded.errors import InUse

#: Seconds a server gets to write its checkpoint and leave, and the lone backends of a killed one to notice.
FAST_SHUTDOWN = 30.0
LONE_BACKENDS = 2.0

#: What Linux tells of processes. Elsewhere `ps` is asked.
PROC = Path("/proc")


def end_leftover(data: Path) -> None:
    """End any server of `data`, then take away a pid file that names nobody of ours.

    Call it only while holding the lock of `data`: then no living Handsel owns that server. Raises `InUse`
    when it does not end.
    """
    named = _named_pid(data)
    if named is None and not _servers_of(data):
        return
    if named is not None and _is_server_of(named, data):
        _signal(named, signal.SIGINT)  # fast shutdown: roll back, write a checkpoint, leave
        _wait_for_end(data, FAST_SHUTDOWN)
    else:
        _wait_for_end(data, LONE_BACKENDS)  # backends whose server was killed leave by themselves
    # Both are safe: the write-ahead log brings back all that was committed.
    for step in (signal.SIGQUIT, signal.SIGKILL):
        for pid in _servers_of(data):
            _signal(pid, step)
        if _wait_for_end(data, LONE_BACKENDS):
            break
    else:
        raise InUse(data)
    # Of a killed server that nobody reaped, or a stranger's by now: PostgreSQL would take either for alive.
    (data / "postmaster.pid").unlink(missing_ok=True)


def _named_pid(data: Path) -> int | None:
    with contextlib.suppress(OSError, ValueError):
        pid = int((data / "postmaster.pid").read_text().partition("\n")[0])
        return pid if pid > 1 else None
    return None


def _servers_of(data: Path) -> list[int]:
    """The server of `data` and its backends; without /proc only the one that the pid file names."""
    if PROC.is_dir():
        candidates = [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()]
    else:
        candidates = [pid for pid in (_named_pid(data),) if pid is not None]
    return [pid for pid in candidates if _is_server_of(pid, data)]


def _is_server_of(pid: int, data: Path) -> bool:
    if PROC.is_dir():
        try:
            process = PROC / str(pid)
            name, _, rest = (process / "stat").read_text().partition("(")[2].rpartition(")")
            return name == "postgres" and rest.split()[0] != "Z" and (process / "cwd").samefile(data)
        except OSError:
            return False  # gone, or not ours to look at, and then not ours
    asked = ["/bin/ps", "-ww", "-o", "stat=", "-o", "command=", "-p", str(pid)]
    told = subprocess.run(asked, capture_output=True, text=True, check=False)
    state, _, command = told.stdout.strip().partition(" ")
    return not state.startswith("Z") and "postgres" in command and str(data) in command


def _signal(pid: int, what: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, what)


def _wait_for_end(data: Path, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while _servers_of(data):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
