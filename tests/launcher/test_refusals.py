"""What can go wrong before the server answers: one sentence with the way out, exit code 1, nothing left running."""

import socket
from pathlib import Path

from server.embedded import EmbeddedPostgres
from tests.embedded.looking import ask
from tests.launcher.processes import free_port, handsel, processes_of


def _refusal(*words: str, data: Path, **settings: str) -> str:
    done = handsel(*words, data=data, **settings)
    assert done.returncode == 1
    sentence = done.stderr.strip()
    assert "Traceback" not in done.stderr + done.stdout
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert processes_of(data) == []
    return sentence


def test_a_taken_port(empty_data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        sentence = _refusal("--port", str(port), "serve", data=empty_data)

    assert f"Port {port} is taken" in sentence
    assert "--port" in sentence
    assert list(empty_data.iterdir()) == []


def test_a_data_folder_that_cannot_be_written(empty_data: Path) -> None:
    (empty_data / "file").touch()

    assert "HANDSEL_DATA" in _refusal("--port", str(free_port()), data=empty_data / "file" / "data")


def test_the_data_of_another_postgresql_major(data: Path) -> None:
    (data / "postgres" / "PG_VERSION").write_text("9\n")

    assert "PG_BIN" in _refusal("--port", str(free_port()), data=data)


def test_a_database_newer_than_the_code(data: Path) -> None:
    postgres = EmbeddedPostgres(data / "postgres", durable=False)
    ask(postgres.start(), "UPDATE alembic_version SET version_num = '9999' RETURNING 1")
    postgres.stop()

    assert "newer than this version" in _refusal("--port", str(free_port()), data=data)
    assert "newer than this version" in _refusal("organizers", "add", "host@example.org", data=data)


def test_a_database_url_that_leads_nowhere(empty_data: Path) -> None:
    sentence = _refusal("--port", str(free_port()), data=empty_data, DATABASE_URL="postgresql://me:hush@127.0.0.1:1/db")

    assert "DATABASE_URL" in sentence
    assert "hush" not in sentence


def test_an_older_database_of_the_hosts_own_is_left_as_it_is_by_commands(data: Path, tmp_path: Path) -> None:
    postgres = EmbeddedPostgres(data / "postgres", durable=False)
    dsn = postgres.start()
    ask(dsn, "UPDATE alembic_version SET version_num = '0001' RETURNING 1")
    try:
        done = handsel("organizers", "add", "host@example.org", data=tmp_path, DATABASE_URL=dsn)
        assert ask(dsn, "SELECT version_num FROM alembic_version") == "0001"
    finally:
        postgres.stop()

    assert done.returncode == 1
    assert "./run migrate" in done.stderr


def test_a_secret_file_that_is_too_short(data: Path) -> None:
    (data / "short").write_bytes(b"x")

    assert "too short" in _refusal("--port", str(free_port()), data=data, HANDSEL_SECRET_FILE=str(data / "short"))


def test_a_wrong_command_line_has_an_exit_code_of_its_own(empty_data: Path) -> None:
    assert handsel("nonsense", data=empty_data).returncode == 2
