"""The rows of the matrix about setting up an event and its team: what they ask, and what tells the event's own."""

from collections.abc import Callable

from tests.permissions.of_people import Arguments
from tests.permissions.stage import Stage

ARGUMENTS: dict[str, Arguments] = {}

WAYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Event.settings": ("Query.event", ("settings",)),
}

MARKS: dict[str, Callable[[Stage], str]] = {
    "Event.settings": lambda _: '"EventSettings_placesTaken": 5',
}
