"""The organizer at work: lists taken into one event, and what came of them."""

from collections.abc import Sequence
from typing import Any

from server.badges.tokens import read_ticket, ticket_hash
from server.db import Pool
from server.events.models import Event
from server.imports.models import ImportReport, ReadFile
from server.imports.operations import import_attendees
from tests.clock import Clock
from tests.imports.lists import read
from tests.world import World


class Desk:
    """Imports into one event as the organizer does, and looks at what came of it."""

    def __init__(self, world: World, pool: Pool, event: Event, clock: Clock) -> None:
        self.world = world
        self.pool = pool
        self.event = event
        self.clock = clock

    async def take(self, file: ReadFile, **options: Any) -> ImportReport:
        async with self.pool.acquire() as connection:
            return await import_attendees(
                connection,
                event_id=self.event.id,
                file=file,
                secrets=self.world.secrets,
                now=self.clock(),
                **({"skip_bad": False} | options),
            )

    async def take_rows(self, *rows: Sequence[str], **options: Any) -> ImportReport:
        return await self.take(read(*rows), **options)

    async def all(self, columns: str) -> list[tuple[Any, ...]]:
        rows = await self.pool.fetch(
            f"SELECT {columns} FROM registrations r"  # noqa: S608 - columns of this test
            " JOIN cards c ON c.event_id = r.event_id AND c.registration_id = r.id"
            " WHERE r.event_id = $1 ORDER BY r.name_key, r.created_at, r.external_id",
            self.event.id,
        )
        return [tuple(row) for row in rows]

    async def admitted_by(self, code: str) -> str | None:
        """Whose registration the door finds for what it reads."""
        name: str | None = await self.pool.fetchval(
            "SELECT r.name FROM ticket_codes t JOIN registrations r"
            " ON r.event_id = t.event_id AND r.id = t.registration_id WHERE t.event_id = $1 AND t.code_hash = $2",
            self.event.id,
            ticket_hash(self.event.id, read_ticket(code)),
        )
        return name

    async def versions(self) -> list[tuple[Any, ...]]:
        """The physical version of every row an import can write."""
        rows = []
        for table in ("registrations", "cards", "badges", "ticket_codes"):
            rows += await self.pool.fetch(f"SELECT '{table}', ctid::text, xmin::text FROM {table}")  # noqa: S608 - our own tables
        return sorted(tuple(row) for row in rows)
