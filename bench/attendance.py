"""Check-ins a second and how long one takes, and the attendance screen over an event of 10,000 people.

Run as `python bench/attendance.py [people]`. It starts the product on a throw-away PostgreSQL that syncs to disk, sends
what the app sends, over real HTTP on this machine, prints its figures and leaves nothing. Load and server share the
machine's cores, so a phone's server is idler than this one.
"""

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid4

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.crowd import NOW, large_event, sign_in
from bench.load import CONNECTIONS, Figures, Request, Served, load, serving, table
from schema.ids import Kind, global_id
from server.attendance.proof import prove_counters
from server.badges.tokens import ticket_code, ticket_hash
from server.db import Connection, open_pool
from server.doors.places.operations import add_door
from server.embedded import throw_away_postgres
from server.events.models import Event
from server.ids import new_id
from server.migrations import migrate
from server.secrets import Secrets
from server.settings import Settings

PEOPLE = 10_000
DOORS = 6
CHECK_INS = {1: 500, 8: 2_000, 32: 4_000}
SCREENS = {1: 100, 8: 300, 32: 600}


@dataclass(frozen=True, slots=True)
class Ready:
    """An event with its doors, a session of its owner, and everybody's tickets."""

    event: Event
    doors: list[str]
    token: str
    tickets: list[str]

    @property
    def gid(self) -> str:
        return global_id(Kind.EVENT, self.event.id)


async def prepare(connection: Connection, secrets: Secrets, people: int) -> Ready:
    event, owner = await large_event(connection, scans_people_out=True)
    doors = [await add_door(connection, event_id=event.id, name=f"Door {n}", now=NOW) for n in range(DOORS)]
    tickets = await register(connection, event.id, secrets, people)
    return Ready(
        event, [global_id(Kind.DOOR, door.id, event.id) for door in doors], await sign_in(connection, owner), tickets
    )


async def register(connection: Connection, event_id: UUID, secrets: Secrets, people: int) -> list[str]:
    """Everybody's tickets."""
    ids = [new_id() for _ in range(people)]
    tickets = [ticket_code(secrets, each) for each in ids]
    await connection.copy_records_to_table(
        "registrations",
        columns=["event_id", "id", "name", "name_key", "source", "created_at"],
        records=[(event_id, each, f"Attendee {n}", f"attendee {n}", "bench", NOW) for n, each in enumerate(ids)],
    )
    await connection.copy_records_to_table(
        "ticket_codes",
        columns=["event_id", "code_hash", "registration_id", "is_external"],
        records=[(event_id, ticket_hash(event_id, code), each, False) for code, each in zip(tickets, ids, strict=True)],
    )
    await connection.execute("ANALYZE registrations; ANALYZE ticket_codes")
    return tickets


def check_ins(ready: Ready) -> Iterator[Request]:
    """Everybody's ticket once, from door to door."""
    for number, ticket in enumerate(ready.tickets):
        at = datetime.now(UTC).isoformat()
        scan = {"code": ticket, "door": ready.doors[number % DOORS], "key": str(uuid4()), "scannedAt": at, "sentAt": at}
        yield Request("check-in", {"event": ready.gid, "checkIn": scan}, ready.token)


async def measure(served: Served, ready: Ready) -> list[Figures]:
    scans = check_ins(ready)
    figures = [
        await load(served, "checkIn", list(islice(scans, CHECK_INS[connections])), connections=connections)
        for connections in CONNECTIONS
    ]
    everything = Request("attendance", {"event": ready.gid}, ready.token)
    rows = Request("attendance-rows", {"event": ready.gid, "first": 50, "show": "CAME"}, ready.token)
    for what, request in (("attendance", everything), ("50 rows of it", rows)):
        figures += [
            await load(served, what, [request] * SCREENS[connections], connections=connections)
            for connections in CONNECTIONS
        ]
    return figures


async def main(people: int, dsn: str) -> None:
    await migrate(dsn)
    with serving(dsn) as served:
        pool = await open_pool(dsn, size=1)
        async with pool, pool.acquire() as connection:
            ready = await prepare(connection, Settings(data=served.data).secrets(), people)
            figures = await measure(served, ready)
            proof = await prove_counters(connection, event_id=ready.event.id, day=ready.event.day_of(NOW))
    table(f"Attendance, {people:,} people, {DOORS} doors", figures)
    print("The counters say what the log says." if proof.holds else f"The counters differ from the log: {proof}")


if __name__ == "__main__":
    with throw_away_postgres(durable=True) as address:
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE, address))
