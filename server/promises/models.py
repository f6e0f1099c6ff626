"""A promise: something said to be done for somebody."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class PromiseKind(StrEnum):
    """What was promised."""

    SEND = "SEND"
    INTRODUCE = "INTRODUCE"
    ANSWER = "ANSWER"
    MEET = "MEET"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise of mine. `due_on` is a day in the event's zone; `kept_at` is null while it is open."""

    event_id: UUID
    id: UUID
    key: UUID
    kind: PromiseKind
    text: str
    due_on: date | None
    kept_at: datetime | None


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day whose reminders are due in a zone, and the instant since when they are."""

    zone: str
    day: date
    since: datetime


@dataclass(frozen=True, slots=True)
class Reminded:
    """Somebody to be reminded, and of whom they promised it to: the first of the day's promises, if there are several.

    `relationship_id` is None while the two share no contact.
    """

    person_id: UUID
    event_id: UUID
    swap_id: UUID
    relationship_id: UUID | None
