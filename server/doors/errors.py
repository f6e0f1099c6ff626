"""What a door can be refused for. A ticket that is not good is no error: it is a verdict, and stands in the log."""

from server.errors import DomainError


class DoorNameTaken(DomainError):
    """The event has a door of this name. Choose another; nothing was stored."""

    @property
    def message(self) -> str:
        return "There is already a door of that name. Choose another one."


class HelperNameTaken(DomainError):
    """The event has a door helper of this name. Nothing was stored."""

    @property
    def message(self) -> str:
        return "There is already a helper of that name. Add something that tells them apart, such as an initial."


class PairingNotValid(DomainError):
    """Unknown, mistyped, closed or too old: one answer for all."""

    @property
    def message(self) -> str:
        return "That pairing code does not work, or no longer does. Ask an organizer to show a new one."


class PinNotValid(DomainError):
    """No helper of this event has that PIN."""

    @property
    def message(self) -> str:
        return "That PIN does not work at this event. Check the digits, or ask an organizer for a new one."


class PinsRest(DomainError):
    """Too many wrong PINs at one code or phone: it takes none for a while, right ones neither."""

    @property
    def message(self) -> str:
        return "That was a wrong PIN too often. Wait a quarter of an hour, or ask an organizer for a new pairing code."


class DoorPhoneRevoked(DomainError):
    """An organizer took this phone off its door, or it was handed back. What was sent before stays."""

    @property
    def message(self) -> str:
        return "This phone was taken off the door. What it has sent is safe. An organizer can pair it again."


class DoorPhoneExpired(DomainError):
    """The event of this phone is over."""

    @property
    def message(self) -> str:
        return "This event is over, and the phone's time at its door with it. What it has sent is safe."


class HelperNeeded(DomainError):
    """Nobody holds this phone: the helper's PIN ended. The next one's opens it again."""

    @property
    def message(self) -> str:
        return "Somebody has to say who holds this phone: type your PIN. What was scanned is safe."


class ScannedTooLate(DomainError):
    """One scan of a queue was made after the phone was taken off its door. It was not taken, and no other was lost."""

    @property
    def message(self) -> str:
        return "This was scanned after the phone was taken off the door, so it does not count. Tell the desk who came."


class TooManyRequests(DomainError):
    """One phone asks more often than a busy door does. Nothing was stored; the phone sends it again a little later."""

    @property
    def message(self) -> str:
        return "That was a lot at once. Wait a minute; what is on the phone is safe."
