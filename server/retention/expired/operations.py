"""Forgetting what belongs to no event once it is of no use: codes and sessions that are over, old logs."""

import asyncio
from datetime import datetime, timedelta
from typing import LiteralString

from server.db import Connection
from server.retention.expired import queries
from server.retention.models import Gone

BATCH = 500
#: Others have their turn in between (seconds).
PAUSE = 0.02
#: What goes, and how long after its end.
KEPT: tuple[tuple[str, LiteralString, timedelta], ...] = (
    ("sign-in codes", queries.TAKE_SIGN_IN_ATTEMPTS, timedelta(days=1)),
    ("sessions", queries.TAKE_SESSIONS, timedelta(days=7)),
    ("notices and their deliveries", queries.TAKE_NOTICES, timedelta(days=90)),
    ("lines of the jobs' log", queries.TAKE_JOB_LOG, timedelta(days=30)),
    ("figures of the jobs", queries.TAKE_JOB_FIGURES, timedelta(days=30)),
)


async def forget_expired(connection: Connection, *, now: datetime) -> list[Gone]:
    """Take what is over, in small transactions; what went. Call it outside a transaction."""
    gone = []
    for what, statement, kept in KEPT:
        number = 0
        while taken := await queries.take(connection, statement, before=now - kept, at_most=BATCH):
            number += taken
            await asyncio.sleep(PAUSE)
        gone.append(Gone(what, number))
    return gone
