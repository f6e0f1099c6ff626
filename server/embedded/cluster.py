"""Makes the cluster, whole or not at all. Refuses folders with anything else in them."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from server.embedded.account import Account
from server.embedded.binaries import Binaries
from server.embedded.errors import FolderHoldsSomethingElse, NoSpace, OtherMajorVersion, ServerEnded
from server.embedded.folder import BYTES_FOR_NEW, BYTES_FOR_OLD, require_space

#: The one role and the one database of an embedded cluster.
ROLE = "handsel"
DATABASE = "postgres"

#: PostgreSQL's programs see nothing of our environment: no stray PGDATA or locale changes what they do, and
#: their messages are English, since we read them.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def ensure_cluster(data: Path, binaries: Binaries, account: Account, *, durable: bool) -> None:
    """Make a cluster in `data` unless it holds one that `binaries` can read.

    Raises `OtherMajorVersion`, `FolderHoldsSomethingElse`, `NoSpace` and `ServerEnded`.
    """
    version = data / "PG_VERSION"
    if version.exists():
        require_space(data, BYTES_FOR_OLD)
        made_by = version.read_text().strip()
        if made_by != str(binaries.major):
            raise OtherMajorVersion(data, made_by, binaries.major)
        return
    if data.exists() and any(data.iterdir()):
        raise FolderHoldsSomethingElse(data)
    require_space(data.parent, BYTES_FOR_NEW)
    _make_cluster(data, binaries, account, durable=durable)


def _make_cluster(data: Path, binaries: Binaries, account: Account, *, durable: bool) -> None:
    for half_made in data.parent.glob(f"{data.name}-new-*"):  # a start that was killed; we hold the lock
        shutil.rmtree(half_made)
    new = Path(tempfile.mkdtemp(prefix=f"{data.name}-new-", dir=data.parent))
    account.give(new)
    command = [str(binaries.initdb), "-D", str(new), "-U", ROLE, "-A", "trust", "-E", "UTF8"]
    made = subprocess.run(
        [*command, *_locale(binaries.major), *([] if durable else ["--no-sync"])],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env=ENVIRONMENT,
        cwd="/",
        **account.run_as,
    )
    if made.returncode:
        shutil.rmtree(new, ignore_errors=True)
        raise why_ended(made.stdout, data)
    new.rename(data)  # PG_VERSION is written early: only the rename makes it the cluster


def _locale(major: int) -> list[str]:
    """Order by code point, letters by Unicode, on every machine: indexes outlive upgrades of the system."""
    if major >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8" if sys.platform == "linux" else "--locale=C"]


def beside(data: Path, what: str) -> Path:
    """What belongs to the cluster but must not lie in it, such as `postgres.lock` beside `postgres`."""
    return data.with_name(f"{data.name}.{what}")


def why_ended(output: str, data: Path) -> NoSpace | ServerEnded:
    """The sentence for what one of PostgreSQL's programs said before it ended."""
    if "No space left on device" in output:
        return NoSpace(data.parent, BYTES_FOR_NEW)
    told = [line for line in output.splitlines() if "FATAL:" in line or "PANIC:" in line or "error:" in line]
    last = (told or output.splitlines() or [""])[-1]
    return ServerEnded(beside(data, "log"), last.rpartition("FATAL:")[2].strip())
