"""What setting up an event can be refused for. Each leaves everything as it was."""

from server.errors import DomainError


class MayNotCreateEvents(DomainError):
    """The host of the server has not given this person the right to create events."""

    @property
    def message(self) -> str:
        return (
            "Only people whom the host of this server has named create events here. Ask them to add your address; "
            "nothing was made."
        )


class ChangedMeanwhile(DomainError):
    """Somebody else has changed what is to change since it was looked at. `field` names the first such thing."""

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field

    @property
    def message(self) -> str:
        return "Somebody else has changed this meanwhile. Look at it again; nothing was changed now."


class TooLateToChange(DomainError):
    """It would harm what has happened at the event already. `field` names what cannot be changed so."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__()
        self.field = field
        self.sentence = sentence

    @property
    def message(self) -> str:
        return self.sentence
