"""Starting and stopping the embedded database."""

from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest

from server.embedded import EmbeddedPostgres, throw_away_postgres
from server.embedded.address import SOCKET_PATH_BYTES
from tests.embedded.looking import ask, is_running

Make = Callable[..., EmbeddedPostgres]


def test_an_empty_folder_becomes_a_database_that_keeps_its_rows(empty_folder: Path) -> None:
    first, second = (EmbeddedPostgres(empty_folder / "postgres") for _ in range(2))
    dsn = first.start()
    ask(dsn, "CREATE TABLE kept AS SELECT 7 AS number")
    first.stop()

    try:
        assert ask(second.start(), "SELECT number FROM kept") == 7
    finally:
        second.stop()


def test_stopping_leaves_no_process_no_address_and_no_socket(postgres: Make, folder: Path) -> None:
    server = postgres()
    server.start()
    pid = server.pid
    assert pid is not None

    server.stop()

    assert not is_running(pid)
    # Where its user cannot reach the programs that came with the packages, a copy of them stays for the next start.
    left = {path.name for path in folder.iterdir()} - {"postgres.programs"}
    assert left == {"postgres", "postgres.lock", "postgres.log"}


def test_it_runs_as_an_ordinary_user_and_opens_no_port(postgres: Make) -> None:
    server = postgres()
    dsn = server.start()

    assert Path(f"/proc/{server.pid}").stat().st_uid != 0
    assert ask(dsn, "SHOW listen_addresses") == ""


def test_committed_rows_are_synced_to_disk(postgres: Make) -> None:
    dsn = postgres(durable=True).start()

    settings = "SELECT string_agg(setting, ' ') FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit')"
    assert ask(dsn, settings) == "on on"


def test_nobody_else_can_enter_the_data_or_the_socket(postgres: Make, folder: Path) -> None:
    postgres().start()

    assert folder.stat().st_mode & 0o777 == 0o711
    assert (folder / "postgres").stat().st_mode & 0o777 == 0o700
    assert (folder / "postgres.socket").stat().st_mode & 0o777 == 0o700


def test_a_path_too_long_for_a_socket_does_not_matter(empty_folder: Path) -> None:
    deep = empty_folder / ("d" * SOCKET_PATH_BYTES)
    server = EmbeddedPostgres(deep / "postgres")
    try:
        assert ask(server.start(), "SELECT 1") == 1
    finally:
        server.stop()


def test_a_failed_statement_leaves_no_value_in_the_log(postgres: Make, folder: Path) -> None:
    dsn = postgres().start()
    ask(dsn, "CREATE TABLE people (mail text PRIMARY KEY)")
    ask(dsn, "INSERT INTO people VALUES ('secret@example.org')")

    for statement in ("INSERT INTO people VALUES ('secret@example.org')", "SELECT 'secret@example.org'::int"):
        with pytest.raises(asyncpg.PostgresError):
            ask(dsn, statement)

    assert "secret" not in (folder / "postgres.log").read_text()


def test_a_throw_away_server_leaves_nothing_behind() -> None:
    with throw_away_postgres() as dsn:
        assert ask(dsn, "SHOW fsync") == "off"
        place = Path(ask(dsn, "SHOW data_directory"))

    assert not place.exists()
    assert not place.parent.exists()


def test_a_half_made_database_of_a_killed_first_start_is_made_anew(empty_folder: Path) -> None:
    half_made = empty_folder / "postgres-new-abc"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18\n")

    server = EmbeddedPostgres(empty_folder / "postgres", durable=False)
    try:
        assert ask(server.start(), "SELECT 1") == 1
        assert not half_made.exists()
    finally:
        server.stop()
