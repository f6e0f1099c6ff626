"""Mails attendees their places, when an organizer has asked for it in the app."""

from collections.abc import Mapping
from uuid import UUID

from server.errors import NotFound
from server.events.operations import find_event
from server.invitations.operations import ATTENDEES_INVITED, send_invitations, unsent_invitations
from server.jobs.kinds import Queued, Tools


async def _send(tools: Tools, ids: Mapping[str, str]) -> None:
    if tools.post is None:
        return
    async with tools.pool.acquire() as connection, tools.post.mailer.batch() as deliver:
        try:
            event = await find_event(connection, event_id=UUID(ids["event"]))
        except NotFound:
            return  # the event was let go of meanwhile, and its invitations with it
        tried: set[UUID] = set()
        # Whoever presses again while mails leave queues no second job: what they asked for is found here.
        while waiting := [
            each for each in await unsent_invitations(connection, event=event, now=tools.clock()) if each not in tried
        ]:
            tried.update(waiting)
            sending = send_invitations(
                connection, event=event, waiting=waiting, deliver=deliver, secrets=tools.secrets,
                public_url=tools.post.public_url, clock=tools.clock,
            )  # fmt: skip
            async for _ in sending:
                pass


KINDS = (Queued(ATTENDEES_INVITED, _send, possible=lambda tools: tools.post is not None),)
