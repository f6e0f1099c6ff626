"""The Import screen as tests use it: what it asks, and the worker that reads and brings in."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
from starlette.applications import Starlette

from schema.ids import Kind, global_id
from server.db import Pool
from server.events.models import Event
from server.imports.bringing.making import ImportJob, ListDesk
from server.jobs.kinds import read_ids
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.world import Somebody

LOOK = """
    query ($event: ID!) {
        eventImports(event: $event) {
            open { id key state way fileName system sheet trouble rows done added changed cancelled unchanged leftOut
                   bad by doneAt keptUntil
                   findings {
                       columns { heading use recognisedAs examples } sheets
                       remarks { sentence rows lines }
                       badRows { line column reason } badCount
                       changes { line kind name parts { part before after } } changeCount } }
            past { edges { node { way fileName by added changed cancelled unchanged bad doneAt findings { badCount } }
                           } } } }
"""
USE = """
    mutation ($import: ID!, $uses: [ImportColumnUse!], $sheet: String) {
        useImportColumns(import: $import, uses: $uses, sheet: $sheet) {
            __typename ... on Import { state } ... on Problem { message } } }
"""
BRING_IN = """
    mutation ($import: ID!, $skipBad: Boolean!) {
        bringInImport(import: $import, skipBad: $skipBad) {
            __typename ... on Import { id state } ... on Problem { message } ... on ImportHasBadRows { bad } } }
"""
FORGET = """
    mutation ($import: ID!) { forgetImport(import: $import) { __typename ... on Problem { message } } }
"""


def id_of(event: Event) -> str:
    return global_id(Kind.EVENT, event.id)


class Screen:
    """One organizer at the Import screen."""

    def __init__(
        self, front_door: FrontDoor, somebody: Somebody, event: Event, lists: ListDesk, pool: Pool, clock: Clock
    ) -> None:
        self.door = front_door.as_(somebody.token)
        self.somebody, self.event, self.lists, self.pool, self.clock = somebody, event, lists, pool, clock

    async def send(self, data: bytes, *, name: str = "guests.xlsx", key: str | None = None) -> httpx.Response:
        """A file dropped, a second after what was done before; without a name it was pasted."""
        self.clock.advance(seconds=1)
        headers = {"authorization": f"Bearer {self.somebody.token}", "handsel-file-name": quote(name)}
        return await self.door.client.post(
            f"/events/{self.event.slug}/imports/{key or uuid4()}", content=data, headers=headers
        )

    async def read(self, data: bytes, **options: str) -> dict[str, Any]:
        """A file dropped, read, and as the screen then shows it."""
        answer = await self.send(data, **options)
        assert answer.status_code == 202, answer.text
        await self.work()
        return await self.shown()

    async def shown(self) -> dict[str, Any]:
        """The list that lies open."""
        found: dict[str, Any] = (await self.look())["open"]
        return found

    async def look(self) -> dict[str, Any]:
        answer: dict[str, Any] = (await self.door.ask(LOOK, event=id_of(self.event)))["eventImports"]
        return answer

    async def use(self, uses: Sequence[str] | None, sheet: str | None = None) -> dict[str, Any]:
        """The list read anew with these uses."""
        of = (await self.shown())["id"]
        told = (await self.door.ask(USE, **{"import": of, "uses": uses, "sheet": sheet}))["useImportColumns"]
        assert told["__typename"] == "Import", told
        await self.work()
        return await self.shown()

    async def press(self, *, skip_bad: bool = False) -> dict[str, Any]:
        """Bring in."""
        of = (await self.shown())["id"]
        asked = {"import": of, "skipBad": skip_bad}
        answer: dict[str, Any] = (await self.door.ask(BRING_IN, **asked))["bringInImport"]
        return answer

    async def brought_in(self, *, skip_bad: bool = False) -> dict[str, Any]:
        """Bring in, done, and as the screen then shows it."""
        told = await self.press(skip_bad=skip_bad)
        assert told["__typename"] == "Import", told
        await self.work()
        return await self.shown()

    async def work(self) -> None:
        """What the worker does with all that waits."""
        for row in await self.pool.fetch(
            "DELETE FROM pgqueuer WHERE entrypoint IN ('lists read', 'lists brought in') RETURNING entrypoint, payload"
        ):
            job = ImportJob.read(read_ids(row["payload"]))
            await (self.lists.read(job) if row["entrypoint"] == "lists read" else self.lists.bring_in(job))


def lists_of(app: Starlette, pool: Pool, clock: Clock) -> ListDesk:
    """The worker's own, on the app's database and secrets."""
    return ListDesk(pool, secrets=app.state.services.secrets, clock=clock)
