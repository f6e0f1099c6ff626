"""What registering somebody on the spot can be refused for."""

from server.errors import DomainError


class AlreadyRegistered(DomainError):
    """Somebody of this name and address has a place at the event. Find them by name and check them in."""

    @property
    def message(self) -> str:
        return "They are already registered with this name and address. Find them by name and check them in."


class EventFull(DomainError):
    """No place is left. Nothing was stored; an organizer can make room."""

    @property
    def message(self) -> str:
        return "Every place is taken. An organizer can make room in the event's settings."
