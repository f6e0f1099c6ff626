"""A closer look at one day: by kind of ticket, how long people stayed, what was scanned last. Read when asked for, and
in no frame.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from server.doors.models import CheckInVerdict


@dataclass(frozen=True, slots=True)
class TicketTypeCount:
    """One kind of ticket on one day. `name` is None for tickets of no kind, `is_walk_ins` for those of them
    that were made on the spot. `no_shows` are expected and not admitted that day.
    """

    name: str | None
    is_walk_ins: bool
    expected: int
    came: int
    here: int
    no_shows: int


@dataclass(frozen=True, slots=True)
class TypicalStay:
    """The median, in minutes, from first coming in to last going out, over the `people` who were out at last."""

    minutes: int
    people: int


@dataclass(frozen=True, slots=True)
class LastScan:
    """One line of the doors' log, refused ones and undoings too. `name` is None where the code was of nobody here."""

    id: UUID
    scanned_at: datetime
    received_at: datetime
    door: str
    verdict: CheckInVerdict
    name: str | None = field(repr=False)
    ticket_type: str | None
    is_offline: bool
