"""Making a backup of everything a host needs, and bringing it back into an empty place. Never writes over anything."""

import os
import tempfile
from datetime import datetime
from pathlib import Path

import asyncpg

from server.backups import queries
from server.backups.archive import Manifest, opened_archive, require_free, write_archive
from server.backups.errors import NotEmpty, OtherSecret
from server.backups.programs import run_program
from server.migrations import current_revision, migrate, refuse_newer


async def make_backup(path: Path, *, dsn: str, secret: bytes, programs: Path | None, now: datetime) -> None:
    """The database as it is at one instant, and the secret file, in one file that only its owner can read.

    The server may go on meanwhile. Raises a `StartUpError` that says what to do.
    """
    require_free(path)
    connection = await asyncpg.connect(dsn)
    try:
        revision = await current_revision(connection)
    finally:
        await connection.close()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder, "database.dump")
        await run_program(
            "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={database}", dsn=dsn,
            folder=programs,
        )  # fmt: skip
        write_archive(path, database=database, secret=secret, revision=revision or "", now=now)


async def bring_back(path: Path, *, dsn: str, secret_file: Path, programs: Path | None) -> Manifest:
    """Fill an empty database and an empty place for the secret with what the backup holds; what it says of itself.

    All of the database or nothing of it, brought to this version of Handsel. Raises a `StartUpError` that says what
    to do.
    """
    with opened_archive(path) as backup:
        refuse_newer(backup.manifest.revision or None)
        connection = await asyncpg.connect(dsn)
        try:
            if await queries.select_has_tables(connection):
                raise NotEmpty
            _place_secret(secret_file, backup.secret)
            await run_program(
                "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
                str(backup.database), dsn=dsn, folder=programs,
            )  # fmt: skip
            await migrate(dsn)
            await queries.delete_vaults(connection)
        finally:
            await connection.close()
        return backup.manifest


def _place_secret(path: Path, secret: bytes) -> None:
    """Before the database, so that no server ever runs on it with another secret. Raises `OtherSecret`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        if path.read_bytes() != secret:
            raise OtherSecret(path) from error
        return
    with os.fdopen(descriptor, "wb") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
