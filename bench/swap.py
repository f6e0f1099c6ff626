"""Swaps a second and how long one takes: a scan sent by the app, its swap, both agendas, and the whole answer.

Run as `python bench/swap.py [people]`. It starts the product on a throw-away PostgreSQL that syncs to disk, lets people
scan one another over real HTTP on this machine, prints its figures and leaves nothing.
"""

import asyncio
import itertools
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.attendance import sign_in
from bench.load import CONNECTIONS, Figures, Request, Served, load, serving, table
from schema.ids import Kind, global_id
from server.badges.tokens import badge_secret
from server.db import Connection, open_pool
from server.demo.models import read_demo
from server.embedded import throw_away_postgres
from server.events.models import Event
from server.events.operations import create_event
from server.imports.models import AttendeeRow, ReadFile
from server.imports.operations import import_attendees
from server.migrations import migrate
from server.people.operations import find_or_make
from server.registrations import operations as registrations
from server.registrations.cards import CardDraft
from server.secrets import Secrets
from server.settings import Settings

PEOPLE = 120
SCANS = {1: 400, 8: 1_500, 32: 3_000}
AGAIN = {1: 400, 8: 1_500, 32: 3_000}
NOW = datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody's session, and what their badge holds."""

    token: str
    badge: str


async def prepare(connection: Connection, secrets: Secrets, people: int) -> tuple[Event, list[Attendee]]:
    """People with the cards of the demo's, in turn: believable texts make believable agendas."""
    host = await find_or_make(connection, email="desk@example.org", now=NOW)
    event = await create_event(
        connection,
        owner_id=host,
        slug="large",
        title="Large",
        starts_at=NOW - timedelta(hours=1),
        ends_at=NOW + timedelta(hours=8),
        timezone="Europe/Lisbon",
        uses_check_in=False,
        now=NOW,
    )
    cards = itertools.cycle(read_demo().people)
    rows = [
        AttendeeRow(number, str(number), f"Attendee {number}", f"a{number}@example.org", None, None, None, False)
        for number in range(people)
    ]
    file = ReadFile("bench", "bench", "utf-8", tuple(rows), (), (), 0)
    await import_attendees(connection, event_id=event.id, file=file, skip_bad=False, secrets=secrets, now=NOW)
    attendees = []
    for row in rows:
        person_id = await find_or_make(connection, email=row.email or "", now=NOW)
        await registrations.claim_what_is_clear(connection, person_id=person_id, first=None, now=NOW)
        card = next(cards)
        place = await registrations.update_card(
            connection,
            event_id=event.id,
            person_id=person_id,
            card=CardDraft(name=row.name, **card.card, open_to_event=True),  # type: ignore[arg-type] # the five texts and pronouns
            now=NOW,
        )
        if place.badge is None:
            raise LookupError("an imported place has a badge")
        attendees.append(Attendee(await sign_in(connection, person_id), badge_secret(secrets, place.badge.id).token))
    return event, attendees


def scans(event: Event, attendees: list[Attendee]) -> Iterator[Request]:
    """Each pair once, in an order in which nobody scans twice in a row."""
    gid = global_id(Kind.EVENT, event.id)
    for step in range(1, len(attendees) // 2):
        for number, scanner in enumerate(attendees):
            scanned = attendees[(number + step) % len(attendees)]
            at = datetime.now(UTC).isoformat()
            scan = {"badge": scanned.badge, "key": str(uuid4()), "scannedAt": at, "sentAt": at}
            yield Request("swap-badges", {"event": gid, "scan": scan}, scanner.token)


async def measure(served: Served, event: Event, attendees: list[Attendee]) -> list[Figures]:
    fresh = scans(event, attendees)
    figures = []
    sent: list[Request] = []
    for connections in CONNECTIONS:
        batch = list(islice(fresh, SCANS[connections]))
        sent += batch
        figures.append(await load(served, "swapBadges", batch, connections=connections))
    listed = [Request("swaps", {"event": global_id(Kind.EVENT, event.id), "first": 20}, who.token) for who in attendees]
    for what, requests in (("the same again", sent), ("swaps, a page of 20", listed)):
        figures += [
            await load(served, what, requests[: AGAIN[connections]], connections=connections)
            for connections in CONNECTIONS
        ]
    return figures


async def main(people: int, dsn: str) -> None:
    await migrate(dsn)
    with serving(dsn) as served:
        pool = await open_pool(dsn, size=1)
        async with pool, pool.acquire() as connection:
            event, attendees = await prepare(connection, Settings(data=served.data).secrets(), people)
            table(f"Swaps among {people} people", await measure(served, event, attendees))


if __name__ == "__main__":
    with throw_away_postgres(durable=True) as address:
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE, address))
