"""What changing a badge can be refused for."""

from server.errors import DomainError


class EventOver(DomainError):
    """Badges of this event no longer count, so none is issued. Nothing was changed."""

    may_count_later = False

    @property
    def message(self) -> str:
        return "This event is over, so its badges stay as they are."
