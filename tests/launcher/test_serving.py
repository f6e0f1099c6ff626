"""The server as its host runs it: started, ended, killed, started again."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from server.embedded import EmbeddedPostgres
from tests.embedded.looking import ask
from tests.launcher.processes import Serving, handsel, processes_of

Start = Callable[..., Serving]


def test_the_first_start_shows_where_it_is_and_who_signs_in(empty_data: Path) -> None:
    server = Serving(data=empty_data)
    try:
        server.wait_until_ready()
        server.end(signal.SIGINT)
    finally:
        server.close()

    for told in (
        f"http://localhost:{server.port}", "ana@demo.example", "ben@demo.example", "desk@demo.example",
        "./run mail --last", str(empty_data / "outbox"), "private window", "Ctrl-C",
    ):  # fmt: skip
        assert told in server.output
    assert "\x1b" not in server.output  # no control codes where the output is no terminal


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGHUP])  # a hang-up goes on as SIGTERM
def test_ending_it_leaves_no_process_and_no_traceback(serving: Start, data: Path, how: signal.Signals) -> None:
    server = serving("serve")

    code = server.end(how)

    assert code == 0
    assert "Traceback" not in server.output
    assert processes_of(data) == []


def test_the_demo_event_never_comes_into_a_database_of_the_hosts_own(data: Path) -> None:
    with_database = EmbeddedPostgres(data / "postgres")
    dsn = with_database.start()
    server = Serving(data=data, DATABASE_URL=dsn)
    try:
        server.wait_until_ready()
        assert ask(dsn, "SELECT count(*) FROM events") == 0
    finally:
        server.end(signal.SIGINT)
        server.close()
        with_database.stop()
    assert "demo.example" not in server.output


def test_killing_it_loses_nothing_that_a_command_wrote_meanwhile_and_the_next_start_needs_no_hand(
    serving: Start, data: Path
) -> None:
    first = serving("serve")
    made = handsel(
        "events", "add", "garden-day", "--title", "Garden day", "--organizer", "host@example.org",
        "--starts", "2027-04-22T09:00", "--ends", "2027-04-22T18:00", "--timezone", "Europe/Lisbon", data=data,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr

    first.end(signal.SIGKILL)
    serving("serve")

    postgres = EmbeddedPostgres(data / "postgres")
    try:
        assert ask(postgres.start(), "SELECT string_agg(slug, ' ') FROM events") == "garden-day"
    finally:
        postgres.stop()


def test_killing_its_database_brings_it_back_under_the_running_server(serving: Start, data: Path) -> None:
    server = serving("serve")
    database = _database_of(data)

    os.kill(database, signal.SIGKILL)

    while not server.is_ready() or _database_of(data) == database:
        time.sleep(0.05)


def _database_of(data: Path) -> int:
    """The pid of the server that runs in `data`; 0 between two."""
    try:
        return int((data / "postgres" / "postmaster.pid").read_text().partition("\n")[0])
    except FileNotFoundError:
        return 0


def test_it_ends_with_a_sentence_when_its_database_cannot_be_brought_back(serving: Start, data: Path) -> None:
    server = serving("serve")
    (data / "postgres" / "postgresql.conf").write_text("max_connections = many\n")
    database = _database_of(data)

    os.kill(database, signal.SIGKILL)

    assert server.wait() == 1
    assert "PostgreSQL could not start" in server.output.splitlines()[-1]


def test_an_interrupted_start_leaves_nothing_running(data: Path) -> None:
    server = Serving("serve", data=data)
    try:
        while not (data / "postgres.address").exists():
            time.sleep(0.01)
        server.end(signal.SIGINT)
    finally:
        server.close()

    assert "Traceback" not in server.output
    assert processes_of(data) == []
