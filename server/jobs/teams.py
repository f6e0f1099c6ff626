"""Mails those who are asked into a team, where mail can leave and the request itself could not see to it."""

from server.jobs.kinds import Timed, Tools
from server.teams.sending import send_waiting

TEAMS_MAILED = "team invitations mailed"


async def _send(tools: Tools) -> None:
    if tools.post is not None:
        await send_waiting(
            tools.pool, tools.post.mailer, secrets=tools.secrets, public_url=tools.post.public_url, now=tools.clock()
        )


KINDS = (Timed(TEAMS_MAILED, "* * * * *", _send, possible=lambda tools: tools.post is not None),)
