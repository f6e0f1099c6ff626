"""How commands name an event: by the word in its address."""

from server.db import Connection
from server.errors import NotFound
from server.events.models import Event
from server.events.operations import find_event_by_slug


class NoSuchEvent(NotFound):
    """No event has this word in its address."""

    @property
    def message(self) -> str:
        return "There is no event of that name. It is the word in the event's address, such as open-gardens-2027."


async def find_named_event(connection: Connection, *, slug: str) -> Event:
    """The event. Raises `NoSuchEvent`."""
    event = await find_event_by_slug(connection, slug=slug)
    if event is None:
        raise NoSuchEvent
    return event
