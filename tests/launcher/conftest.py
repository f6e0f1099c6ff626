"""Data folders as the first start leaves them, and servers that are ended whatever happens."""

import contextlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.launcher.processes import Serving, handsel, processes_of


@contextlib.contextmanager
def _new_folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="handsel-test-"))
    path.chmod(0o711)  # pytest's own folders are closed to the user that root lends PostgreSQL
    try:
        yield path
    finally:
        while processes_of(path):
            time.sleep(0.05)
        shutil.rmtree(path)


@pytest.fixture
def empty_data() -> Iterator[Path]:
    """A data folder before the first start."""
    with _new_folder() as path:
        yield path


@pytest.fixture(scope="session")
def first_start() -> Iterator[Path]:
    """A data folder with a migrated database that is not running, to be copied."""
    with _new_folder() as path:
        done = handsel("migrate", data=path)
        assert "went from empty to" in done.stdout, done.stderr
        yield path


@pytest.fixture
def data(empty_data: Path, first_start: Path) -> Path:
    """A data folder with a migrated database that is not running."""
    subprocess.run(["cp", "-a", f"{first_start}/.", empty_data], check=True)
    return empty_data


@pytest.fixture
def serving(data: Path) -> Iterator[Callable[..., Serving]]:
    """Starts servers on `data`, each ready when it is handed out."""
    started: list[Serving] = []

    def start(*words: str, **settings: str) -> Serving:
        started.append(Serving(*words, data=data, **settings))
        started[-1].wait_until_ready()
        return started[-1]

    yield start
    for server in started:
        server.close()
