"""Folders that PostgreSQL's user can reach, supervisors of them, and whole processes that hold one."""

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from server.embedded import EmbeddedPostgres
from tests.embedded.looking import WritingApp, wait_for_end


@contextlib.contextmanager
def _new_folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="handsel-test-"))
    path.chmod(0o711)  # pytest's own folders are closed to the user that root lends PostgreSQL
    try:
        yield path
    finally:
        path.chmod(0o711)
        shutil.rmtree(path)


@pytest.fixture(scope="session")
def new_cluster() -> Iterator[Path]:
    """A cluster as the first start makes it, to be copied: that is twenty times quicker than making one."""
    with _new_folder() as path:
        maker = EmbeddedPostgres(path / "postgres", durable=False)
        maker.start()
        maker.stop()
        yield path / "postgres"


@pytest.fixture
def empty_folder() -> Iterator[Path]:
    """A data folder before the first start."""
    with _new_folder() as path:
        yield path


@pytest.fixture
def folder(empty_folder: Path, new_cluster: Path) -> Path:
    """A data folder after the first start, with an empty database that is not running."""
    subprocess.run(["cp", "-a", new_cluster, empty_folder], check=True)
    return empty_folder


@pytest.fixture
def postgres(folder: Path) -> Iterator[Callable[..., EmbeddedPostgres]]:
    """Makes supervisors of the cluster in `folder`, and stops them afterwards in the same order.

    Not durable, for speed: what is written survives any kill, if not a power cut, without being synced.
    """
    made: list[EmbeddedPostgres] = []

    def make(**options: Any) -> EmbeddedPostgres:
        made.append(EmbeddedPostgres(folder / "postgres", **({"durable": False} | options)))
        return made[-1]

    yield make
    for supervisor in made:
        supervisor.stop()


@pytest.fixture
def app(folder: Path) -> Iterator[Callable[[], WritingApp]]:
    """Starts processes that write to the database in `folder`."""
    started: list[WritingApp] = []

    def start() -> WritingApp:
        started.append(WritingApp(folder / "postgres"))
        return started[-1]

    yield start
    for process in started:
        process.kill()
    wait_for_end(folder / "postgres")
