"""A phone at a door, as tests hold it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from schema.ids import Kind, global_id
from server.events.models import Event, Role
from tests.clock import Clock
from tests.front_door import FrontDoor
from tests.world import World

TOLD = """
    __typename ... on CheckIn { id verdict name ticketType firstInAt offline door { id name } }
    ... on Problem { message }
"""

CHECK_IN = f"""
    mutation ($event: ID!, $scan: CheckInInput!) {{ checkIn(event: $event, checkIn: $scan) {{ {TOLD} }} }}
"""
UNDO = f"mutation ($checkIn: ID!) {{ undoCheckIn(checkIn: $checkIn) {{ {TOLD} }} }}"
REPLAY = f"""
    mutation ($event: ID!, $scans: [CheckInInput!]!) {{
        replayCheckIns(event: $event, checkIns: $scans) {{ key result {{ {TOLD} }} }} }}
"""
ATTENDANCE = """
    query ($event: ID!, $on: Date) { attendance(event: $event, on: $on) {
        expected hereNow came noShows walkIns day days noShowsAreFinal hereNowIsKnown
        doors { name checkIns } arrivals(bucketMinutes: 15) { startsAt arrivals departures } } }
"""


@dataclass(frozen=True, slots=True)
class DoorPhone:
    """Scans at one door with one helper's session. Its clock is `off` by so much."""

    front_door: FrontDoor
    event: Event
    door: str
    clock: Clock
    off: timedelta = timedelta()

    @classmethod
    async def at(cls, front_door: FrontDoor, world: World, event: Event, name: str = "Main door") -> "DoorPhone":
        helper = await world.team(event, Role.DOOR_HELPER)
        return cls(front_door.as_(helper.token), event, await world.door(event, name), world.clock)

    @property
    def event_gid(self) -> str:
        return global_id(Kind.EVENT, self.event.id)

    def with_clock_off(self, **by: float) -> "DoorPhone":
        return replace(self, off=timedelta(**by))

    def shown(self, instant: datetime) -> str:
        """What this phone's clock shows at an instant."""
        return (instant + self.off).isoformat()

    def made(self, code: str, **changes: Any) -> dict[str, Any]:
        """One scan, made and sent now unless `at` says when it was made."""
        at = changes.pop("at", None) or self.clock()
        return {
            "code": code,
            "door": self.door,
            "key": str(uuid4()),
            "scannedAt": self.shown(at),
            "sentAt": self.shown(self.clock()),
        } | changes

    async def scan(self, code: str, **changes: Any) -> dict[str, Any]:
        return await self.send(self.made(code, **changes))

    async def send(self, scan: dict[str, Any]) -> dict[str, Any]:
        data = await self.front_door.ask(CHECK_IN, event=self.event_gid, scan=scan)
        told: dict[str, Any] = data["checkIn"]
        return told

    async def undo(self, told: dict[str, Any]) -> dict[str, Any]:
        data = await self.front_door.ask(UNDO, checkIn=told["id"])
        undone: dict[str, Any] = data["undoCheckIn"]
        return undone

    async def replay(self, *scans: dict[str, Any]) -> list[dict[str, Any]]:
        data = await self.front_door.ask(REPLAY, event=self.event_gid, scans=list(scans))
        answers: list[dict[str, Any]] = data["replayCheckIns"]
        return answers


async def figures(front_door: FrontDoor, world: World, event: Event, on: str | None = None) -> dict[str, Any]:
    """What an organizer of the event sees."""
    organizer = await world.team(event)
    data = await front_door.as_(organizer.token).ask(ATTENDANCE, event=global_id(Kind.EVENT, event.id), on=on)
    seen: dict[str, Any] = data["attendance"]
    return seen
