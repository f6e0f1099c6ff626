"""Who PostgreSQL runs as. It refuses root, so root lends it a user; no folder's rights are widened."""

import contextlib
import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypedDict

from server.embedded.errors import FolderOfAnotherUser, NoSuchAccount

#: Looked for in this order when `PG_OS_USER` is not set: the first that the machine has.
FITTING_NAMES = ("handsel", "postgres", "nobody")


class RunAs(TypedDict, total=False):
    """The arguments of `subprocess` that change the user; empty to stay who we are."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """The user whose processes the server's are. `is_lent` when we are root and it is somebody else."""

    uid: int
    gid: int
    name: str
    is_lent: bool

    @classmethod
    def for_cluster(cls, data: Path, name: str | None = None) -> Self:
        """The owner of the folder `data` if there is one; else ourselves, or as root the user to lend.

        Raises `NoSuchAccount` and `FolderOfAnotherUser`.
        """
        owner = data.stat() if data.exists() else None
        if os.geteuid() != 0:
            if owner is not None and owner.st_uid != os.geteuid():
                raise FolderOfAnotherUser(data, name_of(owner.st_uid))
            return cls(os.geteuid(), os.getegid(), name_of(os.geteuid()), is_lent=False)
        if owner is not None and owner.st_uid != 0:
            return cls(owner.st_uid, owner.st_gid, name_of(owner.st_uid), is_lent=True)
        entry = lent_account(name)
        return cls(entry.pw_uid, entry.pw_gid, entry.pw_name, is_lent=True)

    @property
    def run_as(self) -> RunAs:
        """What to hand to `subprocess` so that the child belongs to this account."""
        return RunAs(user=self.uid, group=self.gid, extra_groups=[]) if self.is_lent else RunAs()

    def give(self, folder: Path) -> None:
        """Make `folder`, which we just made, this account's own."""
        if self.is_lent:
            os.chown(folder, self.uid, self.gid)

    def first_closed(self, folder: Path) -> Path | None:
        """The first folder on the way to `folder` (itself included) that this account may not enter."""
        if not self.is_lent:
            return None
        way = [*reversed(folder.parents), folder]
        look = 'for p; do [ -d "$p" ] && [ -x "$p" ] || { printf %s "$p"; exit 1; }; done'
        asked = subprocess.run(
            ["/bin/sh", "-c", look, "sh", *map(str, way)],
            capture_output=True,
            check=False,
            cwd="/",
            **self.run_as,
        )
        return Path(os.fsdecode(asked.stdout)) if asked.returncode else None


def lent_account(name: str | None) -> pwd.struct_passwd:
    """The user `name`, or without one the first fitting that this machine has. Raises `NoSuchAccount`."""
    for candidate in (name,) if name else FITTING_NAMES:
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(candidate)
            if entry.pw_uid != 0:
                return entry
    raise NoSuchAccount(name or " or ".join(FITTING_NAMES))


def name_of(uid: int) -> str:
    """The user's name, or the number where the machine knows none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
