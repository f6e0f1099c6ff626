"""Why DATABASE_URL does not work is said in one sentence, and never with the password in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.connecting import DatabaseNotUsable, require_usable
from server.embedded import throw_away_postgres
from tests.embedded.looking import ask


@pytest.fixture(scope="module")
def own_server() -> Iterator[str]:
    """The DSN of a PostgreSQL of the host's own, which asks everybody but one for a password."""
    with throw_away_postgres() as dsn:
        ask(dsn, "CREATE ROLE me LOGIN PASSWORD 'right'")
        ask(dsn, "CREATE DATABASE still")
        ask(dsn, "ALTER DATABASE still SET default_transaction_read_only = on")
        rules = Path(ask(dsn, "SHOW hba_file"))
        rules.write_text("local all me scram-sha-256\nlocal all all trust\n")
        ask(dsn, "SELECT pg_reload_conf()")
        yield dsn


async def _refusal(dsn: str) -> str:
    with pytest.raises(DatabaseNotUsable) as caught:
        await require_usable(dsn)
    sentence = str(caught.value)
    assert "hush" not in sentence
    assert sentence.endswith(".")
    return sentence


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql://me:hush@nowhere.invalid/db", "unknown"),
        ("postgresql://me:hush@127.0.0.1:1/db", "No PostgreSQL takes connections at 127.0.0.1:1"),
        ("postgresql://me:hush@127.0.0.1:port/db", "cannot be read"),
        ("mysql://me:hush@127.0.0.1/db", "cannot be read"),
        ("postgresql://me:hush@127.0.0.1:1/db?sslmode=maybe", "cannot be read"),
    ],
)
async def test_an_address_that_leads_nowhere(url: str, told: str) -> None:
    assert told in await _refusal(url)


async def test_a_wrong_password(own_server: str) -> None:
    assert "refused the user or password" in await _refusal(own_server.replace("handsel@", "me:hush@"))


async def test_a_user_that_does_not_exist(own_server: str) -> None:
    assert "refused the user or password" in await _refusal(own_server.replace("handsel@", "stranger:hush@"))


async def test_a_database_that_does_not_exist(own_server: str) -> None:
    assert "no database of that name" in await _refusal(own_server.replace("/postgres?", "/missing?"))


async def test_a_database_that_takes_no_writes(own_server: str) -> None:
    assert "takes no writes" in await _refusal(own_server.replace("/postgres?", "/still?"))


async def test_a_sound_database_tells_its_version(own_server: str) -> None:
    assert int((await require_usable(own_server)).partition(".")[0]) >= 15
