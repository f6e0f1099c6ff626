"""Writes to the organizers of events with reports that they have not heard of, where mail can leave."""

from server.jobs.kinds import Timed, Tools
from server.reports.telling import tell_organizers

REPORTS_TOLD = "reports told"


async def _tell(tools: Tools) -> None:
    if tools.post is not None:
        await tell_organizers(tools.pool, tools.post.mailer, public_url=tools.post.public_url, now=tools.clock())


KINDS = (Timed(REPORTS_TOLD, "* * * * *", _tell, possible=lambda tools: tools.post is not None),)
