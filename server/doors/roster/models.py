"""The roster that a door's phone keeps: of each registration what a door has to know, and nothing else."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from server.events.models import ChecksInWith
from server.registrations.models import RegistrationState

#: Before every registration.
START = UUID(int=0)


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One registration on one day. `codes` are the SHA-256 of what admits it, as `server.badges.tokens` makes them."""

    event_id: UUID
    registration_id: UUID
    name: str = field(repr=False)
    ticket_type: str | None
    state: RegistrationState
    first_in_at: datetime | None
    door_name: str | None
    badge_printed_at: datetime | None
    codes: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Moment:
    """When a roster was read, so that everything written since can be asked for and nothing is missed.

    `line` names this database's history: another one, such as a restored backup's, counts its transactions anew.
    `oldest` is the number of the oldest transaction under way: what it and later ones write may not have been seen.
    What the roster says beyond single registrations also belongs to it: the day, and what admits people.
    """

    line: str
    oldest: int
    day: date
    checks_in_with: ChecksInWith

    def goes_on_from(self, earlier: "Moment") -> bool:
        """Whether what changed since then is all there is to tell; else everything has to be read again."""
        same = (self.line, self.day, self.checks_in_with) == (earlier.line, earlier.day, earlier.checks_in_with)
        return same and earlier.oldest <= self.oldest


@dataclass(frozen=True, slots=True)
class RosterPlace:
    """Where one page ended: `moment` is the first page's, `since` what it was asked for, `last` its last line."""

    moment: Moment
    since: Moment | None
    last: UUID


@dataclass(frozen=True, slots=True)
class RosterPage:
    """One page. `is_whole` says that the pages together are all there is, not only what changed."""

    entries: tuple[RosterEntry, ...]
    gone: tuple[UUID, ...]
    next: RosterPlace | None
    as_of: Moment
    is_whole: bool
