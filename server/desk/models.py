"""What a door's desk may see of somebody: name, kind of ticket, state. Never an address, a card or a swap."""

from dataclasses import dataclass, field
from uuid import UUID

from server.registrations.models import RegistrationState


@dataclass(frozen=True, slots=True)
class FoundRegistration:
    """All that a door may see of somebody: name, kind of ticket, and where they are today."""

    event_id: UUID
    registration_id: UUID
    name: str = field(repr=False)
    ticket_type: str | None
    state: RegistrationState


@dataclass(frozen=True, slots=True)
class WalkIn:
    """Somebody registered on the spot."""

    event_id: UUID
    registration_id: UUID
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class KnownWalkIn:
    """A walk-in made before with some key, and what it was made of."""

    walk_in: WalkIn
    name_key: str = field(repr=False)
    email_key: str | None = field(repr=False)
