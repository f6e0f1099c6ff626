"""What asking for an export, and fetching it, can be refused for."""

from server.errors import DomainError


class ExportNotReady(DomainError):
    """The file is still being written, or could not be, or its day is over. Nothing was handed over."""

    @property
    def message(self) -> str:
        return "This file is not there: it is still being written, or its day is over. You can make it again."


class TooManyExports(DomainError):
    """One organizer has asked for exports too often in a short time. What was there stays."""

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after

    @property
    def message(self) -> str:
        return "You have made many files just now. What you have stays; try again in a while."


class WhoCameIsGone(DomainError):
    """The event was aged: who came, and every scan, is no longer kept. Nothing was made."""

    @property
    def message(self) -> str:
        return "Who came to this event is no longer kept, so there is nothing to put into a file. The figures stay."
