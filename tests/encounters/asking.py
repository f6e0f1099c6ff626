"""How a test scans a badge, and what Ana and Ben do to each other."""

from dataclasses import replace
from typing import Any

from tests.clock import Clock
from tests.encounters.documents import BLOCK, LIST, SWAP_BADGES, id_of, scan_of
from tests.front_door import FrontDoor
from tests.world import Attendee, Somebody, World


async def scan(front_door: FrontDoor, who: Attendee, badge: str, clock: Clock, **changes: Any) -> dict[str, Any]:
    """What the phone of `who` is answered when it reads `badge` at their event."""
    data = await front_door.as_(who.token).ask(
        SWAP_BADGES, event=id_of(who.event), scan=scan_of(badge, at=clock(), **changes)
    )
    result: dict[str, Any] = data["swapBadges"]
    return result


async def count_swaps(world: World) -> int:
    found: int = await world.pool.fetchval("SELECT count(*) FROM swaps")
    return found


class People:
    """Ana and Ben, at two events; each step as one of them takes it."""

    def __init__(self, front_door: FrontDoor, world: World) -> None:
        self.front_door, self.world = front_door, world

    async def ask(self, who: Attendee, document: str, **variables: Any) -> Any:
        data = await self.front_door.as_(who.token).ask(document, **variables)
        return next(iter(data.values()))

    async def scan(self, who: Attendee, whom: Attendee, **changes: Any) -> dict[str, Any]:
        return await scan(self.front_door, who, whom.badge.token, self.world.clock, **changes)

    async def block(self, who: Attendee, swap: str, **words: Any) -> str:
        answer: str = (await self.ask(who, BLOCK, swap=swap, **words))["__typename"]
        return answer

    async def met(self, who: Attendee) -> list[str]:
        """The ids of all swaps that somebody's list shows."""
        return [each["node"]["id"] for each in (await self.ask(who, LIST, event=id_of(who.event)))["edges"]]

    async def at_another_event(self, *people: Attendee) -> list[Attendee]:
        """The same people, each with a place at one more event."""
        event = await self.world.event(title="The other gathering")
        return [await self.place(event, each.person) for each in people]

    def place_of(self, place: Attendee, person: Somebody) -> Attendee:
        """The same place, now that this person has taken it."""
        return replace(place, person=person)

    async def place(self, event: Any, person: Somebody | None, **changes: Any) -> Attendee:
        registration_id, badge_id = await self.world.registration(event, person=person, **changes)
        secret = self.world.badge_of(badge_id)
        owner = person or Somebody(registration_id, "", "")
        return Attendee(owner, event, registration_id, "", badge_id, secret, self.world.ticket_of(registration_id))
