"""Telling somebody something: once, in the caller's transaction, and taken back when its cause is gone."""

import asyncio

import asyncpg
import pytest

from server.db import Connection, Pool
from server.notifications.models import NewNotice, NoticeKind
from server.notifications.telling import take_back, tell, tell_all
from tests.world import World

TOLD = "SELECT kind, key, path, withdrawn_at FROM notices ORDER BY key"


async def test_the_same_thing_is_told_once_however_often_it_is_said(pool: Pool, world: World) -> None:
    ana = await world.person()

    async def say() -> None:
        async with pool.acquire() as connection:
            await tell(connection, person_id=ana.id, kind=NoticeKind.SWAP, key="a", path="/today", now=world.clock())

    await asyncio.gather(*(say() for _ in range(5)))

    assert [tuple(row) for row in await pool.fetch(TOLD)] == [("SWAP", "a", "/today", None)]


async def test_what_is_rolled_back_was_never_told(connection: Connection, world: World) -> None:
    ana = await world.person()

    transaction = connection.transaction()
    await transaction.start()
    await tell(connection, person_id=ana.id, kind=NoticeKind.SWAP, key="a", path="/today", now=world.clock())
    await transaction.rollback()

    assert await connection.fetch(TOLD) == []


async def test_a_notice_whose_cause_is_gone_is_taken_back_and_not_told_again(
    connection: Connection, world: World
) -> None:
    ana, ben = await world.person(), await world.person()
    both = [NewNotice(each.id, NoticeKind.SWAP, "a", "/today") for each in (ana, ben)]
    await tell_all(connection, both, now=world.clock())

    await take_back(connection, kind=NoticeKind.SWAP, key="a", person_id=ana.id, now=world.clock())
    await tell_all(connection, both, now=world.clock())

    rows = await connection.fetch("SELECT person_id FROM notices WHERE withdrawn_at IS NOT NULL")
    assert [row["person_id"] for row in rows] == [ana.id]
    assert len(await connection.fetch(TOLD)) == 2


async def test_a_notice_opens_nothing_but_the_app(connection: Connection, world: World) -> None:
    ana = await world.person()

    for path in ("https://elsewhere.example", "//elsewhere.example", ""):
        with pytest.raises(asyncpg.CheckViolationError):
            await tell(connection, person_id=ana.id, kind=NoticeKind.SWAP, key="a", path=path, now=world.clock())
