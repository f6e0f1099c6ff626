"""The part of the stage and of the questions that is about 1-2-1s."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from schema.ids import Kind, read_row
from server.ids import new_id
from tests.front_door import FrontDoor
from tests.world import Attendee, World

PROPOSE = """
    mutation ($swap: ID!, $options: [DateTime!]!) {
        proposeMeeting(swap: $swap, options: $options, place: "The bench by the river") { ... on Meeting { id } } }
"""
ACCEPT = """
    mutation ($meeting: ID!, $at: DateTime!) { answerMeeting(meeting: $meeting, startsAt: $at) { __typename } }
"""
#: The times on which the stage's two agree, and others; the stage is set on the evening of 22 April.
OPTIONS = ["2027-04-26T14:00:00Z", "2027-04-28T14:00:00Z"]
OTHERS = ["2027-04-27T14:00:00Z", "2027-04-29T14:00:00Z"]
#: When the one would have been whose swap has ended.
GONE = "2027-04-30T14:00:00Z"
INSERT = """
    INSERT INTO meetings (event_id, id, swap_id, proposed_by, key, state, options, starts_at, minutes, sequence,
                          proposed_at, changed_at)
    VALUES ($1, $2, $3, $4, $2, 'CANCELLED',
            ARRAY[$5::timestamptz, $5::timestamptz + interval '1 day'], $5::timestamptz, 20, 2, $6, $6)
"""


async def agree_on_a_time(front_door: FrontDoor, one: Attendee, other: Attendee, swap: str) -> str:
    """The id of a 1-2-1 that the first proposed and the second accepted."""
    proposed = await front_door.as_(one.token).ask(PROPOSE, swap=swap, options=OPTIONS)
    meeting: str = proposed["proposeMeeting"]["id"]
    await front_door.as_(other.token).ask(ACCEPT, meeting=meeting, at=OPTIONS[0])
    return meeting


async def leave_in_the_calendar(world: World, who: Attendee, swap: str) -> None:
    """A 1-2-1 of a swap that has ended since."""
    event_id, swap_id = read_row(swap, Kind.SWAP)
    at = datetime.fromisoformat(GONE)
    await world.pool.execute(INSERT, event_id, new_id(), swap_id, who.registration_id, at, world.clock())


#: As in `questions`; each takes the stage.
ARGUMENTS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "Query.meetings": lambda _: {},
    "Query.goneMeetings": lambda _: {},
    "Query.meetingTimes": lambda stage: {"swap": stage.swap},
    "Mutation.proposeMeeting": lambda stage: {"swap": stage.swap, "options": OTHERS, "key": str(uuid4())},
    "Mutation.answerMeeting": lambda stage: {"meeting": stage.ids[Kind.MEETING], "startsAt": OPTIONS[0]},
    "Mutation.suggestTimes": lambda stage: {"meeting": stage.ids[Kind.MEETING], "options": OTHERS},
    "Mutation.cancelMeeting": lambda stage: {"meeting": stage.ids[Kind.MEETING]},
    "Mutation.tellOfMeeting": lambda stage: {"meeting": stage.ids[Kind.MEETING], "tookPlace": True},
}
MARKS: dict[str, Callable[[Any], str]] = {
    "Query.meetings": lambda stage: stage.ids[Kind.MEETING],
    "Query.goneMeetings": lambda _: GONE,
    "Query.meetingTimes": lambda _: "2027-04-2",
    "Mutation.proposeMeeting": lambda _: '"Meeting_state": "PROPOSED"',
    "Mutation.answerMeeting": lambda stage: stage.ids[Kind.MEETING],
    "Mutation.suggestTimes": lambda stage: stage.ids[Kind.MEETING],
    "Mutation.cancelMeeting": lambda stage: stage.ids[Kind.MEETING],
}
