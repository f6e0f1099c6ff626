"""What the Badges screen asks, and the worker that answers it, as tests use them."""

import asyncio
from typing import Any

from starlette.applications import Starlette

from schema.ids import Kind, global_id
from server.db import Pool
from server.events.models import Event
from server.jobs.kinds import read_ids
from server.printing.making import Printer, SheetsJob
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.world import Somebody

MAKE = """
    mutation ($event: ID!, $key: ID!, $paper: BadgePaperName!, $wanted: BadgesWanted!, $registration: ID) {
        makeBadgeSheets(event: $event, key: $key, paper: $paper, wanted: $wanted, registration: $registration) {
            __typename
            ... on BadgeSheets { key state badges drawn }
            ... on Problem { message }
            ... on InputNotValid { field } } }
"""
DISCARD = """
    mutation ($event: ID!) { discardBadgeSheets(event: $event) { __typename ... on Problem { message } } }
"""
SHEETS = """
    query ($event: ID!) {
        badgePrinting(event: $event) {
            badges newBadges newWalkIns
            prints { printedAt by badges }
            sheets {
                key state wanted paper badges drawn pages shortened trouble leftOut keptUntil printedAt } } }
"""


def id_of(event: Event) -> str:
    return global_id(Kind.EVENT, event.id)


def printer_of(app: Starlette, pool: Pool, clock: Clock) -> Printer:
    """The worker's own, on the app's database and secrets."""
    services = app.state.services
    return Printer(pool, secrets=services.secrets, public_url=services.settings.public_url, clock=clock)


class Desk:
    """One organizer at the Badges screen."""

    def __init__(self, front_door: FrontDoor, somebody: Somebody, event: Event, printer: Printer) -> None:
        self.door = front_door.as_(somebody.token)
        self.somebody, self.event, self.printer = somebody, event, printer

    async def ask_for(self, key: str, *, wanted: str = "ALL", paper: str = "A6", **more: Any) -> dict[str, Any]:
        answer: dict[str, Any] = (
            await self.door.ask(MAKE, event=id_of(self.event), key=key, wanted=wanted, paper=paper, **more)
        )["makeBadgeSheets"]
        return answer

    async def made(self, key: str, **asked: Any) -> dict[str, Any]:
        """Asked for, drawn, and as the screen then sees them."""
        asked_for = await self.ask_for(key, **asked)
        assert asked_for["__typename"] == "BadgeSheets", asked_for
        await asyncio.gather(*(self.printer.make(job) for job in await self._waiting()))
        sheets = (await self.looked())["sheets"]
        assert sheets is not None
        return dict(sheets)

    async def looked(self) -> dict[str, Any]:
        answer: dict[str, Any] = (await self.door.ask(SHEETS, event=id_of(self.event)))["badgePrinting"]
        return answer

    async def _waiting(self) -> list[SheetsJob]:
        rows = await self.printer._pool.fetch("SELECT payload FROM pgqueuer WHERE entrypoint = 'badge sheets'")  # noqa: SLF001 - a test looks into the queue
        return [SheetsJob.read(read_ids(row["payload"])) for row in rows]

    def file(self, sheets: dict[str, Any]) -> str:
        """Where the finished file is fetched."""
        return f"/events/{self.event.slug}/badge-sheets/{sheets['key']}"

    async def fetched(self, sheets: dict[str, Any]) -> Any:
        """The answer over plain HTTP."""
        return await self.door.client.post(
            self.file(sheets), headers={"authorization": f"Bearer {self.somebody.token}"}
        )
