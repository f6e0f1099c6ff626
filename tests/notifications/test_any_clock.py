"""Whatever the clock does, and with two workers at once, each notice arrives exactly once by mail and once by push."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from server.notifications.models import NoticeKind
from server.notifications.posting.office import PostOffice
from server.notifications.telling import tell
from tests.mailbox import Mailbox
from tests.notifications.push_peer import PushPeer
from tests.world import World

#: The clock by so many minutes, something told under that name, or two workers at once.
clocks = st.sampled_from((-60, -1, 1, 60, 120))
steps = st.lists(clocks | st.sampled_from("abc") | st.none(), max_size=10)


async def test_each_notice_arrives_once_by_each_way(
    world: World, peer: PushPeer, open_office: Callable[..., PostOffice], mailbox: Mailbox
) -> None:
    noon = world.clock.now = world.clock().replace(hour=12)
    two = [open_office(causes={}) for _ in range(2)]

    async def send() -> None:
        await asyncio.gather(*(each.send_due() for each in two))

    async def any_day(steps: list[int | str | None]) -> None:
        world.clock.now = noon
        ana = await world.person()
        await peer.device(world, ana)
        for step in steps:
            if step is None:
                await send()
            elif isinstance(step, int):
                world.clock.advance(minutes=step)
            else:
                async with world.pool.acquire() as connection:
                    kind = NoticeKind.MEETING_CHANGED
                    await tell(connection, person_id=ana.id, kind=kind, key=step, path="/", now=world.clock())
        world.clock.now = max(world.clock(), noon) + timedelta(hours=1)
        await send()

        told = len({step for step in steps if isinstance(step, str)})
        arrived = await world.pool.fetchval("SELECT count(*) FROM deliveries WHERE person_id = $1", ana.id)
        assert (len(mailbox.mails(ana.email)), len(peer.received), arrived) == (told, told, 2 * told)
        assert len({each["tag"] for each in peer.received}) == told
        peer.received.clear()

    loop = asyncio.get_running_loop()

    @settings(max_examples=15, deadline=None, phases=(Phase.generate,), suppress_health_check=[*HealthCheck])
    @given(steps)
    def holds(steps: list[int | str | None]) -> None:
        asyncio.run_coroutine_threadsafe(any_day(steps), loop).result(timeout=60)

    await asyncio.to_thread(holds)
