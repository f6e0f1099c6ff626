"""Folders that PostgreSQL's user can reach, supervisors of them, and whole processes that hold one."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from server.embedded import EmbeddedPostgres
from tests.embedded.looking import WritingApp, wait_for_end


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty data folder; pytest's own ones are closed to the user that root lends PostgreSQL."""
    path = Path(tempfile.mkdtemp(prefix="handsel-test-"))
    path.chmod(0o711)
    yield path
    path.chmod(0o711)
    shutil.rmtree(path)


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
