"""Helpers who need no account: an organizer names them, and a PIN says which of them holds a phone."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DoorHelper:
    """A helper at the doors of one event."""

    event_id: UUID
    id: UUID
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AddedHelper:
    """A new helper. `pin` is shown to the organizer this once."""

    helper: DoorHelper
    pin: str = field(repr=False)
