"""The data folder before PostgreSQL sees it: made, writable, with room. What exists keeps its rights."""

import errno
import os
import shutil
import tempfile
from pathlib import Path

from server.embedded.errors import FolderNotWritable, NoSpace

#: A new cluster takes about 40 MB on disk, and each file of its write-ahead log 16 MB.
BYTES_FOR_NEW = 200_000_000
BYTES_FOR_OLD = 50_000_000


def make_folder(folder: Path) -> None:
    """Make `folder` if it is missing, and prove that it can be written.

    Of the folders made here only the way through is open to others, and only as root, since PostgreSQL then
    runs as another user. Raises `FolderNotWritable` and `NoSpace`.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    mode = 0o711 if os.geteuid() == 0 else 0o700
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for made in missing:
            made.chmod(mode)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise NoSpace(folder, BYTES_FOR_NEW) from error
        raise FolderNotWritable(folder, error.strerror or "it cannot be written") from error


def require_space(folder: Path, needed: int) -> None:
    """Raise `NoSpace` when the disk under `folder` has fewer than `needed` bytes left."""
    if shutil.disk_usage(folder).free < needed:
        raise NoSpace(folder, needed)
