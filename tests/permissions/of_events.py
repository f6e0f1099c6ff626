"""The rows of the matrix about setting up an event and its team: what they ask, and what tells the event's own."""

from collections.abc import Callable
from uuid import uuid4

from tests.encounters.documents import id_of
from tests.permissions.of_people import Arguments
from tests.permissions.stage import Stage

STARTS_AT = "2027-05-22T08:00:00Z"

ARGUMENTS: dict[str, Arguments] = {
    "Mutation.createEvent": lambda _: {
        "input": {"title": "Another gathering", "startsAt": STARTS_AT, "timezone": "Europe/Lisbon"},
        "key": str(uuid4()),
    },
    "Mutation.copyEvent": lambda stage: {"event": id_of(stage.here), "startsAt": STARTS_AT, "key": str(uuid4())},
    "Mutation.updateEvent": lambda stage: {"event": id_of(stage.here), "input": {"capacity": 80}},
}

WAYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Event.settings": ("Query.event", ("settings",)),
}

MARKS: dict[str, Callable[[Stage], str]] = {
    "Mutation.updateEvent": lambda stage: id_of(stage.here),
    "Event.settings": lambda _: '"EventSettings_placesTaken": 5',
}
