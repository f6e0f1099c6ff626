"""Factories. Each makes a valid thing with believable values and writes it straight into the tables, so that a test
of one feature does not depend on another.
"""

import itertools
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from schema.ids import Kind, global_id
from server.badges.tokens import BadgeSecret, badge_secret, code_hash, ticket_code, ticket_hash, token_hash
from server.db import Pool
from server.events.models import Event, Role
from server.ids import new_id
from server.people.names import name_key, words_key
from server.secrets import Secrets
from server.sessions.tokens import invitation_code, invitation_hash, new_token
from server.sessions.tokens import token_hash as session_hash
from tests.clock import Clock
from tests.memory import Memory

_number = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Somebody:
    """An account with a live bearer session."""

    id: UUID
    email: str
    token: str


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody with a claimed registration, an open card, a badge and a ticket at one event."""

    person: Somebody
    event: Event
    registration_id: UUID
    name: str
    badge_id: UUID
    badge: BadgeSecret
    ticket: str

    @property
    def token(self) -> str:
        return self.person.token

    @property
    def gid(self) -> str:
        return global_id(Kind.REGISTRATION, self.registration_id, self.event.id)


class World(Memory):
    """Makes things in the database. Times are relative to the clock."""

    def __init__(self, pool: Pool, secrets: Secrets, clock: Clock) -> None:
        self.pool = pool
        self.secrets = secrets
        self.clock = clock

    async def person(self, *, email: str | None = None, name: str = "") -> Somebody:
        number = next(_number)
        email = email or f"person{number}@example.org"
        somebody = Somebody(new_id(), email, new_token())
        await self.pool.execute(
            "INSERT INTO people (id, email, email_key, name, created_at) VALUES ($1, $2, $3, $4, $5)",
            somebody.id, email, email.lower(), name, self.clock(),
        )  # fmt: skip
        await self.session(somebody.id, somebody.token)
        return somebody

    async def session(self, person_id: UUID, token: str) -> None:
        await self.pool.execute(
            "INSERT INTO sessions (id, person_id, token_hash, kind, created_at, last_seen_at, expires_at)"
            " VALUES ($1, $2, $3, 'BEARER', $4, $4, $4::timestamptz + interval '30 days')",
            new_id(), person_id, session_hash(token), self.clock(),
        )  # fmt: skip

    async def event(self, **changes: Any) -> Event:
        """Under way for an hour, for eight more, in Lisbon (one hour ahead of UTC in April)."""
        values: dict[str, Any] = {
            "id": new_id(),
            "slug": f"event-{next(_number)}",
            "title": "Repair Summit",
            "venue": "The old school",
            "starts_at": self.clock() - timedelta(hours=1),
            "ends_at": self.clock() + timedelta(hours=8),
            "timezone": "Europe/Lisbon",
            "evening_at": time(19),
            "uses_check_in": False,
            "scans_people_out": False,
        }
        event = Event(**(values | changes))
        await self.pool.execute(
            "INSERT INTO events (id, slug, title, venue, starts_at, ends_at, timezone, evening_at, uses_check_in,"
            " scans_people_out, capacity, checks_in_with, card_questions, languages, continues_id, retention_days,"
            " created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
            event.id, event.slug, event.title, event.venue, event.starts_at, event.ends_at, event.timezone,
            event.evening_at, event.uses_check_in, event.scans_people_out, event.capacity, event.checks_in_with,
            sorted(event.card_questions), event.languages, event.continues_id, event.retention_days, self.clock(),
        )  # fmt: skip
        return event

    async def team(self, event: Event, role: Role = Role.ORGANIZER) -> Somebody:
        """Somebody who holds `role` at the event and no place in it."""
        person = await self.person()
        await self.pool.execute(
            "INSERT INTO event_roles (event_id, person_id, role, granted_at) VALUES ($1, $2, $3, $4)",
            event.id, person.id, role, self.clock(),
        )  # fmt: skip
        return person

    async def role(self, person: Somebody, event: Event, role: Role) -> None:
        """Give somebody a role at an event."""
        await self.pool.execute(
            "INSERT INTO event_roles (event_id, person_id, role, granted_at) VALUES ($1, $2, $3, $4)",
            event.id, person.id, role, self.clock(),
        )  # fmt: skip

    async def door(self, event: Event, name: str = "Main door") -> str:
        """The global id of a new door."""
        door_id = new_id()
        await self.pool.execute(
            "INSERT INTO doors (event_id, id, name, created_at) VALUES ($1, $2, $3, $4)",
            event.id, door_id, name, self.clock(),
        )  # fmt: skip
        return global_id(Kind.DOOR, door_id, event.id)

    async def registration(
        self,
        event: Event,
        *,
        name: str | None = None,
        email: str | None = None,
        person: Somebody | None = None,
        source: str = "test",
        external_id: str | None = None,
        ticket_type: str | None = "Day ticket",
        cancelled_at: datetime | None = None,
        card: dict[str, Any] | None = None,
    ) -> tuple[UUID, UUID]:
        """Registration and badge ids. The card is open; `card` sets its columns."""
        number = next(_number)
        registration_id, badge_id = new_id(), new_id()
        name = name or f"Attendee {number}"
        email = email or (person.email if person else None)
        await self.pool.execute(
            "INSERT INTO registrations (event_id, id, person_id, name, name_key, email, email_key, source, external_id,"
            " ticket_type, cancelled_at, claimed_at, created_at)"
            " VALUES ($1, $2, $3, $4, $12, $5, lower($5), $6, $7, $8, $9, $10, $11)",
            event.id, registration_id, person.id if person else None, name, email, source,
            external_id or f"{source}-{number}", ticket_type, cancelled_at,
            self.clock() if person else None, self.clock(), name_key(name),
        )  # fmt: skip
        columns: dict[str, Any] = {"name": name, "up_to": f"keeping bees on roof {number}", "open_to_event": True} | (
            card or {}
        )
        texts = ("name", "up_to", "seeking", "offering", "ask_me_about", "good_introduction")
        columns["search_key"] = words_key(*(columns.get(each) for each in texts))
        names = ", ".join(columns)
        places = ", ".join(f"${index}" for index in range(4, 4 + len(columns)))
        await self.pool.execute(
            f"INSERT INTO cards (event_id, registration_id, updated_at, {names}) VALUES ($1, $2, $3, {places})",  # noqa: S608 - column names of our own
            event.id, registration_id, self.clock(), *columns.values(),
        )  # fmt: skip
        secret = badge_secret(self.secrets, badge_id)
        await self.pool.execute(
            "INSERT INTO badges (event_id, id, registration_id, key_id, token_hash, code_hash, issued_at)"
            " VALUES ($1, $2, $3, 1, $4, $5, $6)",
            event.id, badge_id, registration_id, token_hash(secret.token), code_hash(event.id, secret.code),
            self.clock(),
        )  # fmt: skip
        await self.pool.execute(
            "INSERT INTO ticket_codes (event_id, code_hash, registration_id, is_external) VALUES ($1, $2, $3, false)",
            event.id, ticket_hash(event.id, ticket_code(self.secrets, registration_id)), registration_id,
        )  # fmt: skip
        return registration_id, badge_id

    async def external_ticket(self, event: Event, registration_id: UUID, code: str) -> None:
        """Another system's ticket for this registration, as an import stores it."""
        await self.pool.execute(
            "INSERT INTO ticket_codes (event_id, code_hash, registration_id, is_external) VALUES ($1, $2, $3, true)",
            event.id, ticket_hash(event.id, code), registration_id,
        )  # fmt: skip

    def badge_of(self, badge_id: UUID) -> BadgeSecret:
        """What the badge with this id holds."""
        return badge_secret(self.secrets, badge_id)

    def ticket_of(self, registration_id: UUID) -> str:
        """Our own ticket code of a registration."""
        return ticket_code(self.secrets, registration_id)

    async def attendee(
        self, event: Event, name: str | None = None, *, person: Somebody | None = None, **card: Any
    ) -> Attendee:
        """Somebody who came with a claimed place and an open card; keywords set columns of the card."""
        person = person or await self.person(name=name or "")
        name = name or f"Attendee {next(_number)}"
        registration_id, badge_id = await self.registration(event, name=name, person=person, card=card)
        return Attendee(
            person=person, event=event, registration_id=registration_id, name=name, badge_id=badge_id,
            badge=badge_secret(self.secrets, badge_id), ticket=ticket_code(self.secrets, registration_id),
        )  # fmt: skip

    async def swap(
        self,
        first: Attendee,
        second: Attendee,
        *,
        at: datetime | None = None,
        mutual: bool = True,
        withdrawn_at: datetime | None = None,
    ) -> UUID:
        """The id of the swap that `first` made by scanning `second`, who scanned back unless `mutual` is false.

        Both offer their mail address. The conversation counts on the event's day of `at`, which is now when left out.
        """
        swap_id, event, at = new_id(), first.event, at or self.clock()
        lower, upper = sorted((first.registration_id, second.registration_id))
        await self.pool.execute(
            "INSERT INTO swaps (event_id, id, lower_id, upper_id, swapped_at, changed_at, withdrawn_at)"
            " VALUES ($1, $2, $3, $4, $5, $5, $6)",
            event.id, swap_id, lower, upper, at, withdrawn_at,
        )  # fmt: skip
        for side, scanned in ((first, True), (second, mutual)):
            await self.pool.execute(
                "INSERT INTO swap_sides (event_id, swap_id, registration_id, scanned_at, offers, offered_at)"
                " VALUES ($1, $2, $3, $4, $5, $4)",
                event.id, swap_id, side.registration_id, at if scanned else None, ["EMAIL"] if scanned else None,
            )  # fmt: skip
        await self.pool.execute(
            "INSERT INTO conversations (event_id, swap_id, day) VALUES ($1, $2, $3)",
            event.id, swap_id, event.day_of(at),
        )  # fmt: skip
        return swap_id

    async def admit(self, attendee: Attendee) -> None:
        """Checked in today at a door of the event, as far as the tables say."""
        event = attendee.event
        door_id = await self.pool.fetchval("SELECT id FROM doors WHERE event_id = $1", event.id)
        if door_id is None:
            await self.door(event)
            door_id = await self.pool.fetchval("SELECT id FROM doors WHERE event_id = $1", event.id)
        await self.pool.execute(
            "INSERT INTO admissions (event_id, day, registration_id, is_in, first_in_at, last_seen_at,"
            " first_check_in_id, door_id) VALUES ($1, $2, $3, true, $4, $4, $5, $6)",
            event.id, event.day_of(self.clock()), attendee.registration_id, self.clock(), new_id(), door_id,
        )  # fmt: skip

    async def invitation(self, event: Event, email: str) -> str:
        """The long code of an invitation that was mailed to this address."""
        invitation_id = new_id()
        code = invitation_code(self.secrets, invitation_id)
        await self.pool.execute(
            "INSERT INTO invitations (event_id, id, email, email_key, code_hash, created_at, expires_at, sent_at)"
            " VALUES ($1, $2, $3, lower($3), $4, $5, $5::timestamptz + interval '14 days', $5)",
            event.id, invitation_id, email, invitation_hash(code), self.clock(),
        )  # fmt: skip
        return code

    async def refused_address(self, event: Event, email: str) -> None:
        """The mail server does not take this address, which somebody was to be told at."""
        await self.invitation(event, email)
        await self.pool.execute(
            "UPDATE invitations SET sent_at = NULL, refused_at = created_at WHERE event_id = $1 AND email = $2",
            event.id, email,
        )  # fmt: skip

    def new_key(self) -> str:
        """A key as a phone makes one."""
        return str(uuid4())
