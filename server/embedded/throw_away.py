"""A PostgreSQL for tests and benches: in a folder of its own, quick when nothing is synced to disk, gone afterwards."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from server.embedded.supervisor import EmbeddedPostgres


@contextlib.contextmanager
def throw_away_postgres(binaries: Path | None = None, *, durable: bool = False) -> Iterator[str]:
    """The DSN of an empty server that lives as long as the block; `durable` lets it commit as slowly as a real one."""
    folder = Path(tempfile.mkdtemp(prefix="handsel-"))
    if os.geteuid() == 0:
        folder.chmod(0o711)  # just made by us; the user lent to PostgreSQL has to pass
    postgres = EmbeddedPostgres(folder / "postgres", binaries, durable=durable)
    try:
        yield postgres.start()
    finally:
        postgres.stop()
        shutil.rmtree(folder)
