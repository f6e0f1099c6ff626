"""Doors scan at once, one without a network, while the server is killed: nothing is lost, every double is found."""

import asyncio
from datetime import timedelta

import httpx

from server.attendance.proof import prove_counters
from server.secrets import Secrets
from server.settings import Settings
from tests.clock import Clock
from tests.doors.killed_server import KilledServer
from tests.doors.paired import paired
from tests.doors.six_doors import Phone, doubles, found_by_desk, let_in_online, rounds, scan_all
from tests.encounters.documents import id_of
from tests.world import World


async def test_after_a_kill_in_mid_morning_the_log_holds_every_scan_and_every_double(
    world: World, dsn: str, clock: Clock
) -> None:
    with KilledServer.serving(dsn) as served:
        clock.now = served.now()
        world.secrets = Secrets(Settings(data=served.data).secrets().root)
        event = await world.event()
        tickets = [world.ticket_of((await world.registration(event))[0]) for _ in range(24)]
        desk_session = (await world.team(event)).token
        async with httpx.AsyncClient(base_url=served.address) as client:
            phones = []
            for number in range(3):
                door = await world.door(event, f"Door {number}")
                held = await paired(world, event, door, helper=f"Helper {number}")
                phones.append(Phone(client, event, id_of(event), door, held.token))
            # Held since before the first scan, whatever the clocks of a test and of a process say.
            await world.pool.execute("UPDATE door_phones SET held_since = held_since - interval '1 hour'")
            await asyncio.gather(*(phone.sync() for phone in phones))
            phones[0].is_online = False
            at = rounds(tickets, 3, twice=0.5)
            scanning = asyncio.create_task(scan_all(phones, at, stands_for=timedelta(minutes=10), pause=0.01))
            await phones[1].heard.wait()
            await asyncio.to_thread(served.kill_and_start)
            await scanning
            await asyncio.gather(*(phone.flush() for phone in phones))
            expected = doubles(phones)
            desk = Phone(client, event, id_of(event), phones[0].door, session=desk_session)
            _, found = await found_by_desk(desk, len(expected), began=0, at_most=float("inf"))

    keys = await world.pool.fetchval("SELECT count(*) FROM check_ins")
    assert keys == sum(map(len, at))
    assert set(let_in_online(phones).values()) <= {1}
    assert (found, bool(expected)) == (len(expected), True)
    async with world.pool.acquire() as connection:
        assert (await prove_counters(connection, event_id=event.id, day=event.day_of(clock()))).holds
