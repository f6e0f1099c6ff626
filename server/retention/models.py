"""What goes when an event is aged, told by its kind and number. Never whose it was."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OldEvent:
    """An event whose time to be kept is over. `aged_at` is when it was last aged, null before the first time."""

    id: UUID
    slug: str
    ends_at: datetime
    retention_days: int
    aged_at: datetime | None


@dataclass(frozen=True, slots=True)
class Gone:
    """So many of one kind of thing are gone, or would be; `what` is how the host reads of it."""

    what: str
    number: int
