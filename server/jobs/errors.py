"""What is refused about jobs."""

from server.errors import DomainError


class NoSuchFailedJob(DomainError):
    """No job with this number is kept as failed."""

    @property
    def message(self) -> str:
        return "No failed job has that number. It may have been tried again already; nothing was changed."
