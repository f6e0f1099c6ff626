"""Making what organizers have asked for: a job of the queue, one set of sheets after the other in each worker.

The file exists in memory alone until it is sealed. Sheets that were discarded or replaced meanwhile are dropped.
"""

import asyncio
import contextlib
import sys
import time
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast
from uuid import UUID

import structlog

import server
from server.db import Pool
from server.errors import NotAllowed, NotFound
from server.events.models import ORGANIZERS
from server.events.operations import require_role
from server.printing import queries
from server.printing.errand import Errand
from server.printing.models import AskedSheets, MadeSheets, Reason
from server.printing.operations import BADGE_SHEETS, KEPT_FOR
from server.sealing import seal
from server.secrets import Secrets
from server.sheets.errors import NothingToPrint
from server.sheets.models import BadgesWanted, Faces
from server.sheets.operations import gather_faces

log = structlog.get_logger(__name__)

#: Seconds between two notes of how far the drawing is.
_NOTED_EACH = 0.3
#: A badge takes milliseconds; one that takes this long will never be drawn.
_STUCK_AFTER = 120.0


class DrawingFailed(Exception):
    """The drawing process ended without a file."""


@dataclass(frozen=True, slots=True)
class SheetsJob:
    """Which sheets are to be made."""

    event_id: UUID
    person_id: UUID
    key: UUID

    @classmethod
    def read(cls, ids: Mapping[str, str]) -> "SheetsJob":
        """From the ids it was queued with."""
        return cls(UUID(ids["event"]), UUID(ids["person"]), UUID(ids["sheets"]))


class Printer:
    """Makes sheets, one set at a time."""

    def __init__(self, pool: Pool, *, secrets: Secrets, public_url: str, clock: Callable[[], datetime]) -> None:
        self._pool = pool
        self._secrets = secrets
        self._public_url = public_url
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()

    async def make(self, job: SheetsJob) -> None:
        """Make these sheets, unless they are no longer wanted. What cannot be made says why in its row."""
        async with self._one_at_a_time:
            gathered = await self._gather(job)
            if gathered is None:
                return
            asked, faces = gathered
            try:
                made = await self._draw(asked, faces)
            except DrawingFailed:
                await self._fail(job, Reason.BROKEN)
                return
            if made is not None:
                async with self._pool.acquire() as connection:
                    await queries.finish_sheets(connection, asked=asked, made=made, kept_until=self._clock() + KEPT_FOR)
                log.info("badge sheets made", event_id=str(job.event_id), badges=len(made.badge_ids), pages=made.pages)

    async def forget_old(self) -> int:
        """Delete every sheet whose time is over; how many there were."""
        async with self._pool.acquire() as connection:
            return await queries.delete_old_sheets(connection, now=self._clock())

    async def _gather(self, job: SheetsJob) -> tuple[AskedSheets, Faces] | None:
        """What goes on the sheets; None when they are not wanted any more, or nothing can be on them."""
        async with self._pool.acquire() as connection:
            asked = await queries.begin_sheets(
                connection, event_id=job.event_id, person_id=job.person_id, key=job.key, now=self._clock()
            )
            if asked is None:
                return None
            try:
                await require_role(connection, event_id=job.event_id, person_id=job.person_id, allowed=ORGANIZERS)
                faces = await gather_faces(
                    connection,
                    event_id=job.event_id,
                    wanted=asked.request.wanted,
                    format_name=asked.request.format,
                    order=asked.request.order,
                    registration_id=asked.request.registration_id,
                    secrets=self._secrets,
                    public_url=self._public_url,
                )
            except (NotAllowed, NotFound):
                await queries.delete_sheets(connection, event_id=job.event_id, person_id=job.person_id)
                return None
            except NothingToPrint as refusal:
                reason = Reason.UNWRITABLE if refusal.left_out else Reason.NOTHING
                await self._fail(job, reason, [each.badge_id for each in refusal.left_out])
                return None
        return asked, faces

    async def _draw(self, asked: AskedSheets, faces: Faces) -> MadeSheets | None:
        """The finished file, sealed; None when nobody wants it any more. Raises `DrawingFailed`."""
        errand = Errand(
            faces=tuple(faces.by_badge.values()),
            heading=faces.heading,
            format_name=asked.request.format,
            outlines=asked.request.wanted is BadgesWanted.NOBODYS,
            now=self._clock(),
        )
        drawn, noted = 0, 0.0
        async with _drawing(errand) as process:
            while True:
                word, *rest = await _line(process)
                if word == b"drawn":
                    drawn += 1
                    if time.monotonic() - noted >= _NOTED_EACH:
                        if not await self._note(asked, len(faces.by_badge), drawn):
                            return None
                        noted = time.monotonic()
                elif word == b"done":
                    pages, length = map(int, rest)
                    pdf = await process.readexactly(length)
                    break
                else:
                    raise _failure(rest)
        return MadeSheets(
            sealed=seal(pdf, purpose=BADGE_SHEETS, event_id=asked.event_id, key=asked.key, secrets=self._secrets),
            pages=pages,
            badge_ids=tuple(faces.by_badge),
            left_out=tuple(each.badge_id for each in faces.left_out),
            shortened=faces.shortened,
        )

    async def _note(self, asked: AskedSheets, badges: int, drawn: int) -> bool:
        async with self._pool.acquire() as connection:
            return await queries.update_drawn(connection, asked=asked, badges=badges, drawn=drawn)

    async def _fail(self, job: SheetsJob, reason: Reason, left_out: list[UUID] | None = None) -> None:
        async with self._pool.acquire() as connection:
            await queries.fail_sheets(
                connection,
                event_id=job.event_id,
                person_id=job.person_id,
                key=job.key,
                reason=reason,
                left_out=left_out or (),
            )


@contextlib.asynccontextmanager
async def _drawing(errand: Errand) -> AsyncGenerator[asyncio.StreamReader, None]:
    """What the drawing process answers. It is ended with this, wherever it is."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "server.printing.drawer",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # the words of an error could be somebody's
        env={"PYTHONPATH": str(Path(server.__file__).parent.parent)},
    )
    # Both are there, since pipes were asked for.
    telling, answers = cast("asyncio.StreamWriter", process.stdin), cast("asyncio.StreamReader", process.stdout)
    try:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it says itself why it ended
            telling.write(errand.written())
            await telling.drain()
            telling.close()
        yield answers
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _line(answers: asyncio.StreamReader) -> list[bytes]:
    """The words of the next line, the last one with all that follows."""
    try:
        async with asyncio.timeout(_STUCK_AFTER):
            line = await answers.readline()
    except TimeoutError as error:
        raise _failure([b"stuck"]) from error
    words = line.rstrip(b"\n").split(b" ")
    return words if line else [b"ended"]


def _failure(told: list[bytes]) -> DrawingFailed:
    """Logged here, once. What the process tells holds no words of anybody."""
    log.error("badge sheets could not be drawn", told=b" ".join(told).decode())
    return DrawingFailed()
