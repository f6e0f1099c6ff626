"""What setting up an event can be refused for."""

from server.errors import DomainError


class SlugTaken(DomainError):
    """Another event has this word in its address. Choose another; nothing was stored."""

    @property
    def message(self) -> str:
        return "Another event already uses that address. Choose another one."


class MadeBefore(DomainError):
    """The same person made an event with this key before. Look it up; nothing was stored."""
