"""What is refused about letting go."""

from datetime import datetime

from server.errors import DomainError


class StillKept(DomainError):
    """The event's time to be kept is not over."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until

    @property
    def message(self) -> str:
        return (
            f"This event is kept until {self.until:%-d %B %Y}. Nothing was changed. "
            "Look with --dry-run, shorten its time with `handsel events keep`, or add --early."
        )
