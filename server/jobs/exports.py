"""Writes exports of attendance that organizers asked for, and deletes their files a day later."""

from collections.abc import Mapping
from uuid import UUID

from server.attendance.exporting.making import make_export
from server.attendance.exporting.operations import ATTENDANCE_EXPORT, forget_old_files
from server.jobs.kinds import Queued, Timed, Tools

OLD_EXPORTS = "old attendance exports"


async def _make(tools: Tools, ids: Mapping[str, str]) -> None:
    async with tools.file_turns:
        await make_export(
            tools.pool, event_id=UUID(ids["event"]), export_id=UUID(ids["export"]), secrets=tools.secrets,
            clock=tools.clock,
        )  # fmt: skip


async def forget_old_exports(tools: Tools) -> int:
    """How many files were deleted."""
    async with tools.pool.acquire() as connection:
        return await forget_old_files(connection, now=tools.clock())


KINDS = (
    Queued(ATTENDANCE_EXPORT, _make),
    Timed(OLD_EXPORTS, "*/10 * * * *", forget_old_exports),
)
