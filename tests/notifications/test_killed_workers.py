"""A worker killed at any point of sending: its mail leaves at most once, its push at least once and under one tag."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from server.db import Pool
from server.notifications.laying_out import lay_out
from server.notifications.models import NoticeKind
from server.notifications.posting.office import PostOffice
from server.notifications.telling import tell
from tests.clock import Clock
from tests.jobs.killing import AT_THE_LOCK, end_what_it_said, kill_at, worker_process
from tests.jobs.work import until, working
from tests.notifications.conftest import Postbox
from tests.notifications.push_peer import PushPeer
from tests.world import World

UNDER_WAY = "SELECT count(*) FROM deliveries WHERE state IN ('WAITING', 'SENDING')"


@dataclass(frozen=True)
class Sending:
    """A test notice for somebody with one device, laid out; what it takes to have it sent, and what came of it."""

    pool: Pool
    dsn: str
    clock: Clock
    postbox: Postbox
    peer: PushPeer
    office: Callable[..., PostOffice]
    environment: dict[str, str]

    async def came_of_it(self) -> tuple[list[str], int, int]:
        """Two workers take over, as if the five minutes had passed for which a silent one is waited for: what became of
        mail and push, and how many of each arrived.
        """
        self.postbox.may_answer.set()
        self.peer.silence.set()
        self.clock.advance(minutes=6)
        async with working(
            self.dsn, self.pool, self.clock, workers=2, office=lambda: self.office(self.postbox.url, causes={})
        ):
            await until(self.pool, UNDER_WAY, lambda number: number == 0)
        found = await self.pool.fetch("SELECT channel || ' ' || state FROM deliveries ORDER BY channel")
        assert len({each["tag"] for each in self.peer.received}) == 1
        return [row[0] for row in found], len(self.postbox.taken), len(self.peer.received)


@pytest.fixture
async def sending(
    world: World, dsn: str, peer: PushPeer, postbox: Postbox, environment: dict[str, str],
    open_office: Callable[..., PostOffice],
) -> Sending:  # fmt: skip
    world.clock.now = datetime.now(UTC)  # the killed worker goes by the clock of the machine
    ana = await world.person()
    await peer.device(world, ana, "late")
    postbox.may_answer.clear()
    async with world.pool.acquire() as connection:
        await tell(connection, person_id=ana.id, kind=NoticeKind.TEST, key="a", path="/today", now=world.clock())
        await lay_out(connection, now=world.clock())
    more = {"HANDSEL_SMTP_URL": postbox.url, "HANDSEL_PUSH_TO_LOOPBACK": "true"}
    return Sending(world.pool, dsn, world.clock, postbox, peer, open_office, environment | more)


async def test_before_it_held_anything(sending: Sending) -> None:
    await kill_at(sending.pool, sending.environment, held="LOCK TABLE deliveries IN SHARE MODE")

    assert await sending.came_of_it() == (["MAIL SENT", "PUSH SENT"], 1, 1)


async def test_with_both_in_its_hands(sending: Sending) -> None:
    await kill_at(sending.pool, sending.environment, held="LOCK TABLE quiet_hours IN ACCESS EXCLUSIVE MODE")

    assert await sending.came_of_it() == (["MAIL UNSURE", "PUSH SENT"], 0, 1)


async def test_when_both_had_left_and_nobody_had_answered(sending: Sending) -> None:
    async with worker_process(sending.environment):
        await sending.peer.until(lambda: bool(sending.postbox.taken and sending.peer.received))

    assert await sending.came_of_it() == (["MAIL UNSURE", "PUSH SENT"], 1, 2)


async def test_when_both_had_left_and_it_was_about_to_note_it(sending: Sending) -> None:
    pool = sending.pool
    async with pool.acquire() as holding, holding.transaction():
        async with worker_process(sending.environment):
            await sending.peer.until(lambda: bool(sending.postbox.taken and sending.peer.received))
            await holding.execute("LOCK TABLE deliveries IN SHARE MODE")
            sending.postbox.may_answer.set()
            sending.peer.silence.set()
            await until(pool, AT_THE_LOCK, lambda number: number == 2)
        await end_what_it_said(pool)

    assert await sending.came_of_it() == (["MAIL UNSURE", "PUSH SENT"], 1, 2)
