"""Several processes on one data folder: one runs the server, others join it, and nobody is left without."""

import time
from collections.abc import Callable

from server.embedded import EmbeddedPostgres
from tests.embedded.looking import WritingApp, answers

Make = Callable[..., EmbeddedPostgres]
App = Callable[[], WritingApp]


def test_a_second_process_joins_the_server_and_leaves_it_running(app: App, postgres: Make) -> None:
    process = app()
    process.server()

    joining = postgres()
    assert answers(joining.start())
    assert joining.pid is None
    joining.stop()

    process.run_until(process.last + 50)


def test_processes_that_start_at_once_agree_on_one_server(app: App) -> None:
    first, second = app(), app()

    assert [first.server(), second.server()].count(None) == 1


def test_the_one_that_joined_takes_over_at_the_same_address_when_the_first_is_killed(app: App, postgres: Make) -> None:
    process = app()
    process.server()
    joined = postgres()
    dsn = joined.start()

    process.kill()

    while joined.pid is None or not answers(dsn):
        time.sleep(0.02)


def test_the_one_that_joined_takes_over_when_the_first_is_stopped(postgres: Make) -> None:
    first, second = postgres(), postgres()
    dsn = first.start()
    assert second.start() == dsn

    first.stop()

    while second.pid is None or not answers(dsn):
        time.sleep(0.02)
