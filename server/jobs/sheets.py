"""Draws badge sheets that organizers asked for, and deletes old ones. Only where there is a printer."""

from collections.abc import Mapping

from server.jobs.kinds import Queued, Timed, Tools
from server.printing.making import SheetsJob
from server.printing.operations import BADGE_SHEETS

OLD_SHEETS = "old badge sheets"


async def _make_sheets(tools: Tools, ids: Mapping[str, str]) -> None:
    if tools.printer is not None:
        await tools.printer.make(SheetsJob.read(ids))


async def _forget_old_sheets(tools: Tools) -> None:
    if tools.printer is not None:
        await tools.printer.forget_old()


def _has_printer(tools: Tools) -> bool:
    return tools.printer is not None


KINDS = (
    Queued(BADGE_SHEETS, _make_sheets, possible=_has_printer),
    Timed(OLD_SHEETS, "* * * * *", _forget_old_sheets, possible=_has_printer),
)
