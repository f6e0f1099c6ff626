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
    """The long code of an invitation is unknown, used or too old."""

    @property
    def message(self) -> str:
        return "This invitation was used before or is too old. Your place is safe: sign in with the address it came to."
