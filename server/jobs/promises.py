"""Reminds people of what they promised for today, when it is six in the evening where they are."""

from server.jobs.kinds import Timed, Tools
from server.promises.reminding import remind_of_due

PROMISES_DUE = "promises due"


async def _remind(tools: Tools) -> None:
    async with tools.pool.acquire() as connection:
        await remind_of_due(connection, now=tools.clock())


KINDS = (Timed(PROMISES_DUE, "* * * * *", _remind, at_start=True),)
