"""The rows of the matrix about setting up an event and its team: what they ask, and what tells the event's own."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from schema.ids import Kind
from tests.encounters.documents import id_of
from tests.permissions.of_people import Arguments
from tests.permissions.stage import Stage

STARTS_AT = "2027-05-22T08:00:00Z"


def _of_member(stage: Stage, role: str) -> dict[str, Any]:
    return {"event": id_of(stage.here), "person": stage.team[role]}


ARGUMENTS: dict[str, Arguments] = {
    "Mutation.createEvent": lambda _: {
        "input": {"title": "Another gathering", "startsAt": STARTS_AT, "timezone": "Europe/Lisbon"},
        "key": str(uuid4()),
    },
    "Mutation.copyEvent": lambda stage: {"event": id_of(stage.here), "startsAt": STARTS_AT, "key": str(uuid4())},
    "Mutation.updateEvent": lambda stage: {"event": id_of(stage.here), "input": {"capacity": 80}},
    "Query.team": lambda stage: {"event": id_of(stage.here)},
    "Mutation.inviteToTeam": lambda stage: {
        "event": id_of(stage.here),
        "email": "new@example.org",
        "role": "DOOR_HELPER",
        "key": str(uuid4()),
    },
    "Mutation.inviteToTeam:as_owner": lambda stage: {
        "event": id_of(stage.here),
        "email": "new@example.org",
        "role": "OWNER",
        "key": str(uuid4()),
    },
    "Mutation.withdrawTeamInvitation": lambda stage: {"invitation": stage.ids[Kind.TEAM_INVITATION]},
    "Mutation.changeTeamRole": lambda stage: _of_member(stage, "helper") | {"role": "ORGANIZER"},
    "Mutation.changeTeamRole:to_owner": lambda stage: _of_member(stage, "organizer") | {"role": "OWNER"},
    "Mutation.changeTeamRole:of_the_owner": lambda stage: _of_member(stage, "owner") | {"role": "ORGANIZER"},
    "Mutation.removeFromTeam": lambda stage: _of_member(stage, "organizer"),
    "Mutation.removeFromTeam:the_helper": lambda stage: _of_member(stage, "helper"),
    "Mutation.removeFromTeam:the_owner": lambda stage: _of_member(stage, "owner"),
    "Mutation.handOverEvent": lambda stage: _of_member(stage, "organizer"),
}

WAYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Event.settings": ("Query.event", ("settings",)),
}

MARKS: dict[str, Callable[[Stage], str]] = {
    "Mutation.updateEvent": lambda stage: id_of(stage.here),
    "Query.team": lambda stage: stage.ids[Kind.TEAM_INVITATION],
    "Mutation.changeTeamRole": lambda stage: stage.team["helper"],
    "Mutation.handOverEvent": lambda stage: stage.team["owner"],
    "Event.settings": lambda _: '"EventSettings_placesTaken": 5',
}
