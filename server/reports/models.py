"""A report as an event's organizers read it: who it is about and what happened, and nothing of any card or meeting."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who wrote a report, and how to write back: known only where they said that it may be."""

    name: str = field(repr=False)
    email: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `name` and `ticket_type` are those of the reported person's ticket.

    `settled_by` is the name of the organizer who settled it, empty where their account has none; None while open.
    """

    event_id: UUID
    id: UUID
    name: str = field(repr=False)
    ticket_type: str | None
    text: str = field(repr=False)
    reported_at: datetime
    reporter: Reporter | None
    settled_at: datetime | None
    settled_by: str | None


@dataclass(frozen=True, slots=True)
class NewReport:
    """What somebody wrote when they blocked another. `key` is made by their phone, if it made one.

    `names_reporter` is their word that the organizers may know who wrote it and write back.
    """

    text: str = field(repr=False)
    key: UUID | None
    names_reporter: bool


@dataclass(frozen=True, slots=True)
class Untold:
    """A report of which the organizers have had no mail yet. `reported_person_id` is never among those who get it."""

    id: UUID
    reported_person_id: UUID | None


@dataclass(frozen=True, slots=True)
class Organizer:
    """Where an event's organizer is written to."""

    person_id: UUID
    email: str = field(repr=False)
