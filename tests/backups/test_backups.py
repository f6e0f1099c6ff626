"""A backup holds everything and comes back whole, or not at all."""

import contextlib
import stat
import tarfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from server.backups import queries
from server.backups.archive import write_archive
from server.backups.errors import FileThere, NoBackup, NotEmpty, OtherSecret, ProgramFailed
from server.backups.operations import bring_back, make_backup
from server.backups.programs import run_program, without_password
from server.db import Pool
from server.events.models import Role
from server.migrations import DatabaseNewer
from tests.cli.typed import handsel
from tests.world import World

SECRET = bytes(range(32))
NOW = datetime(2027, 4, 22, 18, 0, tzinfo=UTC)


@pytest.fixture
async def empty_dsn(postgres_server: str, dsn: str) -> AsyncIterator[str]:
    """An empty database beside the tests' own."""
    connection = await asyncpg.connect(dsn)
    await connection.execute("DROP DATABASE IF EXISTS brought_back")
    await connection.execute("CREATE DATABASE brought_back")
    yield urlsplit(postgres_server)._replace(path="/brought_back").geturl()
    await connection.execute("DROP DATABASE brought_back WITH (FORCE)")
    await connection.close()


@pytest.fixture
async def backup(world: World, dsn: str, tmp_path: Path) -> Path:
    """A backup of a database with one person, one event and what the two have."""
    person, event = await world.person(name="Ana"), await world.event()
    await world.role(person, event, Role.OWNER)
    path = tmp_path / "today.backup"
    await make_backup(path, dsn=dsn, secret=SECRET, programs=None, now=NOW)
    return path


async def rows(dsn: str, table: str) -> list[tuple[object, ...]]:
    connection = await asyncpg.connect(dsn)
    try:
        return sorted((tuple(row) for row in await connection.fetch(f"TABLE {table}")), key=str)
    finally:
        await connection.close()


async def is_empty(dsn: str) -> bool:
    connection = await asyncpg.connect(dsn)
    try:
        return not await queries.select_has_tables(connection)
    finally:
        await connection.close()


def content(path: Path) -> bytes:
    return path.read_bytes()


def write(path: Path, what: bytes) -> None:
    path.write_bytes(what)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_everything_comes_back_as_it_was(backup: Path, dsn: str, empty_dsn: str, tmp_path: Path) -> None:
    secret = tmp_path / "new" / "secret"

    manifest = await bring_back(backup, dsn=empty_dsn, secret_file=secret, programs=None)

    assert manifest.made_at == NOW.isoformat()
    assert secret.read_bytes() == SECRET
    assert mode(secret) == 0o600
    for table in ("people", "events", "event_roles", "alembic_version"):
        assert await rows(dsn, table) != []
        assert await rows(empty_dsn, table) == await rows(dsn, table)


async def test_vaults_do_not_come_back(world: World, pool: Pool, dsn: str, empty_dsn: str, tmp_path: Path) -> None:
    event = await world.event()
    async with pool.acquire() as connection:
        await connection.execute("INSERT INTO vaults (event_id, epoch) VALUES ($1, gen_random_uuid())", event.id)
    path = tmp_path / "today.backup"
    await make_backup(path, dsn=dsn, secret=SECRET, programs=None, now=NOW)

    await bring_back(path, dsn=empty_dsn, secret_file=tmp_path / "new" / "secret", programs=None)

    assert await rows(dsn, "vaults") != []
    assert await rows(empty_dsn, "vaults") == []


async def test_only_its_owner_can_read_it(backup: Path) -> None:
    assert mode(backup) == 0o600


