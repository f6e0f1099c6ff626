"""What changing an event's team can be refused for. Each leaves the team as it was."""

from server.errors import DomainError


class AlreadyInTeam(DomainError):
    """Whoever has this address is in the team. Their role can be changed."""

    @property
    def message(self) -> str:
        return "They are in the team already. You can change their role in the list."


class OwnerStays(DomainError):
    """The owner is not removed, and keeps the role until they hand the event over."""

    @property
    def message(self) -> str:
        return "An event always has an owner. Its owner can hand it over to somebody of the team first."


class TooManyInvitations(DomainError):
    """Very many people were invited to one team in a short time. Nobody was mailed."""

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after

    @property
    def message(self) -> str:
        return "Many people were invited to this team within the hour. Nobody was mailed; try again later."
