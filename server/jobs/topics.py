"""Reads the cards of coming events anew once Handsel recognises topics otherwise than when they were last read."""

from server.jobs.kinds import Timed, Tools
from server.registrations.topics.operations import recognise_topics, unread_events

TOPICS_RECOGNISED = "topics recognised anew"


async def _recognise(tools: Tools) -> None:
    async with tools.pool.acquire() as connection:
        for event_id in await unread_events(connection):
            await recognise_topics(connection, event_id=event_id)


KINDS = (Timed(TOPICS_RECOGNISED, "7 * * * *", _recognise, at_start=True),)
