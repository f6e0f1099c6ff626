"""A morning at six doors: 2,000 tickets, three in ten scanned twice, three doors without a network for what stands for
ten minutes, the server killed at random where asked for, and all queues sent at once in random order.

Run as `python bench/six_doors.py [kills]`. It starts the product on a throw-away PostgreSQL that syncs to disk, plays
the phones over real HTTP on this machine, prints its figures and leaves nothing. Load and server share its cores.
"""

import asyncio
import random
import statistics
import sys
import time
from datetime import timedelta
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parent.parent))

import httpx

from bench.attendance import register
from bench.crowd import NOW, large_event, sign_in
from schema.ids import Kind, global_id
from server.attendance.proof import prove_counters
from server.db import Connection, open_pool
from server.doors.phones.models import PhoneKind
from server.doors.phones.tokens import new_phone_token, phone_token_hash
from server.doors.places.operations import add_door
from server.embedded import throw_away_postgres
from server.events.models import Event
from server.ids import new_id
from server.migrations import migrate
from server.settings import Settings
from tests.doors.killed_server import KilledServer
from tests.doors.six_doors import Phone, doubles, found_by_desk, let_in_online, rounds, scan_all

TICKETS = 2_000
DOORS = 6
WITHOUT_NETWORK = (1, 3, 5)
SCANNED_TWICE = 0.3
STANDS_FOR = timedelta(minutes=10)


async def pair(connection: Connection, event: Event, door_id: UUID) -> str:
    """The token of a phone that stands at this door in a helper's hands."""
    token, phone_id, helper_id = new_phone_token(event.id), new_id(), new_id()
    await connection.execute(
        "INSERT INTO door_helpers (event_id, id, name, pin_hash, key, created_at) VALUES ($1, $2, $3, $4, $2, $5)",
        event.id, helper_id, f"Helper {helper_id}", helper_id.bytes, NOW,
    )  # fmt: skip
    held_since = NOW - STANDS_FOR * 2
    await connection.execute(
        "INSERT INTO door_phones (event_id, id, token_hash, kind, door_id, helper_id, held_since, paired_at,"
        " last_seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $7)",
        event.id, phone_id, phone_token_hash(token), PhoneKind.DOOR, door_id, helper_id, held_since,
    )  # fmt: skip
    return token


def line(what: str, figure: str) -> None:
    print(f"{what:<58}{figure}")


def spread(milliseconds: list[float]) -> str:
    p99 = statistics.quantiles(milliseconds, n=100)[98]
    return f"median {statistics.median(milliseconds):.2f} ms, p99 {p99:.2f} ms"


async def play(connection: Connection, served: KilledServer, kills: int) -> None:
    event, owner = await large_event(connection)
    doors = [(await add_door(connection, event_id=event.id, name=f"Door {n}", now=NOW)).id for n in range(DOORS)]
    tickets = await register(connection, event.id, Settings(data=served.data).secrets(), TICKETS)
    gid = global_id(Kind.EVENT, event.id)
    async with httpx.AsyncClient(base_url=served.address, limits=httpx.Limits(max_connections=32)) as client:
        phones = [
            Phone(client, event, gid, global_id(Kind.DOOR, each, event.id), await pair(connection, event, each))
            for each in doors
        ]
        desk = Phone(client, event, gid, phones[0].door, session=await sign_in(connection, owner))
        began = time.perf_counter()
        await asyncio.gather(*(phone.sync() for phone in phones))
        line(f"roster of {TICKETS:,} to six phones at once", f"{time.perf_counter() - began:.1f} s")
        for number in WITHOUT_NETWORK:
            phones[number].is_online = False
        at = rounds(tickets, DOORS, twice=SCANNED_TWICE)
        began = time.perf_counter()
        scanning = asyncio.create_task(scan_all(phones, at, stands_for=STANDS_FOR, pause=0.1))
        draw = random.Random(9)
        for _ in range(kills):
            await asyncio.sleep(draw.uniform(5, 12))
            await asyncio.to_thread(served.kill_and_start)
        await scanning
        scans = sum(map(len, at))
        line(f"{scans:,} scans, the server killed {kills} times meanwhile", f"{time.perf_counter() - began:.1f} s")
        waiting = sum(len(phone.queue) for phone in phones)
        for phone in phones:
            phone.is_online = True
        draw.shuffle(phones)
        for phone in phones:
            draw.shuffle(phone.queue)
        began = time.perf_counter()
        watching = asyncio.create_task(found_by_desk(desk, len(doubles(phones)), began))
        await asyncio.gather(*(phone.flush() for phone in phones))
        line(f"{waiting:,} that waited, sent in random order", f"{time.perf_counter() - began:.1f} s")
        seconds, found = await watching
    await report(connection, event, phones, scans=scans, seconds=seconds, found=found)


async def report(
    connection: Connection, event: Event, phones: list[Phone], *, scans: int, seconds: list[float], found: int
) -> None:
    logged = await connection.fetchval("SELECT count(*) FROM check_ins WHERE event_id = $1", event.id)
    expected = len(doubles(phones))
    line("scans lost, counted twice", str(scans - logged))
    line("let in more than once by verdicts of the server", str(sum(n > 1 for n in let_in_online(phones).values())))
    line("doubles let in without a network, found", f"{found} of {expected}")
    found_after = f"median {statistics.median(seconds):.1f}, last {max(seconds):.1f}"
    line("seconds from the network's return until each was found", found_after)
    line("scan to verdict online", spread([each for phone in phones for each in phone.taken[True]]))
    line("scan to verdict without a network, roster in memory", spread([e for p in phones for e in p.taken[False]]))
    proof = await prove_counters(connection, event_id=event.id, day=event.day_of(NOW))
    line("counters say what the log says", "yes" if proof.holds else f"no: {proof}")


async def main(kills: int, dsn: str) -> None:
    await migrate(dsn)
    with KilledServer.serving(dsn) as served:
        pool = await open_pool(dsn, size=2)
        async with pool, pool.acquire() as connection:
            await play(connection, served, kills)


if __name__ == "__main__":
    with throw_away_postgres(durable=True) as address:
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 0, address))
