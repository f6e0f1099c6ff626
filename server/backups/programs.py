"""Runs PostgreSQL's own programs for dumping and restoring. A password never stands on their command line."""

import asyncio
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from server.backups.errors import ProgramFailed, ProgramMissing
from server.embedded.binaries import find_binaries
from server.embedded.errors import EmbeddedDatabaseError


async def run_program(program: str, *words: str, dsn: str, folder: Path | None) -> None:
    """Run `pg_dump` or `pg_restore` on the database of `dsn`. `folder` is PG_BIN, where the host named it.

    Raises `ProgramMissing` and `ProgramFailed`.
    """
    address, environment = without_password(dsn)
    process = await asyncio.create_subprocess_exec(
        _found(program, folder), "--no-password", f"--dbname={address}", *words,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        env={**os.environ, **environment},
    )  # fmt: skip
    try:
        _, said = await process.communicate()
    except BaseException:  # Ctrl-C comes at any time
        process.kill()
        await process.wait()
        raise
    if process.returncode != 0:
        raise ProgramFailed(program, _first_sentence(said.decode(errors="replace")))


def without_password(dsn: str) -> tuple[str, Mapping[str, str]]:
    """The address without its password, which other users of the machine could read, and the variable that holds it."""
    parts = urlsplit(dsn)
    options = parse_qsl(parts.query)
    passwords = [value for name, value in options if name == "password"]
    if parts.password is not None:
        passwords.append(unquote(parts.password))
    user, at, place = parts.netloc.rpartition("@")
    query = urlencode([(name, value) for name, value in options if name != "password"])
    bare = parts._replace(netloc=f"{user.partition(':')[0]}{at}{place}", query=query)
    return bare.geturl(), {"PGPASSWORD": passwords[-1]} if passwords else {}


def _found(program: str, folder: Path | None) -> str:
    """The program beside the `postgres` that the embedded database would run, else the one on PATH."""
    try:
        beside = find_binaries(folder).folder / program
    except EmbeddedDatabaseError:
        beside = None
    found = str(beside) if beside is not None and beside.is_file() else shutil.which(program)
    if found is None:
        raise ProgramMissing(program)
    return found


def _first_sentence(said: str) -> str:
    """What the program complained of first: later lines only follow from it, and may quote rows."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[0] if lines else "it gave no reason."
