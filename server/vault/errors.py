"""What asking for a vault can be refused for."""

from server.errors import DomainError


class AskedTooOften(DomainError):
    """More than a phone ever needs. What it has stays good."""

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds

    @property
    def message(self) -> str:
        return "The cards were fetched many times just now. What this phone has stays; try again a little later."


class StillBeingMade(DomainError):
    """Not all entries are ready yet; those that are stay so."""

    #: Seconds after which it is worth asking again.
    seconds = 10

    @property
    def message(self) -> str:
        return "The cards of this event are being prepared. Try again in a few seconds."
