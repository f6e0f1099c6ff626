"""What a swap holds beyond itself, agenda, notes and promises, and a relationship its gifts, read for all of one answer
at once: a page of twenty costs as many statements as one of them.
"""

from uuid import UUID

from strawberry.dataloader import DataLoader

from server.agenda import operations as agendas
from server.agenda.models import AskedPrompt
from server.db import Pool
from server.notes import operations as notes
from server.notes.models import Note
from server.promises import operations as promises
from server.promises.models import Promise
from server.relationships.models import Gift
from server.relationships.reading import operations as relationships
from server.relationships.reading.models import Insight
from server.swaps.models import Side

#: Somebody's own relationship: the person, and its id.
Kept = tuple[UUID, UUID]


class Memory:
    """Belongs to one request. It keeps nothing: what is asked again is read again."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self.agendas: DataLoader[Side, list[AskedPrompt]] = DataLoader(load_fn=self._read_agendas, cache=False)
        self.notes: DataLoader[Side, list[Note]] = DataLoader(load_fn=self._read_notes, cache=False)
        self.promises: DataLoader[Side, list[Promise]] = DataLoader(load_fn=self._read_promises, cache=False)
        self.insights: DataLoader[Side, list[Insight]] = DataLoader(load_fn=self._read_insights, cache=False)
        self.gifts: DataLoader[Kept, list[Gift]] = DataLoader(load_fn=self._read_gifts, cache=False)

    async def _read_agendas(self, sides: list[Side]) -> list[list[AskedPrompt]]:
        async with self._pool.acquire() as connection:
            found = await agendas.read_agendas(connection, sides=set(sides))
        return [found[side] for side in sides]

    async def _read_notes(self, sides: list[Side]) -> list[list[Note]]:
        async with self._pool.acquire() as connection:
            found = await notes.read_notes(connection, sides=set(sides))
        return [found[side] for side in sides]

    async def _read_promises(self, sides: list[Side]) -> list[list[Promise]]:
        async with self._pool.acquire() as connection:
            found = await promises.read_promises(connection, sides=set(sides))
        return [found[side] for side in sides]

    async def _read_insights(self, sides: list[Side]) -> list[list[Insight]]:
        async with self._pool.acquire() as connection:
            found = await relationships.read_insights(connection, sides=set(sides))
        return [found[side] for side in sides]

    async def _read_gifts(self, kept: list[Kept]) -> list[list[Gift]]:
        async with self._pool.acquire() as connection:
            found = {
                person_id: await relationships.read_gifts(
                    connection, person_id=person_id, relationship_ids=[of for owner, of in kept if owner == person_id]
                )
                for person_id in {owner for owner, _ in kept}
            }
        return [found[person_id][relationship_id] for person_id, relationship_id in kept]
