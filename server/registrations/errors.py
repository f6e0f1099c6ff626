"""What taking a place at an event can be refused for."""

from server.errors import DomainError


class AlreadyRegistered(DomainError):
    """The person has a place at this event already; one person has one. Nothing was changed."""

    @property
    def message(self) -> str:
        return "You already have a place at this event. This ticket stays free for whom it was bought."
