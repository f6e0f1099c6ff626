"""Reads the lists that organizers have sent, brings them in when asked, and forgets them after a day."""

from collections.abc import Mapping

from server.imports.bringing.making import ImportJob, ListDesk
from server.imports.uploads.operations import LISTS_BROUGHT_IN, LISTS_READ
from server.jobs.kinds import Queued, Timed, Tools

OLD_LISTS = "old lists"


def _desk(tools: Tools) -> ListDesk:
    return ListDesk(tools.pool, secrets=tools.secrets, clock=tools.clock)


async def _read(tools: Tools, ids: Mapping[str, str]) -> None:
    await _desk(tools).read(ImportJob.read(ids))


async def _bring_in(tools: Tools, ids: Mapping[str, str]) -> None:
    await _desk(tools).bring_in(ImportJob.read(ids))


async def _forget_old(tools: Tools) -> None:
    await _desk(tools).forget_old()


KINDS = (
    Queued(LISTS_READ, _read),
    Queued(LISTS_BROUGHT_IN, _bring_in),
    Timed(OLD_LISTS, "*/5 * * * *", _forget_old),
)
