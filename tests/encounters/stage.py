"""The real thing: two events and three people, each act through the front door."""

from typing import Any

from server.events.models import Event
from tests.clock import Clock
from tests.encounters.documents import SWAP_BADGES, id_of
from tests.encounters.plain_model import Fields, View
from tests.front_door import FrontDoor
from tests.world import Attendee, Somebody, World

LISTS = """
    query ($one: ID!, $two: ID!) { one: swaps(event: $one, first: 100) { ...list }
                                   two: swaps(event: $two, first: 100) { ...list } }
    fragment list on SwapConnection { edges { node { id share card { name upTo } contact { email phone links } } } }
"""
PEOPLE = 3
EVENTS = (0, 1)
#: Nobody has taken this place at first.
WAITING = (1, 2)
NAMES = ("Ana Duarte", "Ben Okafor", "Cyd Lind")


class Stage:
    """Three people with everything to share."""

    def __init__(self, front_door: FrontDoor, world: World, clock: Clock) -> None:
        self.front_door, self.world, self.clock = front_door, world, clock
        self.events: list[Event] = []
        self.places: dict[tuple[int, int], Attendee] = {}
        self.people: list[Somebody] = []
        self.swaps: dict[tuple[int, frozenset[int]], str] = {}

    async def build(self) -> None:
        self.events = [await self.world.event() for _ in EVENTS]
        self.people = [await self.world.person(name=name) for name in NAMES]
        for person in self.people:
            await self.world.pool.execute(
                "UPDATE people SET contact_phone = '+1 555', contact_links = ARRAY['https://x.example'] WHERE id = $1",
                person.id,
            )
        for number in EVENTS:
            for who in range(PEOPLE):
                self.places[number, who] = await self._place(number, who)

    async def _place(self, number: int, who: int) -> Attendee:
        event, person = self.events[number], self.people[who]
        is_waiting = (number, who) == WAITING
        registration_id, badge_id = await self.world.registration(
            event, name=NAMES[who], person=None if is_waiting else person, email=person.email
        )
        badge = self.world.badge_of(badge_id)
        return Attendee(person, event, registration_id, NAMES[who], badge_id, badge, "")

    async def ask(self, who: int, document: str, **variables: Any) -> dict[str, Any]:
        return await self.front_door.as_(self.people[who].token).ask(document, **variables)

    async def scan(self, event: int, who: int, scan: dict[str, Any]) -> dict[str, Any]:
        data = await self.ask(who, SWAP_BADGES, event=id_of(self.events[event]), scan=scan)
        answer: dict[str, Any] = data["swapBadges"]
        return answer

    async def seen_by(self, who: int) -> dict[tuple[int, str], View]:
        """By event and first name."""
        one, two = map(id_of, self.events)
        answer = await self.ask(who, LISTS, one=one, two=two)
        return {
            (number, node["card"]["name"].split()[0]): _view(node)
            for number, name in enumerate(("one", "two"))
            for node in (edge["node"] for edge in answer[name]["edges"])
        }


def _view(node: dict[str, Any]) -> View:
    contact: Fields | None = None
    if node["contact"] is not None:
        given = {
            "EMAIL": node["contact"]["email"],
            "PHONE": node["contact"]["phone"],
            "LINKS": node["contact"]["links"],
        }
        contact = frozenset(name for name, value in given.items() if value)
    is_whole = " " in node["card"]["name"]
    assert is_whole == (node["card"]["upTo"] is not None)
    return View(is_whole, contact, node["share"])
