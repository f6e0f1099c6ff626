"""The weekly reviews: each minute those whose hour has come are made, and their people told."""

import structlog

from server.jobs.kinds import Timed, Tools
from server.reviews.making import make_due

log = structlog.get_logger(__name__)

REVIEWS_MADE = "weekly reviews"


async def make_due_reviews(tools: Tools) -> int:
    """How many were made."""
    async with tools.pool.acquire() as connection:
        made = await make_due(connection, now=tools.clock())
    if made:
        log.info("weekly reviews made", reviews=made)
    return made


KINDS = (Timed(REVIEWS_MADE, "* * * * *", make_due_reviews, at_start=True),)
