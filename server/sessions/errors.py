"""What signing in can be refused for. Wrong, used, expired and never mailed are one answer."""

from server.errors import DomainError


class CodeNotValid(DomainError):
    """The six digits do not open this attempt, or no longer."""

    @property
    def message(self) -> str:
        return (
            "That code does not work, or no longer does. It lasts ten minutes, and only the newest one counts. "
            "Check the digits, or ask for a new code."
        )


class InvitationNotValid(DomainError):
    """The long code of an invitation, to an event or to its team, is unknown, used, taken back or too old."""

    @property
    def message(self) -> str:
        return (
            "This link was used before, was taken back, or is too old. What you said yes to is safe: sign in with the "
            "address it came to."
        )
