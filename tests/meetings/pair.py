"""Ana in Lisbon and Ben in New York, who share with each other, and all that they can do about a 1-2-1."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self
from uuid import UUID

from schema.ids import Kind, global_id
from server.relationships.operations import begin
from tests.front_door import FrontDoor
from tests.notifications.leaving import would_leave
from tests.world import Attendee, World

MEETING = """
    id key state myTurn options startsAt minutes place myTimezone theirTimezone tookPlace
    with { id card { name } conversations }
    agenda { minutes prompts { id text phase libraryKey state insight } }
    calendarFile { name content path }
"""
ANSWER = (
    f"{{ __typename ... on Meeting {{ {MEETING} }} ... on Problem {{ message }} ... on InputNotValid {{ field }} }}"
)
PROPOSE = f"""
    mutation ($swap: ID!, $options: [DateTime!]!, $minutes: Int! = 20, $place: String, $key: ID) {{
        it: proposeMeeting(swap: $swap, options: $options, minutes: $minutes, place: $place, key: $key) {ANSWER} }}
"""
ACCEPT = f"""
    mutation ($meeting: ID!, $startsAt: DateTime) {{
        it: answerMeeting(meeting: $meeting, startsAt: $startsAt) {ANSWER} }}
"""
SUGGEST = f"""
    mutation ($meeting: ID!, $options: [DateTime!]!, $key: ID) {{
        it: suggestTimes(meeting: $meeting, options: $options, key: $key) {ANSWER} }}
"""
CANCEL = f"mutation ($meeting: ID!) {{ it: cancelMeeting(meeting: $meeting) {ANSWER} }}"
TELL = f"""
    mutation ($meeting: ID!, $tookPlace: Boolean!, $gave: String, $gaveKind: GiftKind, $received: String) {{
        it: tellOfMeeting(meeting: $meeting, tookPlace: $tookPlace, gave: $gave, gaveKind: $gaveKind,
                          received: $received) {ANSWER} }}
"""
MEETINGS = f"{{ it: meetings {{ {MEETING} }} }}"
GONE = "{ it: goneMeetings { id startsAt otherHasLeft calendarFile { name content path } } }"
TIMES = """
    query ($swap: ID!, $minutes: Int!) {
        it: meetingTimes(swap: $swap, minutes: $minutes) { times myTimezone theirTimezone } }
"""
NODE = f"query ($id: ID!) {{ it: node(id: $id) {{ ... on Meeting {{ {MEETING} }} }} }}"


def told(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


@dataclass(slots=True)
class Couple:
    """The two, their swap, and the way to the server."""

    front_door: FrontDoor
    world: World
    ana: Attendee
    ben: Attendee
    swap_id: UUID
    swap: str

    @classmethod
    async def meet(cls, front_door: FrontDoor, world: World, *, shared: bool = True) -> Self:
        event = await world.event()
        ana = await world.attendee(event, "Ana Silva", up_to="a seed library in the old station")
        ben = await world.attendee(event, "Ben Ode", up_to="repairing radios")
        for who, zone in ((ana, "Europe/Lisbon"), (ben, "America/New_York")):
            await world.pool.execute("UPDATE people SET timezone = $2 WHERE id = $1", who.person.id, zone)
        swap_id = await world.swap(ana, ben, mutual=shared)
        if shared:
            await begin_relationship(world, ana, ben, swap_id)
        return cls(front_door, world, ana, ben, swap_id, global_id(Kind.SWAP, swap_id, event.id))

    def times(self, *hours: float) -> list[str]:
        """Those many hours from now."""
        return [told(self.world.clock() + timedelta(hours=each)) for each in hours]

    async def ask(self, who: Attendee, document: str, **variables: Any) -> Any:
        return (await self.front_door.as_(who.token).ask(document, **variables))["it"]

    async def propose(self, who: Attendee | None = None, *, times: list[str] | None = None, **more: Any) -> Any:
        return await self.ask(who or self.ana, PROPOSE, swap=self.swap, options=times or self.times(30, 54, 78), **more)

    async def agree(self) -> Any:
        """Ana proposed, Ben accepted the first time."""
        meeting = await self.propose(place="The bench by the river")
        return await self.ask(self.ben, ACCEPT, meeting=meeting["id"], startsAt=meeting["options"][0])

    async def only(self, who: Attendee) -> Any:
        """The one 1-2-1 that there is."""
        [meeting] = await self.ask(who, MEETINGS)
        return meeting

    async def still_told(self) -> list[tuple[UUID, str]]:
        """Whom the notices that still stand tell, and of what."""
        return await would_leave(self.world.pool, now=self.world.clock())


async def begin_relationship(world: World, one: Attendee, other: Attendee, swap_id: UUID) -> None:
    """As it begins when a swap becomes mutual."""
    async with world.pool.acquire() as connection, connection.transaction():
        await begin(connection, event_id=one.event.id, swap_id=swap_id, now=world.clock())
