"""What a scan can be refused for. What the scanner may not learn is one and the same refusal."""

from server.errors import DomainError


class BadgeNotRecognised(DomainError):
    """Unknown, revoked, of another event, or of somebody who does not wish to be met: one answer for all."""

    @property
    def message(self) -> str:
        return "This badge is not known here. Ask them to show it again, or type the code below it."


class OwnBadge(DomainError):
    """The badge is the scanner's own."""

    @property
    def message(self) -> str:
        return "This is your own badge. Let somebody else scan it."


class EventClosed(DomainError):
    """Outside the hours in which scans count: twelve before the start to twelve after the end.

    `may_count_later` tells a phone whether the same scan, sent again with the same key, may still be taken.
    """

    may_count_later = False

    @property
    def message(self) -> str:
        return "Badges can be scanned from twelve hours before the event until twelve hours after it."


class NotCheckedIn(EventClosed):
    """The event checks people in, and the scanner has not been at a door yet. Nothing is kept; try again later."""

    may_count_later = True

    @property
    def message(self) -> str:
        return "Check in at the door first. Then you can scan badges."


class TooManyScans(DomainError):
    """Too many badges in a row that nobody knows: somebody is guessing. `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after

    @property
    def message(self) -> str:
        return "Those were many unknown badges in a row. Wait a few minutes, then try again."
