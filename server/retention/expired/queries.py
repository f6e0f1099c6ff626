"""Every statement that ends what belongs to no event: codes, sessions, logs. Each takes a number of rows at most."""

from datetime import datetime
from typing import LiteralString

from server.db import Connection

#: Sign-in codes whose time was over at $1.
TAKE_SIGN_IN_ATTEMPTS: LiteralString = """
    DELETE FROM sign_in_attempts
    WHERE id IN (SELECT id FROM sign_in_attempts WHERE expires_at < $1 LIMIT $2)
"""

#: Sessions that were over at $1, with the devices that took pushes for them.
TAKE_SESSIONS: LiteralString = """
    DELETE FROM sessions
    WHERE id IN (SELECT id FROM sessions WHERE expires_at < $1 OR ended_at < $1 LIMIT $2)
"""

#: What people were told before $1, with the log of its deliveries; not what is still to leave.
TAKE_NOTICES: LiteralString = """
    DELETE FROM notices
    WHERE (person_id, id) IN (
        SELECT person_id, id FROM notices
        WHERE told_at < $1 AND NOT EXISTS (
            SELECT FROM deliveries
            WHERE deliveries.person_id = notices.person_id AND deliveries.notice_id = notices.id
              AND deliveries.state IN ('WAITING', 'SENDING')
        )
        LIMIT $2
    )
"""

#: The queue's log before $1, but for jobs that are still in the queue.
TAKE_JOB_LOG: LiteralString = """
    DELETE FROM pgqueuer_log
    WHERE id IN (
        SELECT id FROM pgqueuer_log AS log
        WHERE created < $1 AND NOT EXISTS (SELECT FROM pgqueuer WHERE pgqueuer.id = log.job_id)
        LIMIT $2
    )
"""

#: What the queue counted of itself before $1.
TAKE_JOB_FIGURES: LiteralString = """
    DELETE FROM pgqueuer_statistics
    WHERE id IN (SELECT id FROM pgqueuer_statistics WHERE created < $1 LIMIT $2)
"""


async def take(connection: Connection, statement: LiteralString, *, before: datetime, at_most: int) -> int:
    """How many rows one of these took."""
    return int((await connection.execute(statement, before, at_most)).rpartition(" ")[2])
