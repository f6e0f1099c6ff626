"""What people write down about each other, put straight into the tables as `tests.world` does."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from server.db import Pool
from server.ids import new_id
from server.people.names import words_key
from tests.clock import Clock

if TYPE_CHECKING:
    from tests.world import Attendee


class Memory:
    """Notes, promises and feelings of somebody at an event."""

    pool: Pool
    clock: Clock

    async def promise(
        self,
        who: "Attendee",
        swap_id: UUID,
        text: str = "Send the article on soil sensors",
        *,
        kind: str = "SEND",
        due_on: date | None = None,
        at: datetime | None = None,
    ) -> UUID:
        """The id of an open promise that `who` made in this swap."""
        promise_id = new_id()
        await self.pool.execute(
            "INSERT INTO promises (event_id, id, swap_id, registration_id, key, kind, text, due_on, made_at,"
            " search_key) VALUES ($1, $2, $3, $4, $2, $5, $6, $7, $8, $9)",
            who.event.id, promise_id, swap_id, who.registration_id, kind, text, due_on, at or self.clock(),
            words_key(text),
        )  # fmt: skip
        return promise_id

    async def note(self, who: "Attendee", swap_id: UUID, text: str, *, kind: str = "NOTE") -> UUID:
        """The id of what `who` wrote down about the other in this swap."""
        note_id = new_id()
        await self.pool.execute(
            "INSERT INTO notes (event_id, id, swap_id, registration_id, key, kind, text, written_at, search_key)"
            " VALUES ($1, $2, $3, $4, $2, $5, $6, $7, $8)",
            who.event.id, note_id, swap_id, who.registration_id, kind, text, self.clock(), words_key(text),
        )  # fmt: skip
        return note_id

    async def feeling(self, who: "Attendee", swap_id: UUID, feeling: str = "TALK_AGAIN") -> None:
        """How the conversation felt to `who`."""
        await self.pool.execute(
            "INSERT INTO feelings (event_id, swap_id, registration_id, feeling, felt_at) VALUES ($1, $2, $3, $4, $5)",
            who.event.id, swap_id, who.registration_id, feeling, self.clock(),
        )  # fmt: skip
