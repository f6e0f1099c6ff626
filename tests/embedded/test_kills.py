"""kill -9 of the app or of the server: no committed row is lost, and the next start needs no hand."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from server.embedded import EmbeddedPostgres, leftover
from server.embedded.account import Account
from server.embedded.binaries import find_binaries, within_reach
from tests.embedded.looking import WritingApp, answers, ask, is_running

Make = Callable[..., EmbeddedPostgres]
App = Callable[[], WritingApp]


def test_killing_the_app_takes_the_server_along_and_loses_no_row(app: App, postgres: Make) -> None:
    process = app()
    server = process.server()
    process.run_until(50)

    committed = process.kill()

    dsn = postgres().start()
    assert ask(dsn, "SELECT max(number) FROM rows") >= committed
    assert server is not None
    assert not is_running(server)


def test_killing_the_server_under_a_living_app_brings_it_back_with_all_rows(app: App, postgres: Make) -> None:
    process = app()
    server = process.server()
    process.run_until(50)
    assert server is not None

    os.kill(server, signal.SIGKILL)

    process.run_until(200)
    committed = process.kill()
    assert ask(postgres().start(), "SELECT count(*) FROM rows") >= committed


def test_killing_both_at_once_loses_no_row(app: App, postgres: Make) -> None:
    process = app()
    server = process.server()
    process.run_until(50)
    assert server is not None

    os.kill(server, signal.SIGKILL)
    committed = process.kill()

    assert ask(postgres().start(), "SELECT count(*) FROM rows") >= committed


def test_a_busy_backend_of_a_killed_server_does_not_keep_it_from_coming_back(postgres: Make) -> None:
    server = postgres()
    dsn = server.start()
    killed = server.pid
    assert killed is not None
    psql = str(find_binaries().folder / "psql")
    client = subprocess.Popen([psql, dsn, "-qc", "DO 'BEGIN LOOP END LOOP; END'"], stderr=subprocess.DEVNULL)
    while not ask(dsn, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'DO%'"):
        time.sleep(0.02)

    os.kill(killed, signal.SIGKILL)

    while server.pid == killed or not answers(dsn):
        time.sleep(0.05)
    client.wait()


@pytest.mark.parametrize("told_by", ["/proc", "ps"])
@pytest.mark.parametrize("stranger", ["elsewhere", "in the data folder", "ended and not reaped"])
def test_a_stale_pid_file_naming_a_stranger_harms_nobody(
    postgres: Make, folder: Path, monkeypatch: pytest.MonkeyPatch, stranger: str, told_by: str
) -> None:
    if told_by == "ps":
        monkeypatch.setattr(leftover, "PROC", folder / "no such system")
    server = postgres()
    server.start()
    server.stop()
    data = folder / "postgres"
    process = subprocess.Popen(
        ["true"] if stranger == "ended and not reaped" else ["sleep", "60"],
        cwd=data if stranger == "in the data folder" else "/",
        **Account.for_cluster(data).run_as,  # PostgreSQL minds only processes of its own user
    )
    while stranger == "ended and not reaped" and is_running(process.pid):
        time.sleep(0.01)
    try:
        (data / "postmaster.pid").write_text(f"{process.pid}\n{data}\n1\n5432\n/tmp\n\n1 1\nready\n")

        assert answers(postgres().start())
        assert is_running(process.pid) or stranger == "ended and not reaped"
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("told_by", ["/proc", "ps"])
def test_a_server_that_outlived_its_app_is_ended_first(
    postgres: Make, folder: Path, monkeypatch: pytest.MonkeyPatch, told_by: str
) -> None:
    if told_by == "ps":
        monkeypatch.setattr(leftover, "PROC", folder / "no such system")
    server = postgres()
    ask(server.start(), "CREATE TABLE kept AS SELECT 7 AS number")
    server.stop()
    data = folder / "postgres"
    account = Account.for_cluster(data)
    programs = within_reach(find_binaries(), account, folder / "postgres.programs")
    outlived = subprocess.Popen(
        [programs.postgres, "-D", data, "-c", "listen_addresses=", "-k", data],
        stderr=subprocess.DEVNULL, cwd="/", **account.run_as,
    )  # fmt: skip
    while not (data / "postmaster.pid").exists():
        time.sleep(0.02)

    dsn = postgres().start()

    assert outlived.wait() == 0
    assert ask(dsn, "SELECT number FROM kept") == 7
