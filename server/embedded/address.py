"""How several processes share one embedded server: one holds the lock and runs it, others find it."""

import fcntl
import os
import socket
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from server.embedded.account import Account, name_of
from server.embedded.cluster import DATABASE, ROLE, beside
from server.embedded.errors import FolderOfAnotherUser, InUse

#: A Unix socket's path has 107 usable bytes on Linux and 103 on macOS.
SOCKET_PATH_BYTES = 103
SOCKET_NAME = ".s.PGSQL.5432"


class Lock:
    """The one right to run the server of a data folder. Its holder's death frees it at once."""

    def __init__(self, data: Path) -> None:
        self._path = beside(data, "lock")
        self._descriptor: int | None = None

    @property
    def is_held(self) -> bool:
        return self._descriptor is not None

    def take(self) -> bool:
        """Whether it is ours now; never waits. Raises `FolderOfAnotherUser`."""
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except PermissionError as error:
            raise FolderOfAnotherUser(self._path.parent, name_of(self._path.stat().st_uid)) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class Address:
    """The file beside the cluster that names the folder of the socket while the server answers."""

    def __init__(self, data: Path) -> None:
        self._file = beside(data, "address")
        self._usual = beside(data, "socket")

    def read(self) -> Path | None:
        """The folder of the socket, if a server answers there now."""
        try:
            folder = Path(self._file.read_text())
            with socket.socket(socket.AF_UNIX) as knock:
                knock.connect(str(folder / SOCKET_NAME))
        except OSError:
            return None
        return folder

    def write(self, folder: Path) -> None:
        """Tell the others. Whole or not at all, since they read at any time."""
        new = beside(self._file, "new")
        new.write_text(str(folder))
        new.replace(self._file)

    def remove(self) -> None:
        self._file.unlink(missing_ok=True)

    def prepare_folder(self, account: Account, known: Path | None) -> Path:
        """A folder for the socket, closed to all but `account` and root: whoever reaches it is let in.

        `known` is where the server was before, so that open pools find it again. Beside the cluster, unless
        that path is too long for a socket or has a character that PostgreSQL's list of folders does not take.
        Raises `InUse` when the known folder has become somebody else's.
        """
        folder = known or self._usual
        if not _fits(folder):
            folder = Path(tempfile.mkdtemp(prefix="handsel-"))
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.lstat().st_uid not in {account.uid, os.geteuid()} or folder.is_symlink():
            raise InUse(folder)
        account.give(folder)
        # Of a killed server; the pid in its lock file may be anybody's by now.
        for stale in (SOCKET_NAME, f"{SOCKET_NAME}.lock"):
            (folder / stale).unlink(missing_ok=True)
        return folder


def _fits(folder: Path) -> bool:
    path = str(folder / SOCKET_NAME)
    return len(os.fsencode(path)) <= SOCKET_PATH_BYTES and not set(path) & set(",'\"\\ ")


def dsn_of(folder: Path) -> str:
    """The address as asyncpg and libpq read it."""
    return f"postgresql://{ROLE}@/{DATABASE}?{urlencode({'host': str(folder)})}"
