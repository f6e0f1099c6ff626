"""What a door can be refused for. A ticket that is not good is no error: it is a verdict, and stands in the log."""

from server.errors import DomainError


class DoorNameTaken(DomainError):
    """The event has a door of this name. Choose another; nothing was stored."""

    @property
    def message(self) -> str:
        return "There is already a door of that name. Choose another one."
