"""The jobs of an import: reading a list and trying it out, and bringing it in, in one transaction with its own end.

A job that is done twice does nothing the second time. What people wrote is in no payload and no log.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from server.db import Connection, Pool
from server.errors import NotAllowed, NotFound
from server.events.models import ORGANIZERS
from server.events.operations import require_role
from server.imports.bringing import queries
from server.imports.errors import FileNotReadable, HeaderNotRecognised
from server.imports.mapping import Choose, ColumnUse, chosen, remembered, shape_of
from server.imports.models import ListColumn, ReadFile
from server.imports.operations import import_attendees
from server.imports.reading import read_file
from server.imports.uploads import queries as uploads
from server.imports.uploads.findings import found_in, sums_of, written
from server.imports.uploads.models import Findings, ImportState, StoredImport
from server.imports.uploads.operations import FILE, FINDINGS, MOST_ROWS
from server.imports.uploads.sealing import seal, unseal
from server.secrets import Secrets

log = structlog.get_logger(__name__)

#: Seconds between two notes of how far it is.
_NOTED_EACH = 0.4

_GONE = "The file is no longer there. Nothing was brought in. Please choose it anew."


@dataclass(frozen=True, slots=True)
class ImportJob:
    """Which import is meant; `reading` for one that is to be read, as it then counts."""

    event_id: UUID
    import_id: UUID
    reading: int = 0

    @classmethod
    def read(cls, ids: Mapping[str, str]) -> "ImportJob":
        """From the ids it was queued with."""
        return cls(UUID(ids["event"]), UUID(ids["of"]), int(ids.get("reading", "0")))


class ListDesk:
    """Reads lists and brings them in."""

    def __init__(self, pool: Pool, *, secrets: Secrets, clock: Callable[[], datetime]) -> None:
        self._pool, self._secrets, self._clock = pool, secrets, clock

    async def read(self, job: ImportJob) -> None:
        """Read the list and say what it would change, unless that is no longer wanted."""
        opened = await self._open(job, {ImportState.READING})
        if opened is None or opened.stored.reading != job.reading:
            return
        try:
            file = await asyncio.to_thread(self._read, opened)
        except HeaderNotRecognised as refusal:
            await self._unread(job, ImportState.NEEDS_NAMES, refusal, refusal.columns)
            return
        except FileNotReadable as refusal:
            await self._unread(job, ImportState.UNREADABLE, refusal)
            return
        await self._try_out(job, file)

    async def bring_in(self, job: ImportJob) -> None:
        """Bring the list in, unless it was already. Taken up again after a kill it begins anew: nothing was stored."""
        async with self._pool.acquire() as connection:
            if not await queries.update_importing(connection, event_id=job.event_id, import_id=job.import_id):
                return
        opened = await self._open(job, {ImportState.IMPORTING})
        if opened is None:
            await self._fail(job)
            return
        file = await asyncio.to_thread(self._read, opened)
        with contextlib.suppress(_DoneBefore):
            async with self._told(job) as tell, self._pool.acquire() as connection, connection.transaction():
                await self._import(connection, job, opened.stored, file, tell)
        log.info("list brought in", event_id=str(job.event_id), people=len(file.rows), bad=len(file.bad_rows))

    async def forget_old(self) -> int:
        """Delete every list whose day is over; how many there were."""
        async with self._pool.acquire() as connection:
            return await queries.delete_old(connection, now=self._clock())

    async def _open(self, job: ImportJob, states: set[ImportState]) -> "_Opened | None":
        """The import with its file, where it is in one of these states and its organizer still is one."""
        now = self._clock()
        async with self._pool.acquire() as connection:
            ids = {"event_id": job.event_id, "import_id": job.import_id}
            stored = await uploads.select_import(connection, **ids, now=now)
            if stored is None or stored.state not in states or stored.person_id is None:
                return None
            try:
                await require_role(connection, event_id=job.event_id, person_id=stored.person_id, allowed=ORGANIZERS)
            except (NotAllowed, NotFound):
                return None
            sealed = await uploads.select_file(connection, **ids, now=now)
            mappings = await queries.select_mappings(connection, event_id=job.event_id)
        if sealed is None:
            return None
        data = await asyncio.to_thread(
            unseal, sealed, event_id=job.event_id, of=job.import_id, part=FILE, secrets=self._secrets
        )
        return _Opened(stored, data, mappings)

    @staticmethod
    def _read(opened: "_Opened") -> ReadFile:
        return read_file(opened.data, sheet=opened.stored.sheet, choose=opened.choose, most_rows=MOST_ROWS)

    async def _try_out(self, job: ImportJob, file: ReadFile) -> None:
        async with self._told(job) as tell, self._pool.acquire() as connection:
            report = await import_attendees(
                connection, event_id=job.event_id, file=file, skip_bad=True, secrets=self._secrets, now=self._clock(),
                progress=tell, dry_run=True,
            )  # fmt: skip
        async with self._pool.acquire() as connection, connection.transaction():
            if await uploads.update_read(
                connection, event_id=job.event_id, import_id=job.import_id, reading=job.reading,
                state=ImportState.READ, system=file.system, sheet=file.sheet,
                uses=[each.use for each in file.columns], shape=shape_of([each.heading for each in file.columns]),
                rows=len(file.rows), sums=sums_of(report),
            ):  # fmt: skip
                await self._keep(connection, job, found_in(file, report))

    async def _import(
        self,
        connection: Connection,
        job: ImportJob,
        stored: StoredImport,
        file: ReadFile,
        tell: Callable[[int], None],
    ) -> None:
        report = await import_attendees(
            connection, event_id=job.event_id, file=file, skip_bad=stored.skip_bad, secrets=self._secrets,
            now=self._clock(), progress=tell,
        )  # fmt: skip
        used = await queries.update_done(
            connection, event_id=job.event_id, import_id=job.import_id, sums=sums_of(report), now=self._clock()
        )
        if used is None:
            raise _DoneBefore
        uses, shape = used
        recognised = tuple(each.recognised_as for each in file.columns)
        if shape is not None and uses != recognised:
            await queries.upsert_mapping(connection, event_id=job.event_id, shape=shape, uses=uses, now=self._clock())
        elif shape is not None:
            await queries.delete_mapping(connection, event_id=job.event_id, shape=shape)
        sealed = await asyncio.to_thread(self._seal, job, found_in(file, report))
        await queries.use_up_file(connection, event_id=job.event_id, import_id=job.import_id, sealed_findings=sealed)

    async def _unread(
        self, job: ImportJob, state: ImportState, refusal: FileNotReadable, columns: tuple[ListColumn, ...] = ()
    ) -> None:
        async with self._pool.acquire() as connection, connection.transaction():
            if await uploads.update_read(
                connection, event_id=job.event_id, import_id=job.import_id, reading=job.reading, state=state,
                refusal=refusal.message, uses=[each.use for each in columns],
            ):  # fmt: skip
                await self._keep(connection, job, Findings(columns, getattr(refusal, "sheets", ())))

    async def _fail(self, job: ImportJob) -> None:
        async with self._pool.acquire() as connection:
            await queries.update_failed(connection, event_id=job.event_id, import_id=job.import_id, refusal=_GONE)

    async def _keep(self, connection: Connection, job: ImportJob, findings: Findings) -> None:
        sealed = await asyncio.to_thread(self._seal, job, findings)
        await uploads.update_findings(connection, event_id=job.event_id, import_id=job.import_id, sealed=sealed)

    def _seal(self, job: ImportJob, findings: Findings) -> bytes:
        return seal(written(findings), event_id=job.event_id, of=job.import_id, part=FINDINGS, secrets=self._secrets)

    @contextlib.asynccontextmanager
    async def _told(self, job: ImportJob) -> AsyncIterator[Callable[[int], None]]:
        """Hears of rows that were done, and writes now and then how many, beside the transaction that does them."""
        done = 0

        def tell(rows: int) -> None:
            nonlocal done
            done += rows

        async def write() -> None:
            while True:
                await asyncio.sleep(_NOTED_EACH)
                async with self._pool.acquire() as connection:
                    await queries.update_progress(connection, event_id=job.event_id, import_id=job.import_id, done=done)

        writing = asyncio.create_task(write())
        try:
            yield tell
        finally:
            writing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writing


@dataclass(frozen=True, slots=True)
class _Opened:
    """An import, its file, and how the event uses the columns of lists."""

    stored: StoredImport
    data: bytes
    mappings: Mapping[bytes, tuple[ColumnUse, ...]]

    @property
    def choose(self) -> Choose:
        """What the organizer chose for this list; else what is remembered of such lists."""
        return remembered(self.mappings) if self.stored.uses is None else chosen(self.stored.uses)


class _DoneBefore(Exception):
    """Another worker was first: take back what was done here."""
