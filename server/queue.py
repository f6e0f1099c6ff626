"""Putting work into the job queue from within a transaction: it is queued exactly when the rest is written.

Payloads hold ids, never anything a person wrote. Which work there is says `server.jobs.catalogue`.
"""

import json
from typing import cast

import asyncpg
from pgqueuer.queries import Queries

from server.db import Connection


async def enqueue(connection: Connection, job: str, *, key: str, **ids: object) -> None:
    """Queue `job` with these ids. While one with the same `key` waits or runs, no second one is queued."""
    payload = json.dumps({name: str(value) for name, value in ids.items()}).encode()
    real = cast("asyncpg.Connection[asyncpg.Record]", connection)  # a pool's proxy passes everything on to one
    await Queries.from_asyncpg_connection(real).enqueue(job, payload, dedupe_key=key, on_conflict="skip")
