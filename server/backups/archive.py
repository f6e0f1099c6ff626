"""The file of a backup: a tar of what it holds, with sums that tell whether it is whole. Knows no database."""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from server.backups.errors import FileNotWritable, FileThere, NoBackup

#: Raised when the file changes so that an older version could not read it.
FORMAT = 1

_MANIFEST = "handsel.json"
_SECRET = "secret"  # noqa: S105 - the name of a part
_DATABASE = "database.dump"
_PIECE = 1 << 20
#: Bytes. A manifest and a secret are far smaller; more is somebody else's file.
_SMALL = 1 << 16


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. `made_at` is RFC 3339 in UTC, `revision` the database's schema, the sums SHA-256
    in hexadecimal digits.
    """

    format: int
    made_at: str
    revision: str
    secret: str
    database: str


@dataclass(frozen=True, slots=True)
class OpenedBackup:
    """A backup that was read and found whole. `database` is a file that ends with the block it was opened in."""

    manifest: Manifest
    secret: bytes
    database: Path


def require_free(path: Path) -> None:
    """Raise `FileThere` before any work is done for nothing."""
    if path.exists():
        raise FileThere(path)


def write_archive(path: Path, *, database: Path, secret: bytes, revision: str, now: datetime) -> None:
    """Write the backup whole or not at all, readable to its owner alone. Raises `FileThere`, `FileNotWritable`."""
    manifest = Manifest(FORMAT, now.isoformat(), revision, hashlib.sha256(secret).hexdigest(), _sum_of(database))
    unfinished = None
    try:
        descriptor, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # of mode 0600
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as archive:
                _add(archive, _MANIFEST, json.dumps(asdict(manifest)).encode(), now)
                _add(archive, _SECRET, secret, now)
                archive.add(database, _DATABASE, filter=_of_nobody)
            file.flush()
            os.fsync(file.fileno())
        os.link(unfinished, path)  # refuses to write over anything, as renaming would not
    except FileExistsError as error:
        raise FileThere(path) from error
    except OSError as error:
        raise FileNotWritable(path, error.strerror or "an error of the disk") from error
    finally:
        if unfinished is not None:
            Path(unfinished).unlink(missing_ok=True)


@contextmanager
def opened_archive(path: Path) -> Iterator[OpenedBackup]:
    """The backup in `path`, once all its sums are right. Raises `NoBackup`."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder, _DATABASE)
        try:
            with tarfile.open(path, mode="r:") as archive:
                manifest = _manifest(path, _small(archive, _MANIFEST))
                secret = _small(archive, _SECRET)
                _copy(archive, _DATABASE, database)
        except OSError as error:
            raise NoBackup(path, error.strerror or "it cannot be read") from error
        except (tarfile.TarError, KeyError) as error:
            raise NoBackup(path, "it is no backup of Handsel, or a part of it is missing") from error
        if manifest.secret != hashlib.sha256(secret).hexdigest() or manifest.database != _sum_of(database):
            raise NoBackup(path, "it was changed or cut off after it was made")
        yield OpenedBackup(manifest, secret, database)


def _manifest(path: Path, text: bytes) -> Manifest:
    try:
        told = json.loads(text)
        if told["format"] != FORMAT:
            raise NoBackup(path, "it was made by another version of Handsel; use that version")
        return Manifest(**told)
    except (ValueError, KeyError, TypeError) as error:
        raise NoBackup(path, "it is no backup of Handsel") from error


def _add(archive: tarfile.TarFile, name: str, content: bytes, now: datetime) -> None:
    part = tarfile.TarInfo(name)
    part.size, part.mode, part.mtime = len(content), 0o600, int(now.timestamp())
    archive.addfile(part, io.BytesIO(content))


def _of_nobody(part: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without the name of the account that made it."""
    part.uid = part.gid = 0
    part.uname = part.gname = ""
    part.mode = 0o600
    return part


def _small(archive: tarfile.TarFile, name: str) -> bytes:
    part = archive.extractfile(name)
    if part is None:
        raise KeyError(name)
    return part.read(_SMALL)


def _copy(archive: tarfile.TarFile, name: str, to: Path) -> None:
    part = archive.extractfile(name)
    if part is None:
        raise KeyError(name)
    with to.open("wb") as file:
        while piece := part.read(_PIECE):
            file.write(piece)


def _sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
