"""Works out how connected a room was, a day after the end of an event, whether anybody asks or not."""

from server.connectedness.operations import work_out_due
from server.jobs.kinds import Timed, Tools

CONNECTEDNESS = "connectedness worked out"


async def _work_out(tools: Tools) -> None:
    async with tools.pool.acquire() as connection:
        await work_out_due(connection, now=tools.clock())


KINDS = (Timed(CONNECTEDNESS, "23 * * * *", _work_out, at_start=True),)
