"""What a phone does by itself a moment later, as the database comes to show it."""

import asyncio
from typing import Any

from server.db import Pool


async def becomes(pool: Pool, statement: str, expected: Any) -> None:
    """Waits until the one value that the statement answers is as expected."""
    for _ in range(300):
        found = await pool.fetchval(statement)
        if found == expected:
            return
        await asyncio.sleep(0.1)
    assert found == expected