def test_nothing_unfinished_stays_beside_it(tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(b"rows")
    for _ in range(2):
        with contextlib.suppress(FileThere):
            write_archive(tmp_path / "today", database=tmp_path / "dump", secret=SECRET, revision="0001", now=NOW)

    assert {path.name for path in tmp_path.iterdir()} == {"dump", "today"}


async def test_it_writes_over_no_file(backup: Path, dsn: str) -> None:
    before = content(backup)

    with pytest.raises(FileThere):
        await make_backup(backup, dsn=dsn, secret=SECRET, programs=None, now=NOW)

    assert content(backup) == before


async def test_it_is_brought_back_over_no_database(backup: Path, dsn: str, tmp_path: Path) -> None:
    before = await rows(dsn, "people")

    with pytest.raises(NotEmpty):
        await bring_back(backup, dsn=dsn, secret_file=tmp_path / "new" / "secret", programs=None)

    assert await rows(dsn, "people") == before
    assert not (tmp_path / "new").exists()


async def test_it_is_brought_back_over_no_other_secret(backup: Path, empty_dsn: str, tmp_path: Path) -> None:
    secret = tmp_path / "other-secret"
    secret.write_bytes(b"another secret of thirty-two byte")

    with pytest.raises(OtherSecret):
        await bring_back(backup, dsn=empty_dsn, secret_file=secret, programs=None)

    assert secret.read_bytes() == b"another secret of thirty-two byte"
    assert await is_empty(empty_dsn)


@pytest.mark.parametrize("place", [0.3, 0.6, 0.9])
async def test_a_file_that_was_changed_or_cut_off_is_refused_before_anything_is_touched(
    place: float, backup: Path, empty_dsn: str, tmp_path: Path
) -> None:
    whole = content(backup)
    at = int(len(whole) * place)
    for broken in (whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]):
        if broken.rstrip(b"\0") == whole.rstrip(b"\0"):
            continue
        write(backup, broken)
        with pytest.raises(NoBackup):
            await bring_back(backup, dsn=empty_dsn, secret_file=tmp_path / "new" / "secret", programs=None)
        assert await is_empty(empty_dsn)
        assert not (tmp_path / "new").exists()


async def test_what_is_no_backup_is_told_so(empty_dsn: str, tmp_path: Path) -> None:
    for name, content in (("words", b"dear diary"), ("nothing", b"")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(NoBackup):
            await bring_back(tmp_path / name, dsn=empty_dsn, secret_file=tmp_path / "new" / "secret", programs=None)
    with tarfile.open(tmp_path / "other", "w") as archive:
        archive.add(tmp_path / "words", "handsel.json")
    with pytest.raises(NoBackup):
        await bring_back(tmp_path / "other", dsn=empty_dsn, secret_file=tmp_path / "new" / "secret", programs=None)


async def test_a_backup_of_a_newer_version_is_refused(pool: Pool, dsn: str, empty_dsn: str, tmp_path: Path) -> None:
    path = tmp_path / "newer.backup"
    async with pool.acquire() as connection:
        now_at = await connection.fetchval("SELECT version_num FROM alembic_version")
        try:
            await connection.execute("UPDATE alembic_version SET version_num = '9999'")
            await make_backup(path, dsn=dsn, secret=SECRET, programs=None, now=NOW)
        finally:
            await connection.execute("UPDATE alembic_version SET version_num = $1", now_at)

    with pytest.raises(DatabaseNewer):
        await bring_back(path, dsn=empty_dsn, secret_file=tmp_path / "new" / "secret", programs=None)


def test_no_password_stands_on_a_command_line() -> None:
    address, environment = without_password("postgresql://ana:s%20crt@host:5433/db?sslmode=require")
    assert (address, environment) == ("postgresql://ana@host:5433/db?sslmode=require", {"PGPASSWORD": "s crt"})
    address, environment = without_password("postgresql:///db?host=%2Frun&password=other")
    assert ("other" in address, environment) == (False, {"PGPASSWORD": "other"})
    assert without_password("postgresql://ana@/db?host=%2Frun")[1] == {}


async def test_what_the_program_refuses_is_told_in_its_words(dsn: str, tmp_path: Path) -> None:
    with pytest.raises(ProgramFailed, match=r"pg_restore could not do it: .*no-such-file"):
        await run_program("pg_restore", str(tmp_path / "no-such-file"), dsn=dsn, folder=None)


async def test_the_command_makes_one_and_brings_it_back(
    world: World, environment: dict[str, str], empty_dsn: str, tmp_path: Path
) -> None:
    await world.person(name="Ana")
    path = tmp_path / "by-hand.backup"

    code, told = await handsel(environment, "backup", path)
    assert (code, str(path) in told) == (0, True), told
    elsewhere = {**environment, "DATABASE_URL": empty_dsn, "HANDSEL_DATA": str(tmp_path / "other")}
    code, told = await handsel(elsewhere, "restore", path)
    assert (code, "All is as it was" in told) == (0, True), told
    code, told = await handsel(elsewhere, "restore", path)
    assert (code, "not empty" in told) == (1, True), told

    assert len(await rows(empty_dsn, "people")) == 1
    assert (tmp_path / "other" / "secret").read_bytes() == (tmp_path / "secret").read_bytes()
