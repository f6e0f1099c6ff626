"""Telling somebody something: once, and in the caller's transaction."""

import asyncio

import asyncpg
import pytest

from server.db import Connection, Pool
from server.notifications.models import NoticeKind
from server.notifications.telling import tell
from tests.world import World

TOLD = "SELECT kind, key, path FROM notices ORDER BY key"


async def test_the_same_thing_is_told_once_however_often_it_is_said(pool: Pool, world: World) -> None:
    ana = await world.person()

    async def say() -> None:
        async with pool.acquire() as connection:
            await tell(connection, person_id=ana.id, kind=NoticeKind.SWAP, key="a", path="/today", now=world.clock())

    await asyncio.gather(*(say() for _ in range(5)))

    assert [tuple(row) for row in await pool.fetch(TOLD)] == [("SWAP", "a", "/today")]


async def test_what_is_rolled_back_was_never_told(connection: Connection, world: World) -> None:
    ana = await world.person()

    transaction = connection.transaction()
    await transaction.start()
    await tell(connection, person_id=ana.id, kind=NoticeKind.SWAP, key="a", path="/today", now=world.clock())
    await transaction.rollback()

    assert await connection.fetch(TOLD) == []


async def test_a_notice_opens_nothing_but_the_app(connection: Connection, world: World) -> None:
    ana = await world.person()

    for path in ("https://elsewhere.example", "//elsewhere.example", ""):
        with pytest.raises(asyncpg.CheckViolationError):
            await tell(connection, person_id=ana.id, kind=NoticeKind.SWAP, key="a", path=path, now=world.clock())
