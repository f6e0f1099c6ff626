"""How connected a room was, in aggregate: three figures of a whole event. Never a person, never a pair."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from server.events.models import Event

#: Each figure needs so many people behind it, and so many who are not: fewer would tell of somebody. The rule is the
#: table's own constraint as well.
FEWEST = 5

#: After the end of an event. Scans count until twelve hours after it, and a phone that was without a network sends its
#: own within the day.
WORKED_OUT_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Figures:
    """What is told, once and for all: all three, or none where fewer than `FEWEST` stand on one side.

    `median_people_met` is over those who met somebody; `worked_out_at` is None before they were.
    """

    worked_out_at: datetime | None = None
    people_who_met_someone: int | None = None
    median_people_met: float | None = None
    people_who_met_nobody: int | None = None


@dataclass(frozen=True, slots=True)
class Connectedness:
    """An event's figures; empty before `ready_at`."""

    ready_at: datetime
    figures: Figures


def ready_at(event: Event) -> datetime:
    """When the figures of that event may be worked out."""
    return event.ends_at + WORKED_OUT_AFTER
