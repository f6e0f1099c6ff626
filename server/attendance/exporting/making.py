"""Writing an export: a job of the queue. The lines go to a process that only writes, and the file that comes back is
sealed; it exists in the open in memory and in that process's own folder alone.
"""

import asyncio
import contextlib
import json
import sys
import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import cast
from uuid import UUID

import structlog

import server
from server.attendance.exporting import queries
from server.attendance.exporting.lines.telling import count_lines, layout_of, tell_lines
from server.attendance.exporting.models import Export, Layout, Line
from server.attendance.exporting.operations import ATTENDANCE_EXPORT, KEPT_FOR
from server.attendance.operations import read_attendance
from server.db import Pool
from server.errors import NotAllowed, NotFound
from server.sealing import seal
from server.secrets import Secrets

log = structlog.get_logger(__name__)

#: Lines that go to the writing process at once.
_PORTION = 500
#: Seconds between two notes of how far it is.
_NOTED_EACH = 0.3
#: Closing a file of a million lines takes a minute; one that takes this long will never be there.
_STUCK_AFTER = 300.0


class WritingFailed(Exception):
    """The writing process ended without a file."""


async def make_export(
    pool: Pool, *, event_id: UUID, export_id: UUID, secrets: Secrets, clock: Callable[[], datetime]
) -> None:
    """Write this export, unless it is not wanted any more or whoever asked may not have it. One that fails says so."""
    now = clock()
    async with pool.acquire() as connection:
        asked = await queries.begin_export(connection, event_id=event_id, export_id=export_id, now=now)
    if asked is None or asked.person_id is None:
        return
    try:
        file, lines = await _write(pool, asked, person_id=asked.person_id, now=now)
    except (NotAllowed, NotFound, WritingFailed):
        async with pool.acquire() as connection:
            await queries.fail_export(connection, event_id=event_id, export_id=export_id)
        return
    sealed = seal(file, purpose=ATTENDANCE_EXPORT, event_id=event_id, key=export_id, secrets=secrets)
    async with pool.acquire() as connection:
        await queries.finish_export(
            connection, event_id=event_id, export_id=export_id, sealed=sealed, size=len(file), lines=lines,
            kept_until=clock() + KEPT_FOR,
        )  # fmt: skip
    log.info("attendance exported", event_id=str(event_id), contents=asked.request.contents, lines=lines)


async def _write(pool: Pool, asked: Export, *, person_id: UUID, now: datetime) -> tuple[bytes, int]:
    """The file and how many lines it has, all as it stood at one moment. Raises `WritingFailed`."""
    request = asked.request
    async with pool.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        attendance = await read_attendance(
            connection, event_id=asked.event_id, person_id=person_id, on=request.day, now=now
        )
        expected = await count_lines(connection, request=request, attendance=attendance)
        progress = _Progress(pool, asked, expected)
        async with _writing(layout_of(request, attendance.event)) as (telling, answers):
            lines = tell_lines(connection, request=request, attendance=attendance, now=now)
            try:
                async for portion in _portions(lines):
                    telling.write(b"".join(_told(line) for line in portion))
                    await telling.drain()
                    await progress.went_on(len(portion))
                telling.write(b"null\n")
                await telling.drain()
            except (BrokenPipeError, ConnectionResetError):
                pass  # it says itself why it ended
            return await _answered(answers), progress.written


class _Progress:
    """How far a file is, noted now and then for whoever waits."""

    def __init__(self, pool: Pool, asked: Export, lines: int) -> None:
        self._pool, self._asked, self._lines = pool, asked, lines
        self.written = 0
        self._noted = 0.0

    async def went_on(self, lines: int) -> None:
        self.written += lines
        if time.monotonic() - self._noted < _NOTED_EACH:
            return
        self._noted = time.monotonic()
        async with self._pool.acquire() as connection:
            await queries.update_written(
                connection, event_id=self._asked.event_id, export_id=self._asked.id,
                lines=max(self._lines, self.written), written=self.written,
            )  # fmt: skip


async def _portions(lines: AsyncGenerator[Line, None]) -> AsyncGenerator[list[Line], None]:
    portion: list[Line] = []
    async with contextlib.aclosing(lines):
        async for line in lines:
            portion.append(line)
            if len(portion) == _PORTION:
                yield portion
                portion = []
    if portion:
        yield portion


def _told(line: Line) -> bytes:
    return json.dumps([cell.isoformat() if isinstance(cell, datetime) else cell for cell in line]).encode() + b"\n"


@contextlib.asynccontextmanager
async def _writing(
    layout: Layout,
) -> AsyncGenerator[tuple[asyncio.StreamWriter, asyncio.StreamReader], None]:
    """What the writing process is told and what it answers. It is ended with this, wherever it is."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "server.attendance.exporting.writer",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # the words of an error could be somebody's
        env={"PYTHONPATH": str(Path(server.__file__).parent.parent)},
    )
    # Both are there, since pipes were asked for.
    telling, answers = cast("asyncio.StreamWriter", process.stdin), cast("asyncio.StreamReader", process.stdout)
    try:
        telling.write(json.dumps(asdict(layout)).encode() + b"\n")
        yield telling, answers
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _answered(answers: asyncio.StreamReader) -> bytes:
    """The whole file. Raises `WritingFailed`, and logs why, once; what is told holds no words of anybody."""
    try:
        async with asyncio.timeout(_STUCK_AFTER):
            line = await answers.readline()
            word, _, rest = line.rstrip(b"\n").partition(b" ")
            if word == b"done":
                return await answers.readexactly(int(rest))
    except (TimeoutError, asyncio.IncompleteReadError):
        line = b"stuck"
    log.error("attendance export could not be written", told=line.decode())
    raise WritingFailed
