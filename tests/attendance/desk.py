"""An organizer who takes files out of attendance, and the worker that writes them, as tests use them."""

import csv
import io
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import python_calamine
from starlette.applications import Starlette

from server.attendance.exporting.making import make_export
from server.db import Pool
from server.events.models import Event
from server.jobs.exports import forget_old_exports
from server.jobs.kinds import Tools, read_ids
from tests.attendance.documents import EXPORT, EXPORTS, id_of
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.world import Somebody

Cells = list[list[Any]]


@dataclass(frozen=True, slots=True)
class ExportDesk:
    """One organizer at the attendance screen."""

    front_door: FrontDoor
    somebody: Somebody
    event: Event
    app: Starlette
    pool: Pool
    clock: Clock

    async def ask_for(self, key: str, **asked: Any) -> dict[str, Any]:
        data = await self.front_door.as_(self.somebody.token).ask(EXPORT, event=id_of(self.event), key=key, **asked)
        answer: dict[str, Any] = data["exportAttendance"]
        return answer

    async def work(self) -> None:
        """Writes all that waits."""
        for row in await self.pool.fetch("SELECT payload FROM pgqueuer WHERE entrypoint = 'attendance export'"):
            ids = read_ids(row["payload"])
            services = self.app.state.services
            await make_export(
                self.pool, event_id=self.event.id, export_id=UUID(ids["export"]), secrets=services.secrets,
                clock=self.clock,
            )  # fmt: skip

    async def log(self) -> list[dict[str, Any]]:
        data = await self.front_door.as_(self.somebody.token).ask(EXPORTS, event=id_of(self.event))
        found: list[dict[str, Any]] = data["attendanceExports"]
        return found

    async def fetched(self, key: str, *, by: str | None = None) -> httpx.Response:
        token = by or self.somebody.token
        return await self.front_door.client.post(
            f"/events/{self.event.slug}/attendance-exports/{key}", headers={"authorization": f"Bearer {token}"}
        )

    async def exported(self, key: str, **asked: Any) -> Cells:
        """Asked for, written, fetched and opened: all lines, headings too."""
        told = await self.ask_for(key, **asked)
        assert told["__typename"] == "AttendanceExport", told
        await self.work()
        answer = await self.fetched(key)
        assert answer.status_code == 200, answer.text
        return opened(answer)

    async def forget(self) -> int:
        return await forget_old_exports(Tools(self.pool, self.clock, self.app.state.services.secrets))


def opened(answer: httpx.Response) -> Cells:
    """The cells as a program reads them."""
    if answer.headers["content-type"].startswith("text/csv"):
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return book.get_sheet_by_index(0).to_python()
