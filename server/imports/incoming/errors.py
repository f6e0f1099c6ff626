"""What other programs are refused for. None of these tells whether an event, a key or a person exists."""

from server.errors import DomainError


class KeyNotValid(DomainError):
    """No such token at this event, or a signature that does not fit, or one that is too old."""

    @property
    def message(self) -> str:
        return "This token or signature is not valid here. Nothing was stored."


class BodyNotValid(DomainError):
    """Not the JSON that is asked for."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence

    @property
    def message(self) -> str:
        return self.sentence


class TooManyImportKeys(DomainError):
    """An event has as many keys as it may have."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    @property
    def message(self) -> str:
        return f"An event has {self.most} keys at most. Revoke one that nobody uses."
