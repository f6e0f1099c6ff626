"""An event and the people at it, made by the code that an organizer's import and a first sign-in run: what a bench
about people scanning each other begins with.
"""

import itertools
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from schema.ids import Kind, global_id
from server.badges.tokens import badge_secret
from server.db import Connection
from server.demo.models import read_demo
from server.events.models import Event
from server.events.operations import create_event
from server.ids import new_id
from server.imports.models import AttendeeRow, ReadFile
from server.imports.operations import import_attendees
from server.people.operations import find_or_make
from server.registrations import operations as registrations
from server.registrations.cards import CardDraft
from server.secrets import Secrets
from server.sessions.tokens import new_token, token_hash

NOW = datetime.now(UTC)
OWNER = "desk@example.org"


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody's account, session and place, and what their badge holds."""

    person_id: UUID
    registration_id: UUID
    token: str
    badge: str


async def large_event(connection: Connection, **changes: Any) -> tuple[Event, UUID]:
    """An event that began an hour ago and lasts eight more, and its owner; keywords change what it is."""
    owner = await find_or_make(connection, email=OWNER, now=NOW)
    values: dict[str, Any] = {
        "starts_at": NOW - timedelta(hours=1),
        "ends_at": NOW + timedelta(hours=8),
        "timezone": "Europe/Lisbon",
        "now": NOW,
    }
    event = await create_event(connection, owner_id=owner, slug="large", title="Large", **(values | changes))
    return event, owner


async def sign_in(connection: Connection, person_id: UUID) -> str:
    """The token of a new session."""
    token = new_token()
    await connection.execute(
        "INSERT INTO sessions (id, person_id, token_hash, kind, created_at, last_seen_at, expires_at)"
        " VALUES ($1, $2, $3, 'BEARER', $4, $4, $5)",
        new_id(), person_id, token_hash(token), NOW, NOW + timedelta(days=1),
    )  # fmt: skip
    return token


async def crowd(connection: Connection, secrets: Secrets, event: Event, people: int) -> list[Attendee]:
    """People with the cards of the demo's, in turn, open to all: believable texts make believable agendas."""
    rows = [
        AttendeeRow(number, str(number), f"Attendee {number}", f"a{number}@example.org", None, None, None, False)
        for number in range(people)
    ]
    file = ReadFile("bench", "bench", "utf-8", tuple(rows), (), (), 0)
    await import_attendees(connection, event_id=event.id, file=file, skip_bad=False, secrets=secrets, now=NOW)
    people_of_the_demo = itertools.cycle(read_demo().people)
    return [await _arrive(connection, secrets, event, row, next(people_of_the_demo).draft()) for row in rows]


async def _arrive(
    connection: Connection, secrets: Secrets, event: Event, row: AttendeeRow, card: CardDraft
) -> Attendee:
    person_id = await find_or_make(connection, email=row.email or "", now=NOW)
    await registrations.claim_what_is_clear(connection, person_id=person_id, first=None, now=NOW)
    place = await registrations.update_card(
        connection,
        event_id=event.id,
        person_id=person_id,
        card=replace(card, name=row.name, open_to_event=True),
        now=NOW,
    )
    if place.badge is None:
        raise LookupError("an imported place has a badge")
    badge = badge_secret(secrets, place.badge.id).token
    return Attendee(person_id, place.id, await sign_in(connection, person_id), badge)


def gid(event: Event) -> str:
    """The event's id as a phone knows it."""
    return global_id(Kind.EVENT, event.id)


def scan(badge: str) -> dict[str, str]:
    """One scan of this badge, made and sent now."""
    at = datetime.now(UTC).isoformat()
    return {"badge": badge, "key": str(uuid4()), "scannedAt": at, "sentAt": at}
