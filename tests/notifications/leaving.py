"""Which notices would leave now: each one's cause is asked as the post office asks it."""

from datetime import datetime
from uuid import UUID

from server.db import Pool
from server.jobs.causes import CAUSES
from server.notifications.queries import SELECT_TO_LAY_OUT, read_notice, select_recipients


async def would_leave(pool: Pool, *, now: datetime) -> list[tuple[UUID, str]]:
    """Whom they tell, and of which kind, in the order in which they were told."""
    async with pool.acquire() as connection:
        notices = [read_notice(row) for row in await connection.fetch(SELECT_TO_LAY_OUT, 100)]
        people = await select_recipients(
            connection, person_ids={each.person_id for each in notices}, now=now, since=now
        )
        return [
            (each.person_id, each.kind.value)
            for each in notices
            if await CAUSES[each.kind](connection, each, people[each.person_id], now) is not None
        ]
