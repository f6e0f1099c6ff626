"""Reads the lists that organizers have sent, brings them in when asked, and forgets them after a day; brings in what
other programs have delivered.
"""

from collections.abc import Mapping
from uuid import UUID

from server.imports.bringing.making import ImportJob, ListDesk
from server.imports.incoming.operations import ORDERS_TAKEN, bring_in_order, forget_old_deliveries
from server.imports.uploads.operations import LISTS_BROUGHT_IN, LISTS_READ
from server.jobs.kinds import Queued, Timed, Tools

OLD_LISTS = "old lists"


def _desk(tools: Tools) -> ListDesk:
    return ListDesk(tools.pool, secrets=tools.secrets, clock=tools.clock)


async def _read(tools: Tools, ids: Mapping[str, str]) -> None:
    await _desk(tools).read(ImportJob.read(ids))


async def _bring_in(tools: Tools, ids: Mapping[str, str]) -> None:
    await _desk(tools).bring_in(ImportJob.read(ids))


async def _bring_in_order(tools: Tools, ids: Mapping[str, str]) -> None:
    async with tools.pool.acquire() as connection:
        await bring_in_order(
            connection, event_id=UUID(ids["event"]), key_id=UUID(ids["by"]), delivery_id=UUID(ids["delivery"]),
            secrets=tools.secrets, now=tools.clock(),
        )  # fmt: skip


async def _forget_old(tools: Tools) -> None:
    await _desk(tools).forget_old()
    async with tools.pool.acquire() as connection:
        await forget_old_deliveries(connection, now=tools.clock())


KINDS = (
    Queued(LISTS_READ, _read),
    Queued(LISTS_BROUGHT_IN, _bring_in),
    Queued(ORDERS_TAKEN, _bring_in_order),
    Timed(OLD_LISTS, "*/5 * * * *", _forget_old),
)
