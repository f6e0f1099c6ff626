"""What asking for sheets, and fetching them, can be refused for."""

from server.errors import DomainError


class SheetsNotReady(DomainError):
    """The file is still being made, or could not be. Nothing was handed over."""

    @property
    def message(self) -> str:
        return "These sheets are not ready yet."


class TooManySheets(DomainError):
    """One organizer has asked for sheets too often in a short time. What was there stays."""

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after

    @property
    def message(self) -> str:
        return "You have asked for sheets very often. What you have stays; try again in a few minutes."
