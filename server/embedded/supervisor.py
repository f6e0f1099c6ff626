"""Runs PostgreSQL as a child of this process and keeps it running. It never listens on a port."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from server.embedded.account import Account
from server.embedded.address import Address, Lock, dsn_of
from server.embedded.binaries import Binaries, find_binaries, within_reach
from server.embedded.cluster import ENVIRONMENT, beside, ensure_cluster, why_ended
from server.embedded.errors import FolderOutOfReach, InUse
from server.embedded.folder import make_folder
from server.embedded.leftover import FAST_SHUTDOWN, end_leftover
from server.start_up import StartUpError

#: Seconds: how long recovery after a crash may take, and how long to wait for a process that is starting.
READY_WITHIN = 300.0
JOIN_WITHIN = 60.0
#: How often (seconds) the server, or the lock of the process that runs it, is looked at.
LOOK_EVERY = 0.2

_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    # A failed statement's values would stand in its detail line, and personal data never goes to a log.
    "log_error_verbosity": "terse",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_checkpoints": "off",  # the log is not rotated, so it holds only what somebody would look for
}
_NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedPostgres:
    """The PostgreSQL of one data folder.

    `data` becomes the cluster; lock, address, log and socket lie beside it. Whoever starts first runs the
    server; later processes join it, and one of them takes over when the first ends or is killed. `durable` is
    False only for data that may be lost. `on_lost` is called, in another thread, when the server ended and
    cannot be brought back.
    """

    def __init__(
        self,
        data: Path,
        binaries: Path | None = None,
        *,
        os_user: str | None = None,
        durable: bool = True,
        on_lost: Callable[[StartUpError], None] | None = None,
    ) -> None:
        self._data = data.absolute()
        self._binaries = binaries
        self._os_user = os_user
        self._durable = durable
        self._on_lost = on_lost
        self._lock = Lock(self._data)
        self._address = Address(self._data)
        self._socket_folder: Path | None = None
        self._server: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._watcher: threading.Thread | None = None

    @property
    def pid(self) -> int | None:
        """The server's process, while it is ours; None when another process runs it."""
        return self._server.pid if self._server else None

    def start(self) -> str:
        """Run the server, or join the one that another process runs; the DSN, once it takes connections.

        Call it from the main thread: the server ends with the thread that started it. Raises
        `EmbeddedDatabaseError`; then nothing is left running.
        """
        make_folder(self._data.parent)
        try:
            folder = self._launch() if self._lock.take() else self._join()
            watcher = threading.Thread(target=self._watch, name="embedded-postgres", daemon=True)
            watcher.start()
            self._watcher = watcher
        except BaseException:  # Ctrl-C comes at any time
            self.stop()
            raise
        return dsn_of(folder)

    def stop(self) -> None:
        """End the server if it is ours; one of another process stays. Safe to call twice."""
        self._stopping.set()
        if self._watcher is not None:
            self._watcher.join()
            self._watcher = None
        self._leave()

    def _join(self) -> Path:
        end = time.monotonic() + JOIN_WITHIN
        while time.monotonic() < end:
            if folder := self._address.read():
                self._socket_folder = folder
                return folder
            if self._lock.take():  # the one that was starting gave up
                return self._launch()
            time.sleep(0.05)
        raise InUse(self._data)

    def _launch(self) -> Path:
        """With the lock in hand: start the server, and tell the others where its socket is."""
        self._address.remove()
        account = Account.for_cluster(self._data, self._os_user)
        if closed := account.first_closed(self._data.parent):
            raise FolderOutOfReach(self._data, closed, account.name)
        binaries = within_reach(find_binaries(self._binaries), account, beside(self._data, "programs"))
        ensure_cluster(self._data, binaries, account, durable=self._durable)
        end_leftover(self._data)
        folder = self._socket_folder = self._address.prepare_folder(account, self._socket_folder)
        log = beside(self._data, "log")
        with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as words:
            said_before = words.tell()
            self._server = subprocess.Popen(
                self._command(binaries, folder),
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                env=ENVIRONMENT,
                cwd="/",
                start_new_session=True,  # Ctrl-C reaches us, and we end the server in order
                preexec_fn=_follow(os.getpid()),  # noqa: PLW1509 - calls nothing that takes a lock
                **account.run_as,
            )
        self._wait_until_ready(self._server, log, said_before)
        self._address.write(folder)
        return folder

    def _command(self, binaries: Binaries, socket_folder: Path) -> list[str]:
        settings = _SETTINGS | ({} if self._durable else _NOT_DURABLE)
        settings["unix_socket_directories"] = str(socket_folder)
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return [str(binaries.postgres), "-D", str(self._data), *options]

    def _wait_until_ready(self, server: subprocess.Popen[bytes], log: Path, said_before: int) -> None:
        end = time.monotonic() + READY_WITHIN
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                told = (self._data / "postmaster.pid").read_text().split("\n")
                if len(told) > 7 and told[0] == str(server.pid) and told[7].strip() == "ready":
                    return
            if server.poll() is not None:
                words = log.read_bytes()[said_before:]
                raise why_ended(words.decode(errors="replace"), self._data)
            time.sleep(0.01)
        raise InUse(self._data)

    def _watch(self) -> None:
        """Bring the server back when it was killed, or when the process that ran it is gone."""
        while not self._stopping.wait(LOOK_EVERY):
            is_lost = self._server is not None and self._server.poll() is not None
            if not is_lost and (self._lock.is_held or not self._lock.take()):
                continue
            try:
                self._launch()
            except StartUpError as error:
                self._leave()
                if self._on_lost is not None:
                    self._on_lost(error)
                return

    def _leave(self) -> None:
        if self._server is not None:
            _end(self._server)
            self._server = None
        if self._lock.is_held:
            self._address.remove()
            if self._socket_folder is not None:
                shutil.rmtree(self._socket_folder, ignore_errors=True)
            self._lock.release()


def _end(server: subprocess.Popen[bytes]) -> None:
    """Fast shutdown: roll back what is open, write a checkpoint, leave. Harder only if that does not help."""
    for how, seconds in ((signal.SIGINT, FAST_SHUTDOWN), (signal.SIGQUIT, 5.0), (signal.SIGKILL, None)):
        server.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(seconds)
            return


def _follow(parent: int) -> Callable[[], None] | None:
    """What the child does before it becomes PostgreSQL, so that a killed parent leaves no server behind.

    Linux only; elsewhere the next start ends the leftover.
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl  # looked up here: between fork and exec nothing may be loaded
    set_parent_death_signal = 1

    def in_child() -> None:
        prctl(set_parent_death_signal, signal.SIGINT)
        if os.getppid() != parent:  # it died before the line above
            os._exit(1)

    return in_child
