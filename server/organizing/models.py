"""What an organizer says about an event when setting it up: only what is named is changed, the rest stays."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypedDict
from uuid import UUID

from server.events.models import CardQuestion, ChecksInWith


class Settings(TypedDict, total=False):
    """Fields of `server.events.models.Event` that an organizer may set; those that are absent are left as they are."""

    title: str
    slug: str
    venue: str | None
    starts_at: datetime
    ends_at: datetime
    timezone: str
    capacity: int | None
    evening_at: time
    uses_check_in: bool
    checks_in_with: ChecksInWith
    scans_people_out: bool
    card_questions: frozenset[CardQuestion]
    languages: tuple[str, ...]
    continues_id: UUID | None
    retention_days: int


@dataclass(frozen=True, slots=True)
class Happened:
    """What stands in the way of changing an event: the days on which people came or met, whether anybody was mailed its
    address, and whether other programs send attendees there.
    """

    days: tuple[date, ...]
    is_invited: bool
    has_programs: bool
