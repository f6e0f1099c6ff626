"""Who does not wish to meet whom again. It is never told to the one who is blocked, nor to anybody else."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Meeting:
    """Somebody's own swap, live or withdrawn, by which they name whom they block.

    `other_person_id` is None while nobody has taken the other's place. `met_on` is a day of the event.
    """

    event_id: UUID
    event_title: str
    swap_id: UUID
    registration_id: UUID
    other_id: UUID
    other_person_id: UUID | None
    met_on: date


@dataclass(frozen=True, slots=True)
class Block:
    """One block as its maker remembers it: where and when they met, and no name. Its swap may be long forgotten."""

    event_id: UUID
    swap_id: UUID
    event_title: str
    met_on: date
    blocked_at: datetime


@dataclass(frozen=True, slots=True)
class EndedSwap:
    """A swap that a block has just ended, for both."""

    event_id: UUID
    swap_id: UUID
    lower_id: UUID
    upper_id: UUID
