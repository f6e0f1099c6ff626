"""What inviting people can be refused for."""

from server.errors import DomainError


class TooLateToInvite(DomainError):
    """The event is over. Nobody was mailed."""

    @property
    def message(self) -> str:
        return "This event is over. Nobody was mailed."
